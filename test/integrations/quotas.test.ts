import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Integration } from "../../worker/api/types";
import { openDatabase } from "../../worker/db/client";
import { integrationStatistics } from "../../worker/db/schema";
import { sweep } from "../../worker/integrations/sweep";
import { givenIntegration, givenPerson, type Someone } from "../given/api";

const db = openDatabase(env.DB);
const FIVE_MINUTES = 300_000;
/** A minute in which quotas are added up. */
const judging = (): number => Math.floor(Date.now() / FIVE_MINUTES) * FIVE_MINUTES;

async function given(ada: Someone, pending: number): Promise<Integration> {
	const made = await givenIntegration(ada);
	const figures = { total: 0, succeeded: 0, failed: 0, filtered: 0, cancelled: 0, rejected: 0, keptBytes: 0 };
	const row = { ...figures, number: 9_000_000_000_000, pending, updatedAt: Date.now() };
	await db
		.insert(integrationStatistics)
		.values({ integrationId: made.id, ...row })
		.onConflictDoUpdate({ target: integrationStatistics.integrationId, set: row });
	return made;
}

const run = async (ada: Someone, { id }: Integration): Promise<number> => (await ada.send("POST", `/api/integrations/${id}/run`)).status;

test("integrations that use up their workspace's quota together take no more, until there is room again", async () => {
	const ada = await givenPerson();
	const other = await givenPerson();
	const [one, two] = [await given(ada, 30), await given(ada, 30)];
	const elsewhere = await given(other, 30);
	const bindings = { ...env, QUOTA_PENDING_EVENTS: "50" };
	await sweep(bindings, judging());
	expect([await run(ada, one), await run(ada, two), await run(other, elsewhere)]).toEqual([503, 503, 202]);
	expect(await ada.get("GET", `/api/integrations/${one.id}`)).toMatchObject({ applied: true, version: 1 });
	await db
		.update(integrationStatistics)
		.set({ pending: 0, number: 9_100_000_000_000 })
		.where(eq(integrationStatistics.integrationId, two.id));
	await sweep(bindings, judging());
	expect([await run(ada, one), await run(ada, two)]).toEqual([202, 202]);
});
