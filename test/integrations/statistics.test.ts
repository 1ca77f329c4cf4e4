import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { openDatabase } from "../../worker/db/client";
import { integrationStatistics } from "../../worker/db/schema";
import type { StatisticsMessage } from "../../worker/events/protocol/statistics";
import { applyStatistics } from "../../worker/integrations/statistics";
import { givenIntegration, givenPerson } from "../given/api";

const db = openDatabase(env.DB);

const message = (integrationId: string, workspaceId: string, number: number, total: number): StatisticsMessage => ({
	integrationId,
	workspaceId,
	number,
	total,
	succeeded: total,
	failed: 0,
	filtered: 0,
	cancelled: 0,
	pending: 0,
	rejected: 1,
	keptBytes: 10,
	lastReceivedAt: 1_700_000_000_000,
	lastExecutionAt: null,
	lastExecutionStatus: "succeeded",
	nextRunAt: null,
	dueAt: null,
});

/** Later than anything that the Sequencer, whose numbers are times, sends meanwhile. */
const LATER = 9_000_000_000_000;

test("the newest figures win, whatever order they come in", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const at = (number: number, total: number) => message(id, ada.workspace.id, LATER + number, total);
	const total = async () => (await db.select().from(integrationStatistics).where(eq(integrationStatistics.integrationId, id)))[0]?.total;
	await applyStatistics(db, [at(3, 30), at(2, 20)]);
	expect(await total()).toBe(30);
	await applyStatistics(db, [at(1, 10)]);
	expect(await total()).toBe(30);
	await applyStatistics(db, [at(4, 40), at(4, 40)]);
	expect(await total()).toBe(40);
	expect(await ada.get("GET", "/api/integrations")).toMatchObject({
		items: [
			{
				statistics: {
					received: 40,
					succeeded: 40,
					rejected: 1,
					lastReceivedAt: "2023-11-14T22:13:20.000Z",
					lastExecutionStatus: "succeeded",
				},
			},
		],
	});
	expect(await ada.get("GET", "/api/usage")).toMatchObject({ keptBytes: { used: 10 } });
});

test("figures of what is gone, or of another workspace, change nothing and hold up nobody", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const gone = message("int_0000000000000000", ada.workspace.id, LATER, 5);
	const foreign = message(id, "wsp_other", LATER + 1, 6);
	await applyStatistics(db, [gone, message(id, ada.workspace.id, LATER, 7)]);
	await applyStatistics(db, [foreign]);
	const rows = await db.select().from(integrationStatistics).where(eq(integrationStatistics.integrationId, id));
	expect(rows.map(({ total }) => total)).toEqual([7]);
	expect(await db.$count(integrationStatistics, eq(integrationStatistics.integrationId, gone.integrationId))).toBe(0);
});

test("a hundred integrations fit into one batch", async () => {
	const ada = await givenPerson();
	const made = await Promise.all(Array.from({ length: 20 }, (_, i) => givenIntegration(ada, { name: `n${i}` })));
	const messages = made.flatMap(({ id }) => Array.from({ length: 5 }, (_, i) => message(id, ada.workspace.id, LATER + i, i)));
	await applyStatistics(db, messages);
	const rows = await db.select().from(integrationStatistics);
	expect(rows.filter(({ number, total }) => number === LATER + 4 && total === 4)).toHaveLength(20);
});
