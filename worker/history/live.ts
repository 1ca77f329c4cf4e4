import type { Change, Gap, LiveMessage } from "../events/protocol/live";

/**
 * The live feed of one integration: hibernating WebSockets that get what changed, a few times a second. Only those who
 * watch cost anything, and no timer runs while there is nothing to send.
 */

/** Messages of one feed are at least this far apart: five a second. */
const PAUSE_MS = 200;
/** Changes that wait for the next message; the oldest go where there are more. */
export const CHANGES_MAX = 300;
/** How many may watch one integration. */
export const WATCHERS_MAX = 100;
/** How many events a returning watcher catches up with; beyond, it is told to load the list again. */
export const CATCH_UP_MAX = 100;

/** Close code for a session or a role that has ended, which a client answers by signing in again, not by coming back. */
export const SESSION_ENDED = 4401;
const TAG = "live";

/** Kept with each socket through hibernation. */
interface Attachment {
	/** Epoch ms after which the session behind the socket does not hold any more. */
	until: number;
}

export class LiveFeed {
	readonly #ctx: DurableObjectState;
	readonly #waiting = new Map<string, () => Change | null>();
	#gap = false;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#sentAt = 0;
	#watchers: number;

	constructor(ctx: DurableObjectState) {
		this.#ctx = ctx;
		// Answered by the runtime, so that a keep-alive does not wake the object.
		ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
		this.#watchers = ctx.getWebSockets(TAG).length;
	}

	/** Whether anybody gets what is published: where not, the caller need not even build the change. */
	get watched(): boolean {
		return this.#watchers > 0;
	}

	/** Tells all watchers, soon and together with other changes. Of one event, execution or delivery the latest state wins. */
	publish(change: Change): void {
		this.publishLater(keyOf(change), () => change);
	}

	/**
	 * As `publish`, but the change is built when its message leaves: what is replaced or dropped before costs nothing.
	 * @param key what `keyOf` gives for the change
	 */
	publishLater(key: string, build: () => Change | null): void {
		if (!this.watched) return;
		this.#waiting.delete(key);
		this.#waiting.set(key, build);
		if (this.#waiting.size > CHANGES_MAX) {
			const oldest = this.#waiting.keys().next().value;
			if (oldest !== undefined) this.#waiting.delete(oldest);
			this.#gap = true;
		}
		this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, this.#sentAt + PAUSE_MS - Date.now()));
	}

	/**
	 * Answers a request for the feed. `inlet-until` (epoch ms) says how long the caller's session holds; `?after=` the last
	 * sequence that the caller has seen.
	 * @param catchUp what happened since, `CATCH_UP_MAX` events at most
	 */
	connect(request: Request, catchUp: (after: number) => LiveMessage): Response {
		if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
			return refuse(426, "upgrade_required", "Connect with a WebSocket.", { upgrade: "websocket" });
		}
		const until = Number(request.headers.get("inlet-until") ?? Number.NaN);
		if (Number.isNaN(until) || until <= Date.now()) return refuse(401, "unauthenticated", "Sign in again.");
		if (this.#count() >= WATCHERS_MAX)
			return refuse(429, "too_many_watchers", "Too many people watch this integration.", { "retry-after": "10" });
		const after = request.url.includes("?") ? new URL(request.url).searchParams.get("after") : null;
		const { 0: client, 1: server } = new WebSocketPair();
		this.#ctx.acceptWebSocket(server, [TAG]);
		server.serializeAttachment({ until } satisfies Attachment);
		this.#watchers++;
		if (after !== null && /^\d{1,15}$/.test(after)) {
			const missed = catchUp(Number(after));
			if (missed.gap || missed.changes.length > 0) server.send(textOf(missed));
		}
		return new Response(null, { status: 101, webSocket: client });
	}

	/** To be called when a socket has closed or failed. */
	forget(socket: WebSocket): void {
		try {
			socket.close(1000);
		} catch {
			// It is closed already.
		}
		this.#count();
	}

	/**
	 * Closes the sockets whose session has ended.
	 * @param now epoch ms
	 * @returns when the next one ends, in epoch ms; null where nobody watches
	 */
	closeExpired(now: number): number | null {
		let next: number | null = null;
		for (const socket of this.#ctx.getWebSockets(TAG)) {
			const { until } = socket.deserializeAttachment() as Attachment;
			if (until <= now) socket.close(SESSION_ENDED, "session ended");
			else if (next === null || until < next) next = until;
		}
		this.#count();
		return next;
	}

	/** Closes all sockets, as the integration is removed. */
	closeAll(code: number, reason: string): void {
		for (const socket of this.#ctx.getWebSockets(TAG)) socket.close(code, reason);
		this.#count();
	}

	#flush(): void {
		this.#timer = null;
		this.#sentAt = Date.now();
		const changes = [...this.#waiting.values()].map((build) => build()).filter((change) => change !== null);
		const text = textOf({ changes, gap: this.#gap });
		this.#waiting.clear();
		this.#gap = false;
		for (const socket of this.#ctx.getWebSockets(TAG)) {
			try {
				socket.send(text);
			} catch {
				// It is closing; its watcher catches up when it comes back.
			}
		}
		this.#count();
	}

	#count(): number {
		this.#watchers = this.#ctx.getWebSockets(TAG).filter((socket) => socket.readyState === WebSocket.OPEN).length;
		return this.#watchers;
	}
}

/** What a change is about: of the changes with one key only the latest is sent. */
export function keyOf(change: Change): string {
	switch (change.kind) {
		case "event":
			return `event ${change.event.id}`;
		case "execution":
			return `execution ${change.execution.id}`;
		case "step":
			return `step ${change.executionId}`;
		case "delivery":
			return `delivery ${change.delivery.id}`;
	}
}

function textOf({ changes, gap }: LiveMessage): string {
	const parts: (Change | Gap)[] = gap ? [{ kind: "gap", gap }, ...changes] : changes;
	return JSON.stringify(parts);
}

function refuse(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
	return Response.json({ error: { code, message } }, { status, headers });
}
