import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { InboxEntry, InboxPage } from "../../../../worker/api/types";
import { Button, LinkButton } from "../../../components/button";
import { EmptyState } from "../../../components/surfaces";
import { goTo } from "../../../navigation";
import { tabPath, useEditor } from "../context";
import { ListFrame } from "../logs/list-frame";
import { useLiveList } from "../logs/use-live-list";
import { listInbox } from "./calls";
import { EntryDetail } from "./entry-detail";
import { askedOf, byTime, filtersSuffix, isSearch, isWanted, readFilters } from "./filters";
import { InboxFilterForm } from "./inbox-filters";
import { InboxRow } from "./inbox-row";
import { KeysDialog } from "./keys-dialog";
import { useKeys } from "./use-keys";
import "./inbox.css";

/** All that came in, newest on top: the list, and beside it what was chosen. */
export function Inbox() {
	const { editing } = useEditor();
	const { query } = useLocation();
	const filters = readFilters(query);
	const suffix = filtersSuffix(filters);
	const chosen = query.entry ?? null;
	const home = `${tabPath(editing.id, "logs")}?view=inbox`;
	const hrefOf = (id: string): string => `${home}&entry=${encodeURIComponent(id)}${suffix}`;

	const scroller = useRef<HTMLDivElement>(null);
	const top = useRef<HTMLDivElement>(null);
	const search = useRef<HTMLInputElement>(null);
	const [asksForKeys, setAsksForKeys] = useState(false);
	const [searched, setSearched] = useState<InboxPage["searched"]>(null);

	const list = useLiveList<InboxEntry>({
		key: `inbox ${editing.id} ${suffix}`,
		load: async (cursor) => {
			const answer = await listInbox(editing.id, askedOf(filters), cursor);
			if (answer.ok) setSearched(answer.value.searched);
			return answer;
		},
		// What comes in now is found by the next search: its words and values are not known here.
		pick: (changes) =>
			(isSearch(filters) ? [] : changes).flatMap((change): InboxEntry[] => {
				if (change.kind === "event") return [{ id: change.event.id, event: change.event, delivery: null, batch: null, snippet: null }];
				return change.kind === "delivery"
					? [{ id: change.delivery.id, event: null, delivery: change.delivery, batch: null, snippet: null }]
					: [];
			}),
		wanted: (entry) => isSearch(filters) || isWanted(entry, filters),
		newer: byTime,
		hold: () => (scroller.current?.scrollTop ?? 0) > 0 || (top.current?.getBoundingClientRect().top ?? 0) < 0,
	});

	const rowOf = (id: string | null): HTMLElement | null =>
		id === null ? null : (scroller.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(id)}"]`) ?? null);
	const focusRow = (id: string | null): void => rowOf(id)?.focus();
	/** Set where somebody opens an entry to go there, rather than walks past it. */
	const goesThere = useRef(false);

	useKeys(
		{
			move(by) {
				const rows = list.rows ?? [];
				const focused = document.activeElement?.closest<HTMLElement>("[data-entry]")?.dataset.entry ?? chosen;
				const at = rows.findIndex(({ id }) => id === focused);
				const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
				if (next === undefined) return;
				if (by > 0 && at >= rows.length - 1) list.older?.();
				focusRow(next.id);
				// What is open goes along.
				if (chosen !== null) goQuietly(hrefOf(next.id));
			},
			back() {
				if (chosen === null) return;
				goQuietly(`${home}${suffix}`);
				requestAnimationFrame(() => focusRow(chosen));
			},
			search: () => search.current?.focus(),
			help: () => setAsksForKeys(true),
		},
		scroller,
	);

	// Whoever comes back from the detail goes on where they were.
	const before = useRef(chosen);
	useEffect(() => {
		const left = before.current;
		before.current = chosen;
		if (chosen === null && left !== null && (document.activeElement === null || document.activeElement === document.body)) focusRow(left);
	}, [chosen]);

	return (
		<div class="inbox" data-detail={chosen !== null}>
			<div class="inbox-tools">
				<InboxFilterForm
					filters={filters}
					onFilters={(next) => goQuietly(`${home}${chosen === null ? "" : `&entry=${encodeURIComponent(chosen)}`}${filtersSuffix(next)}`)}
					entries={list.rows ?? []}
					searchRef={search}
					onKeys={() => setAsksForKeys(true)}
				/>
				<p class="unseen" role="status">
					{list.rows === undefined ? "" : `${list.rows.length}${list.older === null ? "" : " or more"} shown`}
				</p>
				{filters.batch !== undefined && (
					<p class="inbox-reach faint small">Only the events that came in one delivery with #{filters.batch}.</p>
				)}
				{isSearch(filters) && (
					<p class="inbox-reach faint small">
						{searched !== null && <Reach {...searched} />}
						<Button small kind="quiet" onClick={list.reload}>
							Search again
						</Button>
					</p>
				)}
			</div>
			<div class="inbox-list" ref={scroller}>
				<ListFrame
					list={list}
					label="Inbox"
					topRef={top}
					onTop={() => {
						scroller.current?.scrollTo(0, 0);
						top.current?.scrollIntoView({ block: "nearest" });
					}}
					empty={<Nothing narrowed={suffix !== ""} words={filters.q !== undefined} clearHref={home} more={list.older !== null} />}
				>
					{(entry) => (
						<InboxRow
							entry={entry}
							href={hrefOf(entry.id)}
							chosen={entry.id === chosen}
							filters={filters}
							onOpen={() => {
								goesThere.current = true;
							}}
						/>
					)}
				</ListFrame>
			</div>
			<div class="inbox-detail">
				{chosen === null && list.rows?.length === 0 ? null : chosen === null ? (
					<div class="inbox-unchosen">
						<EmptyState level={2} title="Choose what you want to look at">
							Its body, headers and way through the workflow open here. <kbd>j</kbd> and <kbd>k</kbd> go through the list, <kbd>Enter</kbd>{" "}
							opens.
						</EmptyState>
					</div>
				) : (
					<EntryDetail
						key={chosen}
						entryId={chosen}
						backHref={`${home}${suffix}`}
						arrive={(heading) => {
							const hidden = rowOf(chosen)?.offsetParent == null;
							if (goesThere.current || (hidden && document.activeElement === document.body)) heading.focus();
							goesThere.current = false;
						}}
					/>
				)}
			</div>
			{asksForKeys && <KeysDialog onClose={() => setAsksForKeys(false)} />}
		</div>
	);
}

