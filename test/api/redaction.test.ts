import { describe, expect, it } from "vitest";
import type { EventDetail, Integration, MaskedEvent, Queued } from "../../worker/api/types";
import { givenIntegration, givenPerson } from "../given/api";
import { eventually } from "../given/eventually";

describe("masking, set through the API", () => {
	it("is saved with the webhook, read back, and taken away with null", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		expect(made.webhook.redaction).toBeNull();
		const redaction = { fields: ["event.body.card"], patterns: ["email"] };
		const saved = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, { version: made.version, webhook: { redaction } });
		expect(saved.webhook.redaction).toEqual(redaction);
		const none = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, {
			version: saved.version,
			webhook: { redaction: null },
		});
		expect(none.webhook.redaction).toBeNull();
	});

	it("stays on where an earlier version is restored that had none", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const redaction = { fields: ["event.body.card"], patterns: ["email"] };
		await ada.get("PATCH", `/api/integrations/${made.id}`, { version: made.version, webhook: { redaction } });
		const restored = await ada.get<Integration>("POST", `/api/integrations/${made.id}/versions/${made.version}/restore`);
		expect(restored.webhook.redaction).toEqual(redaction);
	});

	it.each([
		{ fields: ["body.card"] },
		{ fields: ["event.headers"] },
		{ patterns: ["anything"] },
		{ fields: [], patterns: [] },
		{ fields: ["event.body.a"], more: 1 },
	])("refuses %j", async (redaction) => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const answer = await ada.send("PATCH", `/api/integrations/${made.id}`, { body: { version: made.version, webhook: { redaction } } });
		expect(answer.status).toBe(422);
	});

	it("shows what would be kept of an event that came, without saving, to members of its workspace alone", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const body = { card: "4111111111111111", to: "ada@example.com" };
		const { eventId } = await ada.get<Queued>("POST", `/api/integrations/${made.id}/run`, { body });
		const path = `/api/integrations/${made.id}/events/${eventId}`;
		const kept = await ada.get<MaskedEvent>("POST", `${path}/masked`, { redaction: { fields: ["event.body.card"], patterns: ["email"] } });
		expect(JSON.parse(kept.body)).toEqual({ card: "••••", to: "••••" });
		expect(kept.masked).toEqual({ fields: ["event.body.card"], patterns: ["email"], bodyDropped: false });
		expect(JSON.parse((await ada.get<EventDetail>("GET", path)).body)).toEqual(body);

		const bob = await givenPerson();
		expect((await bob.send("POST", `${path}/masked`, { body: { redaction: { patterns: ["email"] } } })).status).toBe(404);
		expect((await ada.send("POST", `${path}/masked`, { body: { redaction: {} } })).status).toBe(422);
	});

	it("masks a run by hand, and tells of it", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		await ada.get("PATCH", `/api/integrations/${made.id}`, { version: made.version, webhook: { redaction: { patterns: ["card"] } } });
		const { eventId } = await ada.get<Queued>("POST", `/api/integrations/${made.id}/run`, { body: { note: "4111 1111 1111 1111" } });
		await eventually(async () => {
			const event = await ada.get<EventDetail>("GET", `/api/integrations/${made.id}/events/${eventId}`);
			expect(event).toMatchObject({ status: "succeeded", body: '{"note":"••••"}', masked: { patterns: ["card"] } });
		});
	});
});
