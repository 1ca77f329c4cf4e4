import type { EndedStatus } from "./statuses";

/** From the Sequencer to D1, through the statistics queue. */

export interface StatisticsMessage {
	integrationId: string;
	workspaceId: string;
	/** Rises with each message of one integration: a late one is dropped. */
	number: number;
	total: number;
	succeeded: number;
	failed: number;
	filtered: number;
	cancelled: number;
	pending: number;
	rejected: number;
	keptBytes: number;
	lastReceivedAt: number | null;
	lastExecutionAt: number | null;
	lastExecutionStatus: EndedStatus | null;
	nextRunAt: number | null;
	/** Epoch milliseconds of the earliest work that is due, for the sweep; null when there is none. */
	dueAt: number | null;
	/** From received to ended, of the event that came first among those ended since the last message; absent where none ended. */
	lagMs?: number;
	/** Lanes that wait for a person, counted up to a thousand. */
	blockedLanes?: number;
}
