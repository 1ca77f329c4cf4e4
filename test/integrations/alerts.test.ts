import { env } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Alert } from "../../worker/api/types";
import { openDatabase } from "../../worker/db/client";
import { alerts, integrationSeries, integrationStatistics, integrations } from "../../worker/db/schema";
import { judgeAlerts } from "../../worker/integrations/alerts";
import { type Notice, type Post, sendNotices } from "../../worker/integrations/alerts-notices";
import { sweep } from "../../worker/integrations/sweep";
import { givenIntegration, givenPerson, type Someone } from "../given/api";

const db = openDatabase(env.DB);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A whole day, so a multiple of every stretch, and a minute in which silence is looked for. */
const NOW = 20_000 * DAY;

async function givenWatched(ada: Someone, figures: Partial<typeof integrationStatistics.$inferInsert> = {}) {
	const { id } = await givenIntegration(ada);
	const [row] = await db.select().from(integrations).where(eq(integrations.id, id));
	if (row)
		await db
			.update(integrations)
			.set({ webhook: { ...row.webhook, enabled: true } })
			.where(eq(integrations.id, id));
	const zero = { total: 0, succeeded: 0, failed: 0, filtered: 0, cancelled: 0, pending: 0, rejected: 0, keptBytes: 0 };
	const set = { number: 9_000_000_000_000, ...zero, updatedAt: NOW, ...figures };
	await db
		.insert(integrationStatistics)
		.values({ integrationId: id, ...set })
		.onConflictDoUpdate({ target: integrationStatistics.integrationId, set });
	return {
		id,
		now: (change: Partial<typeof integrationStatistics.$inferInsert>) =>
			db.update(integrationStatistics).set(change).where(eq(integrationStatistics.integrationId, id)),
		stretch: (start: number, step: number, failed: number) =>
			db.insert(integrationSeries).values({ integrationId: id, step, start, received: 1, succeeded: 1, failed, filtered: 0 }),
		alerts: (kind: Alert["kind"]) =>
			db
				.select()
				.from(alerts)
				.where(and(eq(alerts.integrationId, id), eq(alerts.kind, kind)))
				.orderBy(alerts.since),
	};
}

/** Another system that keeps what it was sent for this integration. */
function inbox(id: string, answer: () => Awaited<ReturnType<Post>> = () => ({ ok: true })) {
	const came: { notice: Notice; said: Record<string, unknown> }[] = [];
	const post: Post = async (notice) => {
		const said = JSON.parse(notice.body) as { integration: { id: string } | null };
		if (said.integration?.id !== id) return { ok: true };
		came.push({ notice, said });
		return answer();
	};
	return { came, post };
}

test("failures are one alert that counts on until an hour was calm, and a later failure is another", async () => {
	const ada = await givenPerson();
	const one = await givenWatched(ada, { total: 9, failed: 5 });
	await one.stretch(NOW - 5 * MINUTE, 5 * MINUTE, 2);
	await judgeAlerts(db, NOW);
	await judgeAlerts(db, NOW + MINUTE);
	expect(await one.alerts("failed")).toMatchObject([{ count: 2, base: 3, since: NOW - 5 * MINUTE, resolvedAt: null }]);
	await one.stretch(NOW, 5 * MINUTE, 4);
	await one.now({ failed: 9 });
	await judgeAlerts(db, NOW + 2 * MINUTE);
	expect(await one.alerts("failed")).toMatchObject([{ count: 6, resolvedAt: null }]);
	await judgeAlerts(db, NOW + 2 * HOUR);
	expect(await one.alerts("failed")).toMatchObject([{ count: 6, resolvedAt: NOW + 2 * HOUR }]);
	await one.stretch(NOW + 3 * HOUR, 5 * MINUTE, 1);
	await one.now({ failed: 10 });
	await judgeAlerts(db, NOW + 3 * HOUR + MINUTE);
	expect(await one.alerts("failed")).toMatchObject([{ count: 6 }, { count: 1, resolvedAt: null }]);
});

test("failures that were mended are no alert any more", async () => {
	const ada = await givenPerson();
	const one = await givenWatched(ada, { total: 2, failed: 2 });
	await one.stretch(NOW, 5 * MINUTE, 2);
	await judgeAlerts(db, NOW + MINUTE);
	await one.now({ failed: 0, succeeded: 2 });
	await judgeAlerts(db, NOW + 2 * MINUTE);
	await judgeAlerts(db, NOW + 3 * MINUTE);
	expect(await one.alerts("failed")).toMatchObject([{ resolvedAt: NOW + 2 * MINUTE }]);
});

