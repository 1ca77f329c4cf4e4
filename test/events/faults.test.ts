import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../worker/db/client";
import { integrationStatistics, integrations } from "../../worker/db/schema";
import { readMeta, writeMeta } from "../../worker/events/meta-rows";
import { arm, type FaultKind, type FaultPoint, strikesLeft, TURN_POINTS, WAIT_POINTS } from "../../worker/faults";
import { scheduleSchema } from "../../worker/integrations/settings";
import { sweep } from "../../worker/integrations/sweep";
import { givenPerson, type Someone } from "../given/api";
import { eventually } from "../given/eventually";
import { type OrderingName, patiently, Trial } from "../given/trial";
import { Witness } from "../given/witness";

/** Every named point, made to fail in every way that it can. */

vi.setConfig({ testTimeout: 60_000, maxConcurrency: 12 });

let witness: Witness;
let ada: Someone;
beforeAll(async () => {
	witness = new Witness();
	ada = await givenPerson();
});
afterAll(() => witness.close());

const db = openDatabase(env.DB);

/** What happens while a point fails; it ends by seeing that nothing is lost. */
type Story = (point: FaultPoint, kind: FaultKind, ordering: OrderingName) => Promise<void>;

/** Lets the sweeps of other tests pass it over. */
async function retire({ id, shop }: Trial): Promise<void> {
	const webhook = { ...shop.settings.webhook, enabled: false };
	await db.update(integrations).set({ webhook }).where(eq(integrations.id, id));
}

/** Waits for what a sweep brings about at the latest. */
async function sweptUntil(check: () => Promise<void>): Promise<void> {
	let sweptAt = 0;
	await eventually(async () => {
		if (Date.now() - sweptAt > 1_500) {
			await patiently(sweep(env, Date.now()));
			sweptAt = Date.now();
		}
		await check();
	});
}

/** Events come and run. */
const delivered: Story = async (point, kind, ordering) => {
	const trial = await Trial.begin(ordering, witness);
	arm(point, trial.id, kind);
	await trial.send(4);
	await trial.endsWell();
	expect(strikesLeft(point, trial.id)).toBe(0);
};

/** A Sequencer stops in the middle and has trouble to start, three times. */
const restarted: Story = async (point, kind, ordering) => {
	const trial = await Trial.begin(ordering, witness);
	await trial.send(2);
	arm(point, trial.id, kind, 3);
	await trial.shop.kill();
	await trial.send(2);
	await trial.endsWell();
	expect(strikesLeft(point, trial.id)).toBe(0);
};

/** The schedule makes an event. */
const ticked: Story = async (point, kind, ordering) => {
	const schedule = scheduleSchema.parse({ enabled: true, every: 1, unit: "hours" });
	const trial = await Trial.begin(ordering, witness, { schedule });
	await runInDurableObject(trial.shop.stub, (_, { storage: { sql } }) => {
		const planned = readMeta(sql, "schedule");
		if (planned) writeMeta(sql, "schedule", { ...planned, nextRunAt: Date.now() + 100 });
	});
	arm(point, trial.id, kind);
	await evictDurableObject(trial.shop.stub);
	await eventually(async () => expect(await trial.shop.ledger()).toMatchObject({ events: { schedule: 1, pending: 0 } }));
	await trial.endsWell();
	expect(await trial.shop.ledger()).toMatchObject({ lastSequence: 1, events: { schedule: 1 } });
	expect((await trial.shop.remote.schedule(trial.shop.settings.workspaceId))?.nextRunAt).toBeGreaterThan(Date.now());
	expect(strikesLeft(point, trial.id)).toBe(0);
};

/** A person saves; the first push fails, and so does the first sweep. */
const saved: Story = async (point, kind, ordering) => {
	const trial = await Trial.beginAs(ada, ordering, witness);
	await trial.send(2);
	arm(point, trial.id, kind, 2);
	await patiently(ada.send("PATCH", `/api/integrations/${trial.id}`, { body: { version: 2, vars: { saved: "twice" } } }));
	await sweptUntil(async () => {
		expect(await ada.get("GET", `/api/integrations/${trial.id}`)).toMatchObject({ version: 3, applied: true });
	});
	await trial.send(2);
	await trial.endsWell();
	expect((await trial.shop.execution(4)).version).toBe(3);
	// What has arrived already is not written again, so some points are passed once.
	expect(strikesLeft(point, trial.id)).toBeLessThan(2);
	await retire(trial);
};

/** Figures travel to D1. */
const reported: Story = async (point, kind, ordering) => {
	const trial = await Trial.beginAs(ada, ordering, witness);
	arm(point, trial.id, kind);
	await trial.send(4);
	await trial.endsWell();
	await sweptUntil(async () => {
		const [figures] = await db.select().from(integrationStatistics).where(eq(integrationStatistics.integrationId, trial.id));
		expect(figures).toMatchObject({ total: 4, succeeded: 4, pending: 0 });
		expect(strikesLeft(point, trial.id)).toBe(0);
	});
	await retire(trial);
};

