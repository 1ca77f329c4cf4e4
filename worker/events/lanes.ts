import { Buffer } from "node:buffer";
import { eventId, executionId } from "../ids";
import { readExecution } from "./execution-rows";
import { blockedLanes, freeLane } from "./lane-rows";
import type { BlockedLaneView } from "./protocol/views";
import { numberOfKey, sequenceOfKey } from "./schema";
import type { SequencerState } from "./state";

/** Lanes that wait for a person because one of their events failed. */

/** A lane's name in a URL. */
export const laneId = (lane: string): string => Buffer.from(lane).toString("base64url");

/** The blocked lanes, longest blocked first, with what blocks them and how many events stand behind. */
export function listBlockedLanes(state: SequencerState, integrationId: string): BlockedLaneView[] {
	return blockedLanes(state.sql).map(({ lane, key, blockedAt }) => {
		const [sequence, number] = [sequenceOfKey(key), numberOfKey(key)];
		const error = readExecution(state.sql, sequence, number)?.error;
		return {
			id: laneId(lane),
			key: lane.startsWith("[") ? (JSON.parse(lane) as unknown[]) : [],
			eventId: eventId(integrationId, sequence),
			executionId: executionId(integrationId, sequence, number),
			sequence,
			reason: error ? JSON.parse(error) : null,
			blockedAt: new Date(blockedAt).toISOString(),
			behind: state.laneLength(lane),
		};
	});
}

/** Lets a lane go on past the event that blocks it, which stays failed. False where the lane is not blocked. */
export function skipLane(state: SequencerState, id: string): boolean {
	const lane = Buffer.from(id, "base64url").toString();
	if (!freeLane(state.sql, lane)) return false;
	state.release(lane);
	return true;
}
