import { expect, test } from "vitest";
import type { Integration } from "../../worker/api/types";
import { codeOf, givenIntegration, givenPerson } from "../given/api";

test("what a webhook accepts is saved, read back, taken back by null, and copied", async () => {
	const ada = await givenPerson();
	const made = await givenIntegration(ada);
	expect(made.webhook).toMatchObject({ batch: null, filter: null, allowedIps: [] });
	const webhook = {
		batch: { path: "event.body.events" },
		filter: "event.body.quantity > vars.least",
		allowedIps: ["203.0.113.0/24", "::1"],
	};
	const saved = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, { version: 1, webhook });
	expect(saved.webhook).toMatchObject(webhook);
	const copy = await ada.get<Integration>("POST", `/api/integrations/${made.id}/duplicate`);
	expect(copy.webhook).toMatchObject(webhook);
	const none = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, {
		version: 2,
		webhook: { batch: null, filter: null, allowedIps: [] },
	});
	expect(none.webhook).toMatchObject({ batch: null, filter: null, allowedIps: [] });
});

test("an earlier version brings its filter back, and leaves who may send as it is now", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	await ada.get("PATCH", `/api/integrations/${id}`, { version: 1, webhook: { filter: "event.body.a" } });
	await ada.get("PATCH", `/api/integrations/${id}`, { version: 2, webhook: { filter: null, allowedIps: ["203.0.113.7"] } });
	const restored = await ada.get<Integration>("POST", `/api/integrations/${id}/versions/2/restore`);
	expect(restored.webhook).toMatchObject({ filter: "event.body.a", allowedIps: ["203.0.113.7"] });
});

test.each([
	[{ batch: { path: "body.events" } }, "webhook.batch.path"],
	[{ batch: { path: "event.body.a,event.body.b" } }, "webhook.batch.path"],
	[{ batch: { path: "event.query.a" } }, "webhook.batch.path"],
	[{ batch: {} }, "webhook.batch.path"],
	[{ batch: { path: "event.body", most: 5 } }, "webhook.batch"],
	[{ filter: "event.body.a >" }, "webhook.filter"],
	[{ filter: "steps.map.a" }, "webhook.filter"],
	[{ filter: "  " }, "webhook.filter"],
	[{ filter: "$eval('1')" }, "webhook.filter"],
	[{ filter: "x".repeat(10_001) }, "webhook.filter"],
	[{ allowedIps: ["example.com"] }, "webhook.allowedIps.0"],
	[{ allowedIps: ["203.0.113.7", "10.0.0.0/33"] }, "webhook.allowedIps.1"],
	[{ allowedIps: Array(51).fill("203.0.113.7") }, "webhook.allowedIps"],
])("%j is refused, and the field is named", async (webhook, field) => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const response = await ada.send("PATCH", `/api/integrations/${id}`, { body: { version: 1, webhook } });
	const text = await response.clone().text();
	expect([response.status, text.includes(field)], text).toEqual([422, true]);
	expect(await codeOf(response)).toMatch(/^(invalid|unknown)_/);
});
