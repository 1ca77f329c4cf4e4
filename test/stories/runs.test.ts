import { afterEach, describe, expect, it } from "vitest";
import { laneId } from "../../worker/events/lanes";
import { WHOLE_INTEGRATION } from "../../worker/integrations/ordering-key";
import { orderingSchema } from "../../worker/integrations/settings";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
});

const EVENTS = 40;
const LOUD = { id: "loud", type: "filter", condition: "event.body.n % 8 = 0" };
const PUSH = { id: "push", type: "http", url: "https://shop.example/", body: "{{ event.body.n }}", retry: { attempts: 1 } };
const BREAK_AT_20 = { id: "check", type: "map", output: "{{ event.body.n = 20 ? $number('twenty') : event.body.n }}" };

/** A strict lane with all of its events waiting, so that it is worked off in runs. */
async function givenLine(steps: unknown[], onFailure: "block" | "continue"): Promise<GivenSequencer> {
	const shop = await GivenSequencer.with({
		status: "paused",
		ordering: orderingSchema.parse({ mode: "integration", onFailure }),
		steps,
	});
	for (let n = 1; n <= EVENTS; n++) await shop.post({ n });
	return shop;
}

describe("a long line in one lane", () => {
	it("calls out for each event only when all before it have ended, and none behind it has begun", async () => {
		const seen: { n: number; before: string[]; behind: string[] }[] = [];
		outside = new Outside(async (call) => {
			const n = Number(call.body);
			const statuses: string[] = [];
			for (let sequence = 1; sequence <= EVENTS; sequence++) statuses.push((await shop.execution(sequence)).status);
			seen.push({ n, before: [...new Set(statuses.slice(0, n - 1))], behind: [...new Set(statuses.slice(n))] });
			return Response.json({});
		});
		const shop = await givenLine([LOUD, PUSH], "continue");
		await shop.save({ status: "active" });
		await shop.reached("succeeded", EVENTS);
		expect(seen.map(({ n }) => n)).toEqual([8, 16, 24, 32, 40]);
		for (const { n, before, behind } of seen) {
			expect(before.sort(), `before ${n}`).toEqual(n === 8 ? ["filtered"] : ["filtered", "succeeded"]);
			expect(behind, `behind ${n}`).toEqual(n === EVENTS ? [] : ["queued"]);
		}
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { succeeded: 5, filtered: 35, pending: 0 } });
	});

	it("stops at an event that fails, and goes on behind it when it is skipped", async () => {
		const shop = await givenLine([BREAK_AT_20], "block");
		await shop.save({ status: "active" });
		await shop.reached("failed", 20);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { succeeded: 19, failed: 1, pending: 20 } });
		expect((await shop.execution(21)).status).toBe("queued");
		await shop.remote.skipLane(shop.settings.workspaceId, laneId(WHOLE_INTEGRATION));
		await shop.reached("succeeded", EVENTS);
		const starts: number[] = [];
		for (let sequence = 1; sequence <= EVENTS; sequence++) {
			const { startedAt, endedAt } = await shop.execution(sequence);
			starts.push(Date.parse(startedAt ?? ""), Date.parse(endedAt ?? ""));
		}
		expect(starts).toEqual([...starts].sort((a, b) => a - b));
	});
});

describe("deliveries that come at the same time", () => {
	it("are numbered without gaps and answered each with its own number", async () => {
		const shop = await GivenSequencer.with({ steps: [] });
		const answers = await Promise.all(
			Array.from({ length: 200 }, async (_, n) => ({
				n,
				...((await (await shop.post({ n })).json()) as { sequence: number; id: string }),
			})),
		);
		expect(answers.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
		for (const { n, id } of answers.filter(({ sequence }) => sequence % 20 === 0)) {
			const event = await shop.remote.getEvent(shop.settings.workspaceId, id);
			expect(JSON.parse(event?.body ?? "")).toEqual({ n });
		}
	});

	it("are stored by the settings they were judged by when a save comes between", async () => {
		const shop = await GivenSequencer.with({ steps: [] });
		for (let round = 0; round < 10; round++) {
			const posts = Array.from({ length: 5 }, (_, n) => shop.post({ n }));
			await shop.save({});
			const codes = (await Promise.all(posts)).map(({ status }) => status);
			expect(codes).toEqual([202, 202, 202, 202, 202]);
		}
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { total: 50 } });
	});
});
