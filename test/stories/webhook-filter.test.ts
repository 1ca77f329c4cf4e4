import { expect, test } from "vitest";
import type { ExecutionStatus } from "../../worker/events/protocol/statuses";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

const ran = async (shop: GivenSequencer, status?: ExecutionStatus): Promise<string[] | undefined> =>
	(await shop.remote.listExecutions(WORKSPACE, status === undefined ? {} : { status }))?.items.map(
		(execution) => `${execution.sequence}.${execution.number} ${execution.status}`,
	);

const MAP = { id: "seen", type: "map", output: "{{ event.body }}" };

test("what a webhook's filter turns away is kept as filtered with its reason, and each version keeps its own", async () => {
	const shop = await GivenSequencer.with({ steps: [MAP] });
	const { current } = shop.settings;
	await shop.save({ current: { ...current, version: 2, filter: "event.body.quantity > 0" } });
	await shop.post({ quantity: 0 });
	await shop.post({ quantity: 1 });
	await shop.post("no object");
	expect(await shop.reached("filtered", 1)).toMatchObject({ steps: [], error: { code: "webhook_filter", field: "webhook.filter" } });
	expect((await shop.reached("succeeded", 2)).error).toBeNull();
	await shop.reached("filtered", 3);
	expect(await shop.ledger()).toMatchObject({ events: { total: 3, succeeded: 1, filtered: 2 }, balanced: true });
	expect((await shop.remote.listEvents(WORKSPACE, {}))?.items.map(({ status }) => status)).toEqual(["filtered", "succeeded", "filtered"]);
	expect(await ran(shop), "what was turned away has not run").toEqual(["2.1 succeeded"]);
	expect(await ran(shop, "filtered")).toEqual([]);
	const turnedAway = await shop.remote.getEvent(WORKSPACE, (await shop.execution(1)).eventId);
	expect(turnedAway).toMatchObject({ status: "filtered", executions: [], filteredBy: { condition: "event.body.quantity > 0" } });
	const passed = await shop.remote.getEvent(WORKSPACE, (await shop.execution(2)).eventId);
	expect([passed?.executions.length, passed?.filteredBy]).toEqual([1, null]);

	await shop.save({ current: { ...current, version: 3, filter: null } });
	const { eventId } = await shop.execution(1);
	await shop.remote.replay(WORKSPACE, eventId, { from: "start", version: "original" });
	expect((await shop.reached("filtered", 1, 2)).version).toBe(2);
	await shop.remote.replay(WORKSPACE, eventId, { from: "start", version: "current" });
	expect((await shop.reached("succeeded", 1, 3)).version).toBe(3);
	expect(await shop.ledger()).toMatchObject({ events: { total: 3, succeeded: 2, filtered: 1 }, balanced: true });
	expect(await ran(shop)).toEqual(["2.1 succeeded", "1.3 succeeded"]);
	const replayed = await shop.remote.getEvent(WORKSPACE, eventId);
	expect([replayed?.executions.map(({ number }) => number), replayed?.filteredBy]).toEqual([[3], null]);
});

test("an event that a step filters has an execution, and is listed among the filtered ones", async () => {
	const shop = await GivenSequencer.with({ steps: [{ id: "positive", type: "filter", condition: "event.body.quantity > 0" }] });
	await shop.post({ quantity: 0 });
	await shop.reached("filtered", 1);
	expect(await ran(shop, "filtered")).toEqual(["1.1 filtered"]);
	expect(await shop.remote.getEvent(WORKSPACE, (await shop.execution(1)).eventId)).toMatchObject({ filteredBy: null });
});

test("a filter that fails fails the event, and names itself", async () => {
	const shop = await GivenSequencer.with({ steps: [MAP] });
	await shop.save({ current: { ...shop.settings.current, version: 2, filter: "$number(event.body.quantity) > 0" } });
	await shop.post({ quantity: "many" });
	const failed = await shop.reached("failed", 1);
	expect(failed.error).toMatchObject({ field: "webhook.filter", message: expect.stringMatching(/^The webhook's filter failed/) });
	expect(failed.steps).toEqual([]);
});
