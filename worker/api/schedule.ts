import { Hono } from "hono";
import * as z from "zod";
import { describeSchedule, nextRuns } from "../events/schedule";
import { scheduleSchema } from "../integrations/settings";
import * as answers from "./answers";
import { jsonBody } from "./body";
import { requireSchedule } from "./check";
import { type ApiEnv, iso } from "./context";
import { describes } from "./describe";

const RUNS = 5;

/** What a schedule means, before it is saved. */
export const scheduleRoutes = new Hono<ApiEnv>().post(
	"/schedule/preview",
	describes("Schedule", "A schedule in words, with its next runs", 200, answers.schedulePreview),
	jsonBody(z.strictObject({ schedule: scheduleSchema, from: z.iso.datetime({ offset: true }).optional() })),
	(c) => {
		const { schedule, from } = c.req.valid("json");
		requireSchedule(schedule);
		const start = from === undefined ? Date.now() : Date.parse(from);
		const next = nextRuns({ ...schedule, enabled: true }, start, start, RUNS).map(iso);
		return c.json({ sentence: describeSchedule(schedule), next, timeZone: schedule.timeZone }, 200);
	},
);
