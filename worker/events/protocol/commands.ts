/** What people ask of the Sequencer, and what it answers. */

export interface ReplayRequest {
	from: "start" | "failedStep";
	version: "current" | "original";
	/** Replaces the event's body, as JSON. */
	body?: ArrayBuffer;
}

export type RunAnswer =
	| { status: "queued"; executionId: string; eventId: string; sequence: number }
	| { status: "overloaded"; retryAfterSeconds: number }
	| { status: "unknown" };

export type ReplayAnswer =
	| { status: "queued"; executionId: string; eventId: string; sequence: number }
	| { status: "not_found" }
	| { status: "not_ended" };

export type AcceptAfterAllAnswer =
	| { status: "accepted"; eventId: string; executionId: string; sequence: number }
	/** It came again meanwhile, and made this event; of a list, all of it did. */
	| { status: "duplicate"; eventId: string; sequence: number }
	/** It holds more than may be accepted at once. */
	| { status: "too_many"; most: number }
	| { status: "overloaded"; retryAfterSeconds: number }
	| { status: "not_found" | "accepted_already" | "handshake" | "body_not_kept" | "masked" };

export type CancelAnswer = { status: "cancelled" | "cancelling" | "not_found" | "ended" };

export type ApplyAnswer = { status: "applied" | "older" | "removed"; revision: number };
