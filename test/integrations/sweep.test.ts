import { env } from "cloudflare:workers";
import { eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { openDatabase } from "../../worker/db/client";
import { integrationStatistics, integrations } from "../../worker/db/schema";
import { sweep } from "../../worker/integrations/sweep";
import { givenIntegration, givenPerson } from "../given/api";

const db = openDatabase(env.DB);

/** Sequencers that note who was called. */
function listening(broken: string[] = []): { bindings: Env; poked: string[]; applied: string[] } {
	const poked: string[] = [];
	const applied: string[] = [];
	const SEQUENCER = {
		idFromName: (name: string) => name,
		get: (name: string) => ({
			async poke() {
				poked.push(name);
				if (broken.includes(name)) throw new Error("broken");
			},
			async apply({ revision }: { revision: number }) {
				applied.push(name);
				if (broken.includes(name)) throw new Error("broken");
				return { status: "applied", revision };
			},
			async remove() {},
		}),
	} as unknown as Env["SEQUENCER"];
	return { bindings: { ...env, SEQUENCER }, poked, applied };
}

const figures = {
	number: 9_000_000_000_000,
	total: 1,
	succeeded: 0,
	failed: 0,
	filtered: 0,
	cancelled: 0,
	pending: 1,
	rejected: 0,
	keptBytes: 0,
};

test("wakes what is overdue, and what has been pending for long", async () => {
	const ada = await givenPerson();
	const [late, stale, fresh] = await Promise.all(["late", "stale", "fresh"].map((name) => givenIntegration(ada, { name })));
	const now = Date.now();
	await db.insert(integrationStatistics).values([
		{ integrationId: late?.id ?? "", ...figures, dueAt: now - 60_000, updatedAt: now },
		{ integrationId: stale?.id ?? "", ...figures, updatedAt: now - 600_000 },
		{ integrationId: fresh?.id ?? "", ...figures, dueAt: now + 60_000, updatedAt: now },
	]);
	const { bindings, poked } = listening();
	await sweep(bindings, now);
	expect(poked.sort()).toEqual([late?.id, stale?.id].sort());
});

test("visits every integration whose webhook or schedule is on, in turn, and no other", async () => {
	const ada = await givenPerson();
	const all = await Promise.all(Array.from({ length: 60 }, (_, i) => givenIntegration(ada, { name: `n${i}` })));
	const on = all.slice(0, 55).map(({ id }) => id);
	const [first] = all;
	const enabled = first && { ...(await db.select().from(integrations).where(eq(integrations.id, first.id)))[0]?.webhook, enabled: true };
	await db
		.update(integrations)
		.set({ webhook: enabled as never })
		.where(inArray(integrations.id, on));
	const { bindings, poked } = listening();
	await sweep(bindings, Date.now());
	await new Promise((resolve) => setTimeout(resolve, 5));
	await sweep(bindings, Date.now());
	const visited = poked.filter((id) => all.some((one) => one.id === id));
	expect(new Set(visited)).toEqual(new Set(on));
}, 30_000);

test("does not let what keeps failing keep others waiting", async () => {
	const ada = await givenPerson();
	const broken = await Promise.all(Array.from({ length: 50 }, (_, i) => givenIntegration(ada, { name: `broken ${i}` })));
	const sound = await givenIntegration(ada, { name: "sound" });
	const ids = [...broken.map(({ id }) => id), sound.id];
	await db.update(integrations).set({ revision: 9, visitedAt: 1 }).where(inArray(integrations.id, ids));
	await db.update(integrations).set({ visitedAt: 2 }).where(eq(integrations.id, sound.id));
	const { bindings } = listening(broken.map(({ id }) => id));
	await sweep(bindings, Date.now());
	await sweep(bindings, Date.now());
	expect(await ada.get("GET", `/api/integrations/${sound.id}`)).toMatchObject({ applied: true });
	expect(await ada.get("GET", `/api/integrations/${broken[0]?.id}`)).toMatchObject({ applied: false });
}, 30_000);
