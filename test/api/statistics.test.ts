import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Statistics } from "../../worker/api/types";
import { openDatabase } from "../../worker/db/client";
import { integrationSeries } from "../../worker/db/schema";
import { givenIntegration, givenMember, givenPerson } from "../given/api";

const db = openDatabase(env.DB);
const FIVE_MINUTES = 300_000;

test("answers whole stretches of the workspace, or of one integration", async () => {
	const ada = await givenPerson();
	const viewer = await givenMember(ada, "viewer");
	const [one, other] = await Promise.all([givenIntegration(ada), givenIntegration(ada)]);
	const start = Date.parse("2026-11-20T10:05:00Z");
	const row = { step: FIVE_MINUTES, start, received: 4, succeeded: 3, failed: 1, filtered: 0, lagMs: 50 };
	await db.insert(integrationSeries).values([one, other].map(({ id }) => ({ integrationId: id, ...row })));
	const path = "/api/statistics?from=2026-11-20T10:02:00Z&to=2026-11-20T10:12:00Z&step=300";
	const answer = await ada.get<Statistics>("GET", path);
	expect(answer).toMatchObject({ from: "2026-11-20T10:00:00.000Z", to: "2026-11-20T10:15:00.000Z", stepSeconds: 300 });
	expect(answer.items.map(({ received, failed, lagMs }) => [received, failed, lagMs])).toEqual([
		[0, 0, null],
		[8, 2, 50],
		[0, 0, null],
	]);
	const narrowed = await viewer.send("GET", `${path}&integrationId=${one.id}`, { headers: { "Inlet-Workspace": ada.workspace.id } });
	expect((await narrowed.json<Statistics>()).items[1]).toMatchObject({ received: 4, succeeded: 3, failed: 1, filtered: 0 });
	const eve = await givenPerson();
	expect((await eve.send("GET", `${path}&integrationId=${one.id}`)).status).toBe(404);
	expect((await eve.get<Statistics>("GET", path)).items.every(({ received }) => received === 0)).toBe(true);
});

test("shows the last day by the hour unless asked otherwise, and refuses what would be too much", async () => {
	const ada = await givenPerson();
	const { items, stepSeconds } = await ada.get<Statistics>("GET", "/api/statistics");
	expect(stepSeconds).toBe(3600);
	expect(items.length).toBeGreaterThanOrEqual(24);
	for (const query of ["step=7", "step=100000", "from=2026-01-01T00:00:00Z&step=300", "from=2030-01-01T00:00:00Z", "from=yesterday"])
		expect([query, (await ada.send("GET", `/api/statistics?${query}`)).status]).toEqual([query, 422]);
});
