import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { EventDetail, Integration, Kept, Queued } from "../../worker/api/types";
import { codeOf, givenIntegration, givenPerson, type Someone } from "../given/api";
import { eventually } from "../given/eventually";

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
	vi.useRealTimers();
});

const DAY_MS = 24 * 3_600_000;

const patch = (someone: Someone, { id, version }: Integration, fields: object) =>
	someone.send("PATCH", `/api/integrations/${id}`, { body: { version, ...fields } });

/** The field that a 422 names, with what it says of it. */
async function problemOf(response: Response): Promise<{ field: string; message: string } | undefined> {
	expect(response.status).toBe(422);
	const { error } = await response.json<{ error: { details: { problems: { field: string; message: string }[] } } }>();
	return error.details.problems[0];
}

describe("the integration that runs when another one fails", () => {
	const failing = [{ id: "check", type: "filter", condition: "$error('out of stock')" }];

	test("is another one of the same workspace, read back by its id, and taken off by null", async () => {
		const ada = await givenPerson();
		const [shop, mail] = [await givenIntegration(ada), await givenIntegration(ada, { name: "Mail the team" })];
		expect(shop.onFailureIntegrationId).toBeNull();
		const saved = await ada.get<Integration>("PATCH", `/api/integrations/${shop.id}`, { version: 1, onFailureIntegrationId: mail.id });
		expect(saved).toMatchObject({ version: 2, applied: true, onFailureIntegrationId: mail.id });
		const taken = await ada.get<Integration>("PATCH", `/api/integrations/${shop.id}`, { version: 2, onFailureIntegrationId: null });
		expect(taken.onFailureIntegrationId).toBeNull();
	});

	test("is refused where it is itself, unknown, deleted or another workspace's, all three in the same words", async () => {
		const [ada, eve] = [await givenPerson(), await givenPerson()];
		const [shop, gone, foreign] = [await givenIntegration(ada), await givenIntegration(ada), await givenIntegration(eve)];
		await ada.send("DELETE", `/api/integrations/${gone.id}`);
		expect(await problemOf(await patch(ada, shop, { onFailureIntegrationId: shop.id }))).toEqual({
			field: "onFailureIntegrationId",
			message: "An integration cannot run itself when it fails. Choose another one.",
		});
		for (const id of ["int_0000000000000000", gone.id, foreign.id, "con_0000000000000000", ""]) {
			expect(await problemOf(await patch(ada, shop, { onFailureIntegrationId: id }))).toEqual({
				field: "onFailureIntegrationId",
				message: "There is no such integration in this workspace.",
			});
		}
		expect((await ada.get<Integration>("GET", `/api/integrations/${shop.id}`)).version).toBe(1);
	});

	test("may be deleted: the rest is saved as before, and the id stays to be seen", async () => {
		const ada = await givenPerson();
		const [shop, mail] = [await givenIntegration(ada), await givenIntegration(ada)];
		const named = await ada.get<Integration>("PATCH", `/api/integrations/${shop.id}`, { version: 1, onFailureIntegrationId: mail.id });
		await ada.send("DELETE", `/api/integrations/${mail.id}`);
		const saved = await patch(ada, named, { description: "still edited", onFailureIntegrationId: mail.id });
		expect(saved.status).toBe(200);
		expect(await saved.json()).toMatchObject({ description: "still edited", onFailureIntegrationId: mail.id });
	});

	test("is told of a failure, with a link to where people reach this deployment; a copy keeps it", async () => {
		const ada = await givenPerson();
		const mail = await givenIntegration(ada, { name: "Mail the team" });
		const shop = await givenIntegration(ada, { workflow: { steps: failing } });
		await ada.get("PATCH", `/api/integrations/${shop.id}`, { version: 1, onFailureIntegrationId: mail.id });
		const copy = await ada.get<Integration>("POST", `/api/integrations/${shop.id}/duplicate`);
		expect(copy.onFailureIntegrationId).toBe(mail.id);
		const run = await ada.get<Queued>("POST", `/api/integrations/${copy.id}/run`, { body: {} });
		const [told] = await eventually(async () => {
			const { items } = await ada.get<{ items: { id: string; source: string }[] }>("GET", `/api/integrations/${mail.id}/events`);
			expect(items).toHaveLength(1);
			return items;
		});
		const event = await ada.get<EventDetail>("GET", `/api/integrations/${mail.id}/events/${told?.id}`);
		expect(event.calledBy).toEqual({ integrationId: copy.id, executionId: run.executionId });
		expect(JSON.parse(event.body)).toMatchObject({
			integration: { id: copy.id, name: "Stock sync (copy)" },
			error: { stepId: "check" },
			url: `http://localhost/automations/${copy.id}/logs?execution=${run.executionId}`,
		});
	});
});

