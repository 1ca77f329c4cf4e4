import type { InboxEntry } from "../../../../worker/api/types";
import { StatusBadge } from "../../../components/status";
import { Time } from "../../../components/time";
import { describeSize } from "../components/body";
import { Replayed } from "../logs/replayed";
import { SOURCES } from "../logs/words";
import type { InboxFilters } from "./filters";
import { markHits } from "./search";
import { VerdictBadge } from "./verdict";

interface InboxRowProps {
	entry: InboxEntry;
	href: string;
	chosen: boolean;
	/** What was looked for. */
	filters: InboxFilters;
	onOpen: () => void;
}

/** What came in, in two lines: what it is and how it ended; how it was judged and how big it is. */
export function InboxRow({ entry, href, chosen, filters, onOpen }: InboxRowProps) {
	const { event, delivery, batch, snippet } = entry;
	const facts = event ?? delivery;
	if (facts === null) return null;
	return (
		<a class="inbox-row" href={href} aria-current={chosen ? "true" : undefined} data-entry={entry.id} onClick={onOpen}>
			<span class="inbox-what clip" title={titleOf(entry)}>
				{event !== null && <span class="inbox-number">#{event.sequence}</span>}
				<strong>{titleOf(entry)}</strong>
			</span>
			<span class="inbox-when">
				{event !== null && event.replays > 0 ? <Replayed at={event.replayedAt} /> : <Time iso={facts.receivedAt} />}
			</span>
			<span class="inbox-verdict">
				<VerdictBadge entry={entry} plain />
				<span class="faint">
					{batch != null && batch.events > 1 && <span class="inbox-place">{`${batch.place} of ${batch.events} · `}</span>}
					{(event?.name ?? delivery?.name) != null && <span class="inbox-method">{facts.method} · </span>}
					{describeSize(facts.size)}
				</span>
			</span>
			<span class="inbox-status">
				{event === null ? <span class="faint">answered {delivery?.httpStatus}</span> : <StatusBadge status={event.status} plain />}
			</span>
			{snippet !== null && snippet !== "" && <Snippet snippet={snippet} filters={filters} />}
		</a>
	);
}

/** What the sender calls it; else the request, or what began it where there was none. */
export function titleOf({ event, delivery }: InboxEntry): string {
	const facts = event ?? delivery;
	const name = event?.name ?? delivery?.name;
	if (name != null) return name;
	return event !== null && event.source !== "webhook" ? SOURCES[event.source] : `${facts?.method} ${facts?.path}`;
}

function Snippet({ snippet, filters: { q = "", value = "" } }: { snippet: string; filters: InboxFilters }) {
	return (
		<span class="inbox-snippet">
			{markHits(snippet, { q, value }).map(({ text, hit }, i) => (hit ? <mark key={i}>{text}</mark> : text))}
		</span>
	);
}