test("a failure right after others were mended is told by itself", async () => {
	const ada = await givenPerson();
	const one = await givenWatched(ada, { total: 3, failed: 3 });
	await one.stretch(NOW, 5 * MINUTE, 3);
	await judgeAlerts(db, NOW + MINUTE);
	await one.now({ failed: 0, succeeded: 3 });
	await judgeAlerts(db, NOW + 2 * MINUTE);
	await one.now({ failed: 1, total: 4 });
	await judgeAlerts(db, NOW + 3 * MINUTE);
	expect(await one.alerts("failed")).toMatchObject([{ count: 3 }, { count: 1, since: NOW + 2 * MINUTE, resolvedAt: null }]);
});

test("failures are noted also where no sweep ran for most of an hour", async () => {
	const ada = await givenPerson();
	const one = await givenWatched(ada, { total: 1, failed: 1 });
	await one.stretch(NOW, 5 * MINUTE, 1);
	await judgeAlerts(db, NOW + 50 * MINUTE);
	expect(await one.alerts("failed")).toMatchObject([{ count: 1, since: NOW, lastAt: NOW + 5 * MINUTE, resolvedAt: null }]);
});

test("the minute's sweep notes what happened and tells of it", async () => {
	const ada = await givenPerson();
	await ada.get("PATCH", "/api/alerts/settings", { webhookUrl: "https://ops.example/alerts" });
	const one = await givenWatched(ada, { total: 1, blockedLanes: 1 });
	const { came, post } = inbox(one.id);
	await sweep(env, NOW, post);
	expect(came.map(({ said }) => said.kind)).toEqual(["blocked"]);
});

test("a blocked lane is an alert until it goes on", async () => {
	const ada = await givenPerson();
	const one = await givenWatched(ada, { total: 9, blockedLanes: 1 });
	await judgeAlerts(db, NOW);
	await one.now({ blockedLanes: 3 });
	await judgeAlerts(db, NOW + MINUTE);
	expect(await one.alerts("blocked")).toMatchObject([{ count: 3, since: NOW, resolvedAt: null }]);
	await one.now({ blockedLanes: 0 });
	await judgeAlerts(db, NOW + 2 * MINUTE);
	expect(await one.alerts("blocked")).toMatchObject([{ resolvedAt: NOW + 2 * MINUTE }]);
});

test("silence is longer than twice the longest pause so far, once there is enough to learn from", async () => {
	const ada = await givenPerson();
	const last = NOW - 7 * HOUR;
	const [steady, nightly, young] = await Promise.all([1, 2, 3].map(() => givenWatched(ada, { total: 90, lastReceivedAt: last })));
	for (let hour = 0; hour < 60; hour++) {
		const start = last - (last % HOUR) - hour * HOUR;
		await steady?.stretch(start, HOUR, 0);
		if (hour % 12 < 6 && hour < 58) await nightly?.stretch(start, HOUR, 0);
		if (hour < 5) await young?.stretch(start, HOUR, 0);
	}
	await judgeAlerts(db, NOW);
	expect(await steady?.alerts("silence")).toMatchObject([{ count: 7 * 60, since: last, resolvedAt: null }]);
	expect(await nightly?.alerts("silence")).toEqual([]);
	expect(await young?.alerts("silence")).toEqual([]);
	await steady?.now({ lastReceivedAt: NOW + MINUTE });
	await judgeAlerts(db, NOW + 2 * MINUTE);
	expect(await steady?.alerts("silence")).toMatchObject([{ resolvedAt: NOW + 2 * MINUTE }]);
});

test("silence counts from the minutes that a person set, and never where nothing is expected", async () => {
	const ada = await givenPerson();
	await ada.get("PATCH", "/api/alerts/settings", { silenceMinutes: 30 });
	const heard = await givenWatched(ada, { total: 1, lastReceivedAt: NOW - 29 * MINUTE });
	const silent = await givenWatched(ada, { total: 1, lastReceivedAt: NOW - 31 * MINUTE });
	const paused = await givenWatched(ada, { total: 1, lastReceivedAt: NOW - DAY });
	await db.update(integrations).set({ status: "paused" }).where(eq(integrations.id, paused.id));
	await judgeAlerts(db, NOW);
	expect(await silent.alerts("silence")).toHaveLength(1);
	expect(await heard.alerts("silence")).toEqual([]);
	expect(await paused.alerts("silence")).toEqual([]);
});

