/** What is known of a load that was interrupted: what was sent, said, called and kept, and what was done to the product meanwhile. */

/** All times are epoch milliseconds of one machine's clock. */
export interface History {
	integrations: Record<string, Subject>;
	intents: Intent[];
	acknowledgements: Acknowledgement[];
	calls: Call[];
	faults: Fault[];
}

export interface Subject {
	/** What its lanes are: each event by itself, all events, or those of each value of `lane`. */
	order: "none" | "integration" | "lane";
	/** Ids of the steps that call the other system, in the order of the workflow. */
	steps: readonly string[];
	kept: Kept;
}

/** One number sent to one integration, once; written down before the request leaves. */
export interface Intent {
	integration: string;
	number: number;
	lane: string;
	at: number;
}

/** What the sender was told: written down after a 2xx. No such line means that the answer was lost or was no 2xx. */
export interface Acknowledgement {
	integration: string;
	number: number;
	eventId: string;
	sequence: number;
	at: number;
}

/** One call that the other system received; durable before it was answered. */
export interface Call {
	integration: string;
	number: number;
	lane: string;
	step: string;
	eventId: string;
	sequence: number;
	idempotencyKey: string;
	at: number;
	/** Places in what the other system wrote down: of the call, and of its answer unless the caller had gone before it. */
	arrived: number;
	answered: number | null;
}

/** Something done to the product: from when until when it did not work. */
export interface Fault {
	mode: Mode;
	/** `runtime`: the one that holds the data is concerned; `tools`: only what stands around it. */
	target: "runtime" | "tools";
	at: number;
	/** When it went on, for a stop; when the signal was out, for a kill. */
	until: number;
}

/** `unplanned`: the runtime ended by itself, as when its sources change under it. */
export type Mode = "runtime" | "tree" | "stop" | "unplanned";

/** What the product says about itself once all is quiet. */
export interface Kept {
	events: { id: string; sequence: number }[];
	executions: { eventId: string; sequence: number; status: string }[];
	/** The journal of steps that were called more than once, by `<sequence>/<step>`. */
	attempts: Record<string, Attempt[]>;
	ledger: {
		deliveries: { received: number; accepted: number; duplicate: number; rejected: number; handshake: number; eventsMade: number };
		events: { total: number; webhook: number; succeeded: number; filtered: number; failed: number; cancelled: number; pending: number };
		lastSequence: number;
		balanced: boolean;
	};
}

export interface Attempt {
	startedAt: number;
	status: string;
	/** Why it failed; null where it did not. */
	code: string | null;
}

export type Kind = "lost" | "phantom" | "gap" | "identity" | "order" | "key" | "repeat" | "ledger";

/** One broken promise. */
export interface Finding {
	kind: Kind;
	sentence: string;
}

export function finding(kind: Kind, sentence: string): Finding {
	return { kind, sentence };
}

/** What one integration's part of the history is judged by. */
export interface Part {
	subject: Subject;
	intents: Intent[];
	acknowledgements: Acknowledgement[];
	/** In the order of arrival. */
	calls: Call[];
	faults: Fault[];
}
