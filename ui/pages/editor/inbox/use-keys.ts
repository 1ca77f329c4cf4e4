import { useEffect, useRef } from "preact/hooks";

/** What each key does; shown to whoever asks by `?`. */
export const KEYS: readonly { keys: readonly string[]; does: string }[] = [
	{ keys: ["j", "↓"], does: "Next, further down" },
	{ keys: ["k", "↑"], does: "Previous, further up" },
	{ keys: ["Enter"], does: "Open it, and go there" },
	{ keys: ["Esc"], does: "Back to the list" },
	{ keys: ["/"], does: "Search" },
	{ keys: ["?"], does: "Show these keys" },
];

interface KeyActs {
	/** Goes `by` rows down, or up where it is negative. */
	move: (by: number) => void;
	back: () => void;
	search: () => void;
	help: () => void;
}

/**
 * Single keys for going through the list. They mean nothing where somebody types, in a dialog or menu, or with another key held;
 * arrows move only from within the list, since elsewhere they scroll.
 */
export function useKeys(acts: KeyActs, list: { current: HTMLElement | null }): void {
	const latest = useRef(acts);
	latest.current = acts;
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
			const target = event.composedPath()[0];
			if (!(target instanceof Element) || isTypedInto(target)) return;
			if (document.querySelector("dialog[open], [role=menu]") !== null) return;
			const inList = list.current?.contains(target) === true;
			const act = {
				j: () => latest.current.move(1),
				k: () => latest.current.move(-1),
				ArrowDown: inList ? () => latest.current.move(1) : undefined,
				ArrowUp: inList ? () => latest.current.move(-1) : undefined,
				Escape: () => latest.current.back(),
				"/": () => latest.current.search(),
				"?": () => latest.current.help(),
			}[event.key];
			if (act === undefined) return;
			event.preventDefault();
			act();
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [list]);
}

function isTypedInto(element: Element): boolean {
	return element.closest("input, select, textarea, [contenteditable=true], [role=tree], [role=combobox]") !== null;
}