test("minutes set for one integration go before those of its workspace, and close an alert that they make too early", async () => {
	const ada = await givenPerson();
	await ada.get("PATCH", "/api/alerts/settings", { silenceMinutes: 30 });
	const last = NOW - 40 * MINUTE;
	const [usual, patient, strict] = [
		await givenWatched(ada, { total: 1, lastReceivedAt: last }),
		await givenWatched(ada, { total: 1, lastReceivedAt: last }),
		await givenWatched(ada, { total: 1, lastReceivedAt: NOW - 11 * MINUTE }),
	];
	const allow = ({ id }: { id: string }, version: number, silenceMinutes: number) =>
		ada.get("PATCH", `/api/integrations/${id}`, { version, silenceMinutes });
	await allow(patient, 1, 60);
	await allow(strict, 1, 10);
	await judgeAlerts(db, NOW);
	expect(await usual.alerts("silence")).toMatchObject([{ count: 40, resolvedAt: null }]);
	expect(await patient.alerts("silence")).toEqual([]);
	expect(await strict.alerts("silence")).toMatchObject([{ count: 11, resolvedAt: null }]);
	await allow(usual, 1, 120);
	await judgeAlerts(db, NOW + MINUTE);
	expect(await usual.alerts("silence")).toMatchObject([{ resolvedAt: NOW + MINUTE }]);
	expect(await strict.alerts("silence")).toMatchObject([{ resolvedAt: null }]);
	await judgeAlerts(db, NOW + 30 * MINUTE);
	expect(await patient.alerts("silence")).toMatchObject([{ count: 70, resolvedAt: null }]);
});

test("nothing is noted of a kind that was switched off, and what was open is closed", async () => {
	const ada = await givenPerson();
	const one = await givenWatched(ada, { total: 1, failed: 1, blockedLanes: 1 });
	await one.stretch(NOW, 5 * MINUTE, 1);
	await judgeAlerts(db, NOW);
	await ada.get("PATCH", "/api/alerts/settings", { blocked: false });
	await judgeAlerts(db, NOW + MINUTE);
	expect((await one.alerts("blocked")).map(({ resolvedAt }) => resolvedAt !== null)).toEqual([true]);
	expect(await one.alerts("failed")).toMatchObject([{ resolvedAt: null }]);
});

test("a notice says what, where and since when, signed so that its receiver can check it", async () => {
	const ada = await givenPerson();
	const { secret } = await ada.get<{ secret: string }>("PATCH", "/api/alerts/settings", { webhookUrl: "https://ops.example/alerts" });
	const one = await givenWatched(ada, { total: 4, blockedLanes: 4 });
	await judgeAlerts(db, NOW);
	const { came, post } = inbox(one.id);
	await sendNotices(env, db, post, NOW);
	const [first] = came;
	expect(first?.said).toEqual({
		kind: "blocked",
		integration: { id: one.id, name: "Stock sync" },
		count: 4,
		since: new Date(NOW).toISOString(),
		url: `http://localhost/automations/${one.id}/logs`,
	});
	const { url, body, headers } = first?.notice ?? { url: "", body: "", headers: [] };
	expect(url).toBe("https://ops.example/alerts");
	const given = Object.fromEntries(headers);
	const signed = `${given["webhook-id"]}.${given["webhook-timestamp"]}.${body}`;
	const expected = createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"))
		.update(signed)
		.digest("base64");
	expect(given["webhook-signature"]).toBe(`v1,${expected}`);
});

test("a person is told once, again after an hour where it grew, else after a day, and not once it was seen", async () => {
	const ada = await givenPerson();
	await ada.get("PATCH", "/api/alerts/settings", { webhookUrl: "https://ops.example/alerts" });
	const one = await givenWatched(ada, { total: 4, blockedLanes: 1 });
	await judgeAlerts(db, NOW);
	const { came, post } = inbox(one.id);
	const tellAt = async (at: number) => {
		await sendNotices(env, db, post, at);
		return came.length;
	};
	expect(await tellAt(NOW)).toBe(1);
	await one.now({ blockedLanes: 2 });
	await judgeAlerts(db, NOW + MINUTE);
	expect(await tellAt(NOW + 30 * MINUTE)).toBe(1);
	expect(await tellAt(NOW + HOUR)).toBe(2);
	expect(await tellAt(NOW + 3 * HOUR)).toBe(2);
	expect(await tellAt(NOW + 25 * HOUR)).toBe(3);
	await ada.get("POST", "/api/alerts/seen", {});
	expect(await tellAt(NOW + 60 * HOUR)).toBe(3);
});

test("a notice that did not arrive comes again, later each time, under the same id", async () => {
	const ada = await givenPerson();
	await ada.get("PATCH", "/api/alerts/settings", { webhookUrl: "https://ops.example/alerts" });
	const one = await givenWatched(ada, { total: 4, blockedLanes: 1 });
	await judgeAlerts(db, NOW);
	let up = false;
	const { came, post } = inbox(one.id, () => (up ? { ok: true } : { ok: false, reason: "ops.example answered 500." }));
	for (const minute of [0, 0.5, 1, 2, 3]) await sendNotices(env, db, post, NOW + minute * MINUTE);
	expect(came).toHaveLength(3);
	expect(await one.alerts("blocked")).toMatchObject([{ notices: 0, noticeError: "ops.example answered 500." }]);
	up = true;
	await sendNotices(env, db, post, NOW + 7 * MINUTE);
	expect(await one.alerts("blocked")).toMatchObject([{ notices: 1, noticeError: null }]);
	expect(new Set(came.map(({ notice }) => Object.fromEntries(notice.headers)["webhook-id"])).size).toBe(1);
});
