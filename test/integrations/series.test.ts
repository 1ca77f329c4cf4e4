import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { openDatabase } from "../../worker/db/client";
import { integrationSeries } from "../../worker/db/schema";
import type { StatisticsMessage } from "../../worker/events/protocol/statistics";
import { pruneSeries, readSeries } from "../../worker/integrations/series";
import { applyStatistics } from "../../worker/integrations/statistics";
import { givenIntegration, givenPerson, type Someone } from "../given/api";

const db = openDatabase(env.DB);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Later than anything that the Sequencer, whose numbers are times, sends meanwhile. */
const LATER = 9_000_000_000_000;

async function givenReporter(ada: Someone) {
	const { id } = await givenIntegration(ada);
	const report = (number: number, succeeded: number, failed = 0, lagMs?: number): StatisticsMessage => ({
		integrationId: id,
		workspaceId: ada.workspace.id,
		number: LATER + number,
		total: succeeded + failed,
		succeeded,
		failed,
		filtered: 0,
		cancelled: 0,
		pending: 0,
		rejected: 0,
		keptBytes: 0,
		lastReceivedAt: null,
		lastExecutionAt: null,
		lastExecutionStatus: null,
		nextRunAt: null,
		dueAt: null,
		...(lagMs !== undefined && { lagMs }),
	});
	const sums = async (step: number) => {
		const rows = await db.select().from(integrationSeries).where(eq(integrationSeries.integrationId, id));
		const add = { received: 0, succeeded: 0, failed: 0, lagMs: 0 };
		for (const row of rows.filter((one) => one.step === step)) {
			add.received += row.received;
			add.succeeded += row.succeeded;
			add.failed += row.failed;
			add.lagMs = Math.max(add.lagMs, row.lagMs ?? 0);
		}
		return add;
	};
	return { id, report, sums };
}

test("adds what is new since the last message, in stretches of five minutes and of an hour", async () => {
	const ada = await givenPerson();
	const { report, sums } = await givenReporter(ada);
	await applyStatistics(db, [report(1, 10, 2, 40)]);
	await applyStatistics(db, [report(2, 15, 2, 90), report(3, 25, 3, 20)]);
	for (const step of [300_000, HOUR]) expect(await sums(step)).toEqual({ received: 28, succeeded: 25, failed: 3, lagMs: 90 });
});

test("a message that comes late or twice adds nothing", async () => {
	const ada = await givenPerson();
	const { report, sums } = await givenReporter(ada);
	await applyStatistics(db, [report(5, 50)]);
	await applyStatistics(db, [report(5, 50)]);
	await applyStatistics(db, [report(3, 30, 9, 5_000)]);
	expect(await sums(HOUR)).toEqual({ received: 50, succeeded: 50, failed: 0, lagMs: 0 });
});

test("a replay that mends a failure is one more success and takes nothing away", async () => {
	const ada = await givenPerson();
	const { report, sums } = await givenReporter(ada);
	await applyStatistics(db, [report(1, 10, 2)]);
	await applyStatistics(db, [report(2, 12, 0)]);
	expect(await sums(HOUR)).toMatchObject({ received: 12, succeeded: 12, failed: 2 });
});

test("nothing is added for another workspace's integration", async () => {
	const ada = await givenPerson();
	const { report, sums } = await givenReporter(ada);
	await applyStatistics(db, [{ ...report(1, 10), workspaceId: "wsp_other" }]);
	expect(await sums(HOUR)).toMatchObject({ received: 0 });
});

test("reads one line of stretches, the quiet ones with zeros", async () => {
	const ada = await givenPerson();
	const { id } = await givenReporter(ada);
	const row = { integrationId: id, step: HOUR, received: 3, succeeded: 2, failed: 1, filtered: 0, lagMs: 7 };
	await db.insert(integrationSeries).values([
		{ ...row, start: 0 },
		{ ...row, start: 3 * HOUR, lagMs: null },
	]);
	const query = { workspaceId: ada.workspace.id, from: 0, to: 4 * HOUR, stepMs: 2 * HOUR };
	expect(await readSeries(db, query)).toEqual([
		{ start: 0, received: 3, succeeded: 2, failed: 1, filtered: 0, lagMs: 7 },
		{ start: 2 * HOUR, received: 3, succeeded: 2, failed: 1, filtered: 0, lagMs: null },
	]);
	expect((await readSeries(db, { ...query, stepMs: HOUR })).map(({ received }) => received)).toEqual([3, 0, 0, 3]);
	expect((await readSeries(db, { ...query, workspaceId: "wsp_other" })).every(({ received }) => received === 0)).toBe(true);
});

test("keeps five minutes for two days and hours for ninety", async () => {
	const ada = await givenPerson();
	const { id } = await givenReporter(ada);
	const now = 1_000 * DAY;
	const row = { integrationId: id, received: 1, succeeded: 0, failed: 0, filtered: 0 };
	const starts = (step: number, ...days: number[]) => days.map((day) => ({ ...row, step, start: now - day * DAY }));
	await db.insert(integrationSeries).values([...starts(300_000, 1, 3), ...starts(HOUR, 3, 89, 91)]);
	await pruneSeries(db, now);
	const kept = await db.select().from(integrationSeries).where(eq(integrationSeries.integrationId, id));
	expect(kept.map(({ step, start }) => [step, (now - start) / DAY]).sort()).toEqual([
		[300_000, 1],
		[HOUR, 3],
		[HOUR, 89],
	]);
});
