import { describe, expect, it } from "vitest";
import { type LedgerCounts, makeLedger } from "../../worker/history/ledger";

const counts = (): LedgerCounts => ({
	lastSequence: 21,
	bySource: { webhook: 14, schedule: 3, poll: 0, manual: 2, call: 2 },
	ended: { succeeded: 12, filtered: 3, failed: 2, cancelled: 1 },
	pending: 3,
	duplicate: 4,
	handshake: 1,
	rejected: 4,
	batches: { deliveries: 2, events: 5 },
	turnedAway: 9,
});

describe("the ledger", () => {
	it("balances where every delivery and every event is accounted for", () => {
		expect(makeLedger(counts())).toEqual({
			deliveries: { received: 14 - 5 + 2 + 4 + 4 + 1, accepted: 14 - 5 + 2, duplicate: 4, rejected: 4, handshake: 1, eventsMade: 14 },
			events: {
				total: 21,
				webhook: 14,
				schedule: 3,
				poll: 0,
				manual: 2,
				call: 2,
				succeeded: 12,
				filtered: 3,
				failed: 2,
				cancelled: 1,
				pending: 3,
			},
			lastSequence: 21,
			turnedAway: 9,
			balanced: true,
		});
	});

	it("balances for an integration to which nothing has happened", () => {
		const nothing: LedgerCounts = {
			lastSequence: 0,
			bySource: { webhook: 0, schedule: 0, poll: 0, manual: 0, call: 0 },
			ended: { succeeded: 0, filtered: 0, failed: 0, cancelled: 0 },
			pending: 0,
			duplicate: 0,
			handshake: 0,
			rejected: 0,
			batches: { deliveries: 0, events: 0 },
			turnedAway: 0,
		};
		expect(makeLedger(nothing).balanced).toBe(true);
	});

	it.each<[string, (broken: LedgerCounts) => void]>([
		["an event is missing", (broken) => broken.lastSequence++],
		["an event has no source", (broken) => broken.bySource.webhook--],
		["an event counts twice", (broken) => broken.bySource.schedule++],
		["an event has ended twice", (broken) => broken.ended.succeeded++],
		["an event neither ended nor is pending", (broken) => broken.pending--],
		["batches made more events than webhooks did", (broken) => Object.assign(broken, { batches: { deliveries: 12, events: 15 } })],
		["a count is no number", (broken) => Object.assign(broken, { pending: Number.NaN })],
		["more were accepted after all than were ever rejected", (broken) => Object.assign(broken, { rejected: -1 })],
		[
			"two errors hide one another",
			(broken) => {
				broken.bySource.call = -2;
				broken.bySource.webhook += 4;
			},
		],
	])("does not balance where %s", (_, breakIt) => {
		const broken = counts();
		breakIt(broken);
		expect(makeLedger(broken).balanced).toBe(false);
	});
});