/** All wake-ups were lost and the alarm with them: the sweep is what is left. */
const swept: Story = async (point, kind, ordering) => {
	const trial = await Trial.beginAs(ada, ordering, witness);
	arm("dispatch.before_send", trial.id, "throw", Number.POSITIVE_INFINITY);
	await trial.send(2);
	expect(trial.calls).toEqual([]);
	await runInDurableObject(trial.shop.stub, (_, { storage }) => storage.deleteAlarm());
	arm("dispatch.before_send", trial.id, "throw", 0);
	const overdue = { number: 9_000_000_000_000, total: 2, pending: 2, dueAt: Date.now() - 60_000, updatedAt: Date.now() };
	const none = { succeeded: 0, failed: 0, filtered: 0, cancelled: 0, rejected: 0, keptBytes: 0 };
	const row = { integrationId: trial.id, ...none, ...overdue };
	await db.insert(integrationStatistics).values(row).onConflictDoUpdate({ target: integrationStatistics.integrationId, set: row });
	const where = point === "sweep.before_part" ? "wake" : trial.id;
	arm(point, where, kind);
	for (let i = 0; i < 3; i++) await patiently(sweep(env, Date.now()));
	await trial.endsWell();
	expect(strikesLeft(point, where)).toBe(0);
	await retire(trial);
};

/** A point without a story is a mistake of types. */
const STORIES: Record<FaultPoint, Story> = {
	"start.before_load": restarted,
	"start.after_load": restarted,
	"accept.before_insert": delivered,
	"accept.after_insert": delivered,
	"claim.before_write": delivered,
	"claim.after_write": delivered,
	"linger.before_write": delivered,
	"linger.after_write": delivered,
	"journal.before_write": delivered,
	"journal.after_write": delivered,
	"settle.before_write": delivered,
	"settle.after_write": delivered,
	call_executors: delivered,
	"alarm.begin": delivered,
	"alarm.middle": delivered,
	"alarm.upkeep": delivered,
	"alarm.end": delivered,
	"tick.before_store": ticked,
	"tick.after_store": ticked,
	"apply.before_write": saved,
	"apply.after_write": saved,
	"accept.before_send": delivered,
	"accept.before_reply": delivered,
	"consumer.before_start": delivered,
	"consumer.after_start": delivered,
	"statistics.before_write": reported,
	"statistics.after_write": reported,
	"save.before_apply": saved,
	"save.after_apply": saved,
	"sweep.before_part": swept,
	"sweep.before_poke": swept,
	"sweep.after_poke": swept,
	"accept.before_answer": delivered,
	"dispatch.before_send": delivered,
	"dispatch.after_send": delivered,
	"claim.before_answer": delivered,
	"renew.before_answer": delivered,
	"settle.before_answer": delivered,
	"apply.before_answer": saved,
	"statistics.before_send": reported,
	"statistics.after_send": reported,
	"executor.before_claim": delivered,
	"executor.after_claim": delivered,
	"executor.before_renew": delivered,
	"executor.after_renew": delivered,
	"call.before": delivered,
	"call.after": delivered,
	"executor.before_settle": delivered,
	"executor.after_settle": delivered,
};

/** In one strict lane nothing comes to an Executor that waits beside a slow call. */
const BESIDE_OTHERS: readonly FaultPoint[] = ["linger.before_write", "linger.after_write"];

function orderingsOf(point: FaultPoint): OrderingName[] {
	// Figures and sweeps know nothing of an order.
	if (STORIES[point] === reported || STORIES[point] === swept) return ["keyed"];
	return BESIDE_OTHERS.includes(point) ? ["unordered", "keyed"] : ["unordered", "keyed", "strict"];
}

const runs = (kinds: readonly FaultKind[], points: readonly FaultPoint[], alone: boolean): [FaultPoint, FaultKind][] =>
	points
		.filter((point) => (STORIES[point] === swept) === alone)
		.flatMap((point) => kinds.map((kind): [FaultPoint, FaultKind] => [point, kind]));

/** Nothing waits in a turn, so nothing hangs there. */
const runsOf = (alone: boolean) => [
	...runs(["throw", "abort"], TURN_POINTS, alone),
	...runs(["throw", "abort", "hang"], WAIT_POINTS, alone),
];

const survives = async (point: FaultPoint, kind: FaultKind): Promise<void> => {
	await Promise.all(orderingsOf(point).map((ordering) => STORIES[point](point, kind, ordering)));
};

describe.concurrent("nothing is lost or out of turn where the way breaks", () => {
	it.each(runsOf(false))("at %s by %s", survives);
});

describe("the sweep brings back what is left where it breaks itself", () => {
	it.each(runsOf(true))("at %s by %s", survives);
});
