import type { Problem } from "../errors";
import type { Headers } from "../events/protocol/delivery";

/** A call that is to leave the Worker, and what came of it. */

export interface OutboundRequest {
	method: string;
	url: string;
	headers: Headers;
	/** A connection's headers: sent to the request's own origin and dropped for good by a redirect to another. */
	credentials: Headers;
	body: string | Uint8Array<ArrayBuffer> | null;
	/** For the whole call: redirects and the response's body included. */
	timeoutMs: number;
	/** How many integrations called one another up to here; the event's `hops`. */
	hops: number;
}

/** One redirect that was followed: its status and where it led. */
export interface Redirect {
	status: number;
	location: string;
}

export type OutboundResult =
	| { ok: true; status: number; headers: Headers; body: Uint8Array<ArrayBuffer>; redirects: Redirect[] }
	| { ok: false; error: Problem; retryable: boolean; redirects: Redirect[] };

/** A connection's headers for one URL, or why it lends none. */
export type Authorization = { headers: Headers } | { error: Problem };