describe("retention", () => {
	test("is thirty days and 2 GB unless set, part by part", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		expect(made.retention).toEqual({ days: 30, bytes: 2_000_000_000 });
		const week = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, { version: 1, retention: { days: 7 } });
		expect(week.retention).toEqual({ days: 7, bytes: 2_000_000_000 });
		const usual = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, { version: 2, retention: null });
		expect(usual.retention).toEqual(made.retention);
	});

	test.each([
		[{ days: 0 }, "retention.days", "At least 1."],
		[{ days: 366 }, "retention.days", "At most 365."],
		[{ days: 1.5 }, "retention.days", expect.any(String)],
		[{ bytes: 9_999_999 }, "retention.bytes", "At least 10000000."],
		[{ bytes: 5_000_000_001 }, "retention.bytes", "At most 5000000000."],
		[{ hours: 3 }, "retention.hours", "There is no such field."],
	])("refuses %j", async (retention, field, message) => {
		const ada = await givenPerson();
		expect(await problemOf(await patch(ada, await givenIntegration(ada), { retention }))).toEqual({ field, message });
	});

	test("is what the integration keeps to, and what is kept is told", async () => {
		const ada = await givenPerson();
		const { id } = await givenIntegration(ada);
		const { eventId } = await ada.get<Queued>("POST", `/api/integrations/${id}/run`, { body: { text: "x".repeat(1_000) } });
		await eventually(async () => {
			const event = await ada.get<EventDetail>("GET", `/api/integrations/${id}/events/${eventId}`);
			expect(event.status).toBe("succeeded");
		});
		const kept = await ada.get<Kept>("GET", `/api/integrations/${id}/kept`);
		expect(kept.bytes, "its body, and what else its row takes").toBeGreaterThan(1_011);
		expect(kept.bytes).toBeLessThan(1_600);
		expect(kept.databaseBytes).toBeGreaterThan(kept.bytes);
		expect(Date.now() - Date.parse(kept.since ?? "")).toBeLessThan(60_000);

		await ada.get("PATCH", `/api/integrations/${id}`, { version: 1, retention: { days: 2 } });
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * DAY_MS });
		await eventually(async () => {
			await runDurableObjectAlarm(env.SEQUENCER.getByName(id));
			expect(await codeOf(await ada.send("GET", `/api/integrations/${id}/events/${eventId}`))).toBe("not_found");
		});
		expect(await ada.get<Kept>("GET", `/api/integrations/${id}/kept`)).toMatchObject({ bytes: 0, since: null });
	});
});

describe("silence", () => {
	test("is learned unless a person says after how many minutes it is one", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		expect(made.silenceMinutes).toBeNull();
		const saved = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, { version: 1, silenceMinutes: 90 });
		expect(saved.silenceMinutes).toBe(90);
		const blank = await ada.get<Integration>("PATCH", `/api/integrations/${made.id}`, { version: 2, silenceMinutes: null });
		expect(blank.silenceMinutes).toBeNull();
	});

	test.each([4, 43_201, 7.5, "60"])("is not %j minutes", async (silenceMinutes) => {
		const ada = await givenPerson();
		expect(await problemOf(await patch(ada, await givenIntegration(ada), { silenceMinutes }))).toMatchObject({ field: "silenceMinutes" });
	});
});
