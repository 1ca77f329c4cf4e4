import type { BlockedLaneView } from "../events/protocol/views";
import { invalidCursor } from "./body";

/**
 * One page of the blocked lanes, longest blocked first. The cursor is the place of the page's last lane, so that it holds
 * also when that lane goes on in the meantime.
 * @throws 422 `invalid_cursor`
 */
export function pageOfLanes(
	lanes: readonly BlockedLaneView[],
	limit: number,
	cursor: string | undefined,
): { items: BlockedLaneView[]; cursor: string | null } {
	const match = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? "");
	if (cursor && match === null) throw invalidCursor();
	const [at, sequence] = match === null ? [-1, -1] : [Number(match[1]), Number(match[2])];
	const beyond = lanes
		.map((lane) => ({ lane, at: Date.parse(lane.blockedAt) }))
		.filter((one) => one.at > at || (one.at === at && one.lane.sequence > sequence))
		.sort((a, b) => a.at - b.at || a.lane.sequence - b.lane.sequence);
	const page = beyond.slice(0, limit);
	const last = page.at(-1);
	const more = beyond.length > limit && last !== undefined;
	return { items: page.map(({ lane }) => lane), cursor: more ? `${last.at}.${last.lane.sequence}` : null };
}