/** Changes the address in place, and leaves the page where it was scrolled to. */
function goQuietly(path: string): void {
	const { scrollX, scrollY } = window;
	goTo(path, { replace: true });
	scrollTo(scrollX, scrollY);
}

function Reach({ indexedThrough, lastSequence }: { indexedThrough: number; lastSequence: number }) {
	const behind = lastSequence - indexedThrough;
	if (behind <= 0) return <span>All events are searched.</span>;
	return (
		<span>
			{behind.toLocaleString()} newer {behind === 1 ? "event follows" : "events follow"} in a moment.
		</span>
	);
}

function Nothing({ narrowed, words, clearHref, more }: { narrowed: boolean; words: boolean; clearHref: string; more: boolean }) {
	const { editing } = useEditor();
	if (more) return <EmptyState title="Nothing so far">Much had to be looked at. Load older to look further back.</EmptyState>;
	if (narrowed)
		return (
			<EmptyState title="Nothing is like that" actions={<LinkButton href={clearHref}>Show all</LinkButton>}>
				{words
					? "Try fewer words, or another time. Words are found as a whole, in any order."
					: "Take a filter away, or look at another time."}
			</EmptyState>
		);
	return (
		<EmptyState title="Nothing came in yet" actions={<LinkButton href={tabPath(editing.id, "webhook")}>Open Webhook</LinkButton>}>
			Each request that reaches the webhook URL appears here at once, accepted or not, and each scheduled run.
		</EmptyState>
	);
}
