import type { Entry } from "./backlog";
import { noteFailure } from "./failure-calls";
import { blockLane, unblockLane } from "./lane-rows";
import type { EndedStatus } from "./protocol/statuses";
import { executionKey } from "./schema";
import { forgetSealed } from "./sealed";
import { laneHeldBy, type SequencerState } from "./state";
import { forgetTroubles } from "./troubles";

/** Counts an execution as ended and lets its lane go on, or blocks the lane where its policy says so. */
export function end(state: SequencerState, entry: Entry, status: EndedStatus, endedAt: number): void {
	const key = executionKey(entry.sequence, entry.number);
	forgetTroubles(state, key);
	forgetSealed(state, key);
	state.counts.ended[status]++;
	state.counts.lastExecutionAt = endedAt;
	if (entry.number === 1 && entry.sequence < (state.oldestEnded?.sequence ?? Number.POSITIVE_INFINITY))
		state.oldestEnded = { sequence: entry.sequence, endedAt };
	state.counts.lastExecutionStatus = status;
	if (status === "failed") noteFailure(state, key, endedAt);
	if (entry.lane !== null && status === "failed" && state.settings?.ordering.onFailure === "block") {
		blockLane(state.sql, entry.lane, key, "failed", endedAt);
		return;
	}
	if (entry.lane !== null && entry.number > 1) unblockLane(state.sql, key);
	state.release(laneHeldBy(entry));
}
