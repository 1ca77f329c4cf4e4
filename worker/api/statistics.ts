import { and, eq, isNull } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { integrations } from "../db/schema";
import { COARSE, FINE, readSeries } from "../integrations/series";
import { invalidField, query } from "./body";
import { type ApiEnv, databaseOf, iso, notFound, workspaceOf } from "./context";
import { describes } from "./describe";

const SECOND_MS = 1000;
const DAY_MS = 24 * 3_600_000;
/** Stretches of one answer. */
const STRETCHES_MAX = 2_200;

const count = z.int();
export const statistics = z.object({
	from: z.iso.datetime(),
	to: z.iso.datetime(),
	stepSeconds: z.int(),
	items: z.array(
		z.object({
			/** Start of the stretch. */
			at: z.iso.datetime(),
			received: count,
			succeeded: count,
			failed: count,
			filtered: count,
			/** The longest time from received to ended that was reported; null where nothing ended. */
			lagMs: z.number().nullable(),
		}),
	),
});
export type Statistics = z.infer<typeof statistics>;

const asked = z.object({
	/** A day before `to` where it is absent. */
	from: z.iso.datetime({ offset: true }).optional(),
	/** Now where it is absent. */
	to: z.iso.datetime({ offset: true }).optional(),
	integrationId: z.string().max(60).optional(),
	/** Seconds of one stretch: a multiple of 300 for the last two days, of 3600 before. */
	step: z.coerce
		.number()
		.int()
		.min(FINE.stepMs / SECOND_MS)
		.max(DAY_MS / SECOND_MS)
		.multipleOf(FINE.stepMs / SECOND_MS, "a multiple of 300")
		.default(COARSE.stepMs / SECOND_MS),
});

/** Figures over time, from what was rolled up. */
export const statisticsRoutes = new Hono<ApiEnv>().get(
	"/statistics",
	describes("Statistics", "Read received, succeeded, failed, filtered and lag over time", 200, statistics),
	query(asked),
	async (c) => {
		const { integrationId, step, ...times } = c.req.valid("query");
		const db = databaseOf(c);
		const workspaceId = workspaceOf(c);
		const stepMs = step * SECOND_MS;
		const until = times.to === undefined ? Date.now() : Date.parse(times.to);
		const since = times.from === undefined ? until - DAY_MS : Date.parse(times.from);
		// Whole stretches, so that the first and the last are as long as the others.
		const from = Math.floor(since / stepMs) * stepMs;
		const to = Math.ceil(until / stepMs) * stepMs;
		if (from >= to) throw invalidField("from", "This must be before `to`.");
		if ((to - from) / stepMs > STRETCHES_MAX)
			throw invalidField("step", `At most ${STRETCHES_MAX} steps. Ask for a shorter time or longer steps.`);
		if (integrationId !== undefined) {
			const known = and(eq(integrations.id, integrationId), eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt));
			if ((await db.$count(integrations, known)) === 0) throw notFound("integration");
		}
		const stretches = await readSeries(db, { workspaceId, integrationId, from, to, stepMs });
		const items = stretches.map(({ start, ...figures }) => ({ at: iso(start), ...figures }));
		return c.json({ from: iso(from), to: iso(to), stepSeconds: step, items }, 200);
	},
);
