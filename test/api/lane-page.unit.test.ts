import { expect, test } from "vitest";
import { pageOfLanes } from "../../worker/api/lane-page";
import type { BlockedLaneView } from "../../worker/events/protocol/views";

const lane = (sequence: number, blockedAt: string): BlockedLaneView => ({
	id: `lane${sequence}`,
	key: [],
	eventId: `evt_${sequence}`,
	executionId: `exe_${sequence}`,
	sequence,
	reason: null,
	blockedAt,
	behind: 0,
});
const lanes = [lane(9, "2026-11-21T10:00:00.000Z"), lane(7, "2026-11-21T10:00:00.000Z"), lane(2, "2026-11-21T11:00:00.000Z")];
const sequences = (page: { items: BlockedLaneView[] }) => page.items.map(({ sequence }) => sequence);

test("blocked lanes come page by page, longest blocked first, also where the last one seen has gone on", () => {
	const first = pageOfLanes(lanes, 1, undefined);
	expect(sequences(first)).toEqual([7]);
	const rest = lanes.filter(({ sequence }) => sequence !== 7);
	const second = pageOfLanes(rest, 1, first.cursor ?? "");
	expect(sequences(second)).toEqual([9]);
	const third = pageOfLanes(rest, 1, second.cursor ?? "");
	expect([sequences(third), third.cursor]).toEqual([[2], null]);
	expect(sequences(pageOfLanes(lanes, 3, undefined))).toEqual([7, 9, 2]);
	expect(() => pageOfLanes(lanes, 3, "forged")).toThrow();
});
