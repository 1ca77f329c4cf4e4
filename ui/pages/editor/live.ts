import { type ReadonlySignal, signal } from "@preact/signals";
import type { Change, LiveMessage } from "../../../worker/api/types";

/** The page's one live socket: what it says, and how it comes back when it breaks. */

export type LiveState = "connecting" | "open" | "broken";

export interface Live {
	state: ReadonlySignal<LiveState>;
	/** Calls back with changes as they come; `gap` says that some are missing and what is shown must be read again. */
	listen(listener: (changes: Change[], gap: boolean) => void): () => void;
	close(): void;
}

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 30_000;
/** The worker closes every feed after some minutes, to look at the session anew: come back at once. */
const COME_BACK = 4401;
/** The integration is gone. */
const GONE = 4404;

/** @returns milliseconds before try `attempt` (from 0): doubling, with jitter, half a minute at most */
export function reconnectDelay(attempt: number, random: number): number {
	const full = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
	return full / 2 + (full / 2) * random;
}

/** @param url path of the WebSocket, on this origin */
export function connectLive(url: string): Live {
	const state = signal<LiveState>("connecting");
	const listeners = new Set<(changes: Change[], gap: boolean) => void>();
	let socket: WebSocket | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let attempt = 0;
	let opened = false;
	let closed = false;

	const tell = (changes: Change[], gap: boolean): void => {
		for (const listener of listeners) listener(changes, gap);
	};

	const open = (): void => {
		clearTimeout(timer);
		const address = new URL(url, location.href);
		address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
		socket = new WebSocket(address);
		socket.onopen = () => {
			attempt = 0;
			state.value = "open";
			// What happened while the line was down is not sent again.
			if (opened) tell([], true);
			opened = true;
		};
		socket.onmessage = (message) => {
			const parsed = parseMessage(message.data);
			if (parsed) tell(parsed.changes, parsed.gap);
		};
		socket.onclose = (event) => {
			socket = null;
			if (closed) return;
			if (event.code === COME_BACK) return open();
			state.value = "broken";
			if (event.code === GONE) return;
			timer = setTimeout(open, reconnectDelay(attempt, Math.random()));
			attempt += 1;
		};
	};

	/** A laptop that wakes up, or a tab that comes to the front, need not wait for the timer. */
	const hurry = (): void => {
		if (socket !== null || closed || state.value !== "broken" || document.visibilityState === "hidden") return;
		attempt = 0;
		open();
	};
	addEventListener("online", hurry);
	document.addEventListener("visibilitychange", hurry);
	open();

	return {
		state,
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			closed = true;
			clearTimeout(timer);
			removeEventListener("online", hurry);
			document.removeEventListener("visibilitychange", hurry);
			socket?.close();
			listeners.clear();
		},
	};
}

/** A message is an array of changes, before them a mark where some were dropped. */
function parseMessage(text: unknown): LiveMessage | null {
	if (typeof text !== "string") return null;
	try {
		const parts: unknown = JSON.parse(text);
		if (!Array.isArray(parts)) return null;
		const changes = parts.filter((part) => part?.kind !== "gap") as Change[];
		return { changes, gap: changes.length < parts.length };
	} catch {
		return null;
	}
}
