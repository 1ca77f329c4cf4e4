import { expect, test } from "vitest";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

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

	await shop.save({ current: { ...current, version: 3, filter: null } });
	const { eventId } = await shop.execution(1);
	await shop.remote.replay(WORKSPACE, eventId, { from: "start", version: "original" });
	expect((await shop.reached("filtered", 1, 2)).version).toBe(2);
	await shop.remote.replay(WORKSPACE, eventId, { from: "start", version: "current" });
	expect((await shop.reached("succeeded", 1, 3)).version).toBe(3);
	expect(await shop.ledger()).toMatchObject({ events: { total: 3, succeeded: 2, filtered: 1 }, balanced: true });
});

test("a filter that fails fails the event, and names itself", async () => {
	const shop = await GivenSequencer.with({ steps: [MAP] });
	await shop.save({ current: { ...shop.settings.current, version: 2, filter: "$number(event.body.quantity) > 0" } });
	await shop.post({ quantity: "many" });
	const failed = await shop.reached("failed", 1);
	expect(failed.error).toMatchObject({ field: "webhook.filter", message: expect.stringMatching(/^The webhook's filter failed/) });
	expect(failed.steps).toEqual([]);
});
