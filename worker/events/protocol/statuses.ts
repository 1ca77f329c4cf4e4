/** The words for how things stand: the same in a row, in the API and on the screen. */

export const EVENT_SOURCES = ["webhook", "schedule", "poll", "manual", "call"] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

export const EXECUTION_STATUSES = ["queued", "running", "waiting", "succeeded", "failed", "filtered", "cancelled"] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** Statuses after which nothing happens by itself. */
export type EndedStatus = Extract<ExecutionStatus, "succeeded" | "failed" | "filtered" | "cancelled">;

/** Why a delivery was turned down. */
export const REJECTION_CODES = [
	"method_not_allowed",
	"unsupported_encoding",
	"payload_too_large",
	"url_too_long",
	"batch_too_large",
	"address_not_allowed",
	"signature_missing",
	"signature_invalid",
	"timestamp_out_of_range",
	"key_unavailable",
	"handshake_refused",
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

export const STEP_STATUSES = ["pending", "running", "waiting", "succeeded", "failed", "filtered"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export const FAILURE_CALL_STATUSES = ["due", "delivered", "gone", "too_many_hops", "given_up"] as const;

/**
 * What became of the call that an execution's failure makes. due: not there yet, tried again; gone: the other integration
 * was deleted; too_many_hops: integrations call one another in a circle; given_up: it had no room for a week.
 */
export type FailureCallStatus = (typeof FAILURE_CALL_STATUSES)[number];

export const DELIVERY_STATUSES = ["accepted", "duplicate", "rejected", "handshake"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
