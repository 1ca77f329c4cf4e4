import type { Headers } from "./delivery";
import type { StepStatus } from "./statuses";

/** What an execution leaves behind: its steps, their tries, and what went over the wire. */

export interface ErrorRecord {
	code: string;
	message: string;
	stepId?: string;
	/** Field of the step, where one is to blame. */
	field?: string;
}

export interface HttpRequestRecord {
	method: string;
	url: string;
	/** Authorization-like values are masked. */
	headers: Headers;
	body: string | null;
	/** Body as base64 where it is not text. */
	bodyEncoding?: "base64";
}

export interface HttpResponseRecord {
	status: number;
	headers: Headers;
	body: string | null;
	bodyEncoding?: "base64";
}

export interface AttemptRecord {
	/** From 1. */
	number: number;
	/** Epoch milliseconds. */
	startedAt: number;
	durationMs: number;
	status: "running" | "succeeded" | "failed";
	error?: ErrorRecord;
	request?: HttpRequestRecord;
	response?: HttpResponseRecord;
	/** Requests that redirects led to, in order, before `response`. */
	redirects?: { status: number; location: string }[];
}

/** The journal of one step. A finished step's output is reused, never computed again. */
export interface StepRecord {
	/** Position in the tree; for a top-level step its id. */
	path: string;
	id: string;
	type: string;
	name?: string;
	status: StepStatus;
	attempts: AttemptRecord[];
	output?: unknown;
}
