import { env, exports } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Statistics } from "../../worker/api/types";
import { openDatabase } from "../../worker/db/client";
import { integrationStatistics } from "../../worker/db/schema";
import { givenIntegration, givenPerson } from "../given/api";
import { eventually } from "../given/eventually";
import { Outside } from "../given/outside";

test("what came in, how it ended, how long it took and which lanes are blocked reach the figures by themselves", async () => {
	const outside = new Outside(async (call) => {
		await scheduler.wait(20);
		return new Response(null, { status: call.body === "0" ? 400 : 200 });
	});
	try {
		const ada = await givenPerson();
		const push = {
			id: "push",
			type: "http",
			method: "POST",
			url: "https://shop.example/",
			body: "{{ event.body.n }}",
			retry: { attempts: 1 },
		};
		const { id, version } = await givenIntegration(ada, { workflow: { steps: [push] } });
		const ordering = { mode: "key", key: "event.body.n", onFailure: "block" };
		const changed = { version, webhook: { enabled: true }, ordering };
		const { webhook } = await ada.get<{ webhook: { url: string } }>("PATCH", `/api/integrations/${id}`, changed);
		for (const n of [0, 1, 2]) {
			const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ n }) };
			expect((await exports.default.fetch(webhook.url, init)).status).toBe(202);
		}
		await eventually(async () => {
			const { items } = await ada.get<Statistics>("GET", `/api/statistics?integrationId=${id}`);
			const sum = (field: "received" | "succeeded" | "failed") => items.reduce((total, item) => total + item[field], 0);
			expect([sum("received"), sum("succeeded"), sum("failed")]).toEqual([3, 2, 1]);
			const lag = Math.max(...items.map(({ lagMs }) => lagMs ?? 0));
			expect(lag).toBeGreaterThanOrEqual(15);
			expect(lag).toBeLessThan(15_000);
		});
		const [row] = await openDatabase(env.DB).select().from(integrationStatistics).where(eq(integrationStatistics.integrationId, id));
		expect(row?.blockedLanes).toBe(1);
	} finally {
		outside.close();
	}
});
