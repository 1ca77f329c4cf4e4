import { useEffect } from "preact/hooks";

/**
 * Leaving a page that has unsaved changes. The router listens to clicks and to the browser's back button on the
 * window; this listens there first, so that a held navigation never reaches it.
 */

type Ask = (proceed: () => void) => void;
interface Guard {
	/** Stays inside: tabs of the same page need no question. Asked with a path without its query. */
	allows: (path: string) => boolean;
	ask: Ask;
}

let guard: Guard | null = null;
let here = "";

/**
 * Goes to a path of this app, as a click on a link would, asking first where the page is guarded.
 * @param path with its query
 */
export function goTo(path: string, options: { replace?: boolean } = {}): void {
	if (guard !== null && !guard.allows(new URL(path, location.origin).pathname)) guard.ask(() => move(path, options.replace));
	else move(path, options.replace);
}

/**
 * Asks before the person leaves the page, by link, by back button, or by closing the window.
 * @param active while there is something to lose
 * @param allows paths that do not leave the page
 * @param ask shows the question; calls `proceed` where the person wants to go
 */
export function useLeaveGuard(active: boolean, allows: (path: string) => boolean, ask: Ask): void {
	useEffect(() => {
		if (!active) return;
		const mine: Guard = { allows, ask };
		guard = mine;
		const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", beforeUnload);
		return () => {
			removeEventListener("beforeunload", beforeUnload);
			if (guard === mine) guard = null;
		};
	});
}

/** Starts listening; before the router does. */
export function watchNavigation(): void {
	here = location.pathname + location.search;
	addEventListener("click", holdClick, { capture: true });
	addEventListener("popstate", holdBack, { capture: true });
}

function move(path: string, replace = false) {
	guard = null;
	if (replace) history.replaceState(null, "", path);
	else history.pushState(null, "", path);
	here = path;
	scrollTo(0, 0);
	dispatchEvent(new PopStateEvent("popstate"));
}

function holdClick(event: MouseEvent) {
	if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
	const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
	if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || (link.target !== "" && link.target !== "_self")) return;
	const path = link.pathname + link.search;
	if (guard === null || guard.allows(link.pathname)) {
		here = path;
		return;
	}
	event.preventDefault();
	event.stopImmediatePropagation();
	guard.ask(() => move(path));
}

function holdBack(event: PopStateEvent) {
	const target = location.pathname + location.search;
	if (guard === null || guard.allows(location.pathname) || target === here) {
		here = target;
		return;
	}
	// The browser has moved already: put the address back, then ask.
	event.stopImmediatePropagation();
	history.pushState(null, "", here);
	guard.ask(() => move(target));
}
