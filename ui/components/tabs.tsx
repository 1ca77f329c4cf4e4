import { useEffect, useId, useRef } from "preact/hooks";
import "./tabs.css";

export interface Tab<Id extends string = string> {
	id: Id;
	label: string;
	/** Where the tab lives. Tabs with one can be opened in a new window and survive a reload. */
	href?: string;
	/** Why the tab cannot be used here. It stays reachable by keyboard, says the reason and does not open. */
	disabledReason?: string;
	/** A small mark behind the label, with its meaning for assistive technology: `{ text: "3", meaning: "problems" }`. */
	note?: { text: string; meaning: string };
}

interface TabsProps<Id extends string> {
	/** Accessible name of the tab list. */
	label: string;
	tabs: readonly Tab<Id>[];
	selected: Id;
	/** Called for tabs without `href` (a tab with one is a link and needs no handler). */
	onSelect?: (id: Id) => void;
	/** Id of the one panel that they control; give that element `role="tabpanel"` and `aria-labelledby={tabId(panelId, selected)}`. */
	panelId: string;
}

export const tabId = (panelId: string, id: string): string => `${panelId}-tab-${id}`;

/** A row of tabs. Left, right, Home and End move the focus; Enter or Space opens. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, panelId }: TabsProps<Id>) {
	const list = useRef<HTMLDivElement>(null);
	const reasonId = useId();
	useFadingEdges(list);

	function move(event: KeyboardEvent) {
		const items = [...(list.current?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])];
		const at = items.indexOf(event.target as HTMLElement);
		const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
		if (event.key === " " && event.target instanceof HTMLAnchorElement) {
			event.preventDefault();
			event.target.click();
		}
		if (to === undefined) return;
		event.preventDefault();
		const next = items[(to + items.length) % items.length];
		next?.focus();
		next?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	return (
		<div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
			{tabs.map((tab) => {
				const common = {
					role: "tab" as const,
					id: tabId(panelId, tab.id),
					"aria-selected": tab.id === selected,
					"aria-controls": tab.id === selected ? panelId : undefined,
					tabIndex: tab.id === selected ? 0 : -1,
				};
				const content = (
					<>
						{tab.label}
						{tab.note && (
							<span class="tab-note">
								{tab.note.text}
								<span class="unseen"> {tab.note.meaning}</span>
							</span>
						)}
					</>
				);
				if (tab.disabledReason)
					return (
						<button
							type="button"
							key={tab.id}
							{...common}
							aria-disabled="true"
							aria-describedby={`${reasonId}-${tab.id}`}
							title={tab.disabledReason}
						>
							{content}
							<span id={`${reasonId}-${tab.id}`} hidden>
								{tab.disabledReason}
							</span>
						</button>
					);
				if (tab.href !== undefined)
					return (
						<a key={tab.id} {...common} href={tab.href}>
							{content}
						</a>
					);
				return (
					<button type="button" key={tab.id} {...common} onClick={() => onSelect?.(tab.id)}>
						{content}
					</button>
				);
			})}
		</div>
	);
}

/** Where tabs are out of sight to the left or right, that edge fades. */
function useFadingEdges(list: { current: HTMLElement | null }): void {
	useEffect(() => {
		const row = list.current;
		if (row === null) return;
		const mark = (): void => {
			const before = row.scrollLeft > 1;
			const after = row.scrollLeft + row.clientWidth < row.scrollWidth - 1;
			row.dataset.more = before && after ? "both" : before ? "before" : after ? "after" : "none";
		};
		mark();
		const sizes = new ResizeObserver(mark);
		for (const element of [row, ...row.children]) sizes.observe(element);
		row.addEventListener("scroll", mark, { passive: true });
		return () => {
			sizes.disconnect();
			row.removeEventListener("scroll", mark);
		};
	}, [list]);
}
