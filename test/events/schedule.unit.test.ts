import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSchedule, describeSchedule, nextRun, nextRuns } from "../../worker/events/schedule";
import { type ScheduleSettings, scheduleSchema } from "../../worker/integrations/settings";

const schedule = (fields: Partial<ScheduleSettings>): ScheduleSettings => scheduleSchema.parse({ enabled: true, ...fields });
const ms = (iso: string): number => Date.parse(iso);
const runs = (fields: Partial<ScheduleSettings>, after: string, count: number): string[] =>
	nextRuns(schedule(fields), ms(after), 0, count).map((at) => `${new Date(at).toISOString().slice(0, 16)}Z`);

describe("a periodic schedule", () => {
	it("starts at 05:55 and runs hourly from there", () => {
		const hourly = { activateOn: "2026-11-21T05:55", timeZone: "Europe/Warsaw" };
		expect(runs(hourly, "2026-11-20T00:00Z", 3)).toEqual(["2026-11-21T04:55Z", "2026-11-21T05:55Z", "2026-11-21T06:55Z"]);
	});

	it("keeps its steps however long ago it started", () => {
		expect(runs({ every: 7, unit: "minutes", activateOn: "2001-01-01T00:00" }, "2026-11-21T10:00Z", 2)).toEqual([
			"2026-11-21T10:05Z",
			"2026-11-21T10:12Z",
		]);
	});

	it.each([
		["Europe/Warsaw", "2026-03-28T12:00", "2026-03-28T11:00Z"],
		["Europe/Warsaw", "2026-10-24T12:00", "2026-10-24T10:00Z"],
		["America/New_York", "2026-03-07T12:00", "2026-03-07T17:00Z"],
		["Australia/Lord_Howe", "2026-04-04T12:00", "2026-04-04T01:00Z"],
		["Asia/Kathmandu", "2026-04-04T12:00", "2026-04-04T06:15Z"],
		["UTC", "2026-04-04T12:00", "2026-04-04T12:00Z"],
	])("counts elapsed hours across a change of clocks in %s", (timeZone, activateOn, start) => {
		const every24 = { every: 24, activateOn, timeZone };
		const day = (n: number) => `${new Date(ms(start) + n * 86_400_000).toISOString().slice(0, 16)}Z`;
		expect(runs(every24, "2026-01-01T00:00Z", 3)).toEqual([day(0), day(1), day(2)]);
	});

	it("counts from the save where no start is given, on the full minute", () => {
		const savedAt = ms("2026-11-21T10:07:31.123Z");
		expect(nextRun(schedule({ every: 15, unit: "minutes" }), savedAt, savedAt)).toBe(ms("2026-11-21T10:22:00Z"));
	});
});

describe("a daily schedule", () => {
	it.each([
		// ordinary days
		["UTC", "09:00", "2026-11-21T09:00Z", ["2026-11-22T09:00Z", "2026-11-23T09:00Z"]],
		["Asia/Kathmandu", "09:00", "2026-11-21T00:00Z", ["2026-11-21T03:15Z", "2026-11-22T03:15Z"]],
		// the clock on the wall decides, not the 24 hours
		["Europe/Warsaw", "09:00", "2026-03-27T12:00Z", ["2026-03-28T08:00Z", "2026-03-29T07:00Z", "2026-03-30T07:00Z"]],
		["Europe/Warsaw", "09:00", "2026-10-23T12:00Z", ["2026-10-24T07:00Z", "2026-10-25T08:00Z", "2026-10-26T08:00Z"]],
		// skipped: 02:30 becomes 03:30 (Lord Howe skips half an hour: 02:10 becomes 02:40)
		["Europe/Warsaw", "02:30", "2026-03-27T12:00Z", ["2026-03-28T01:30Z", "2026-03-29T01:30Z", "2026-03-30T00:30Z"]],
		["America/New_York", "02:30", "2026-03-06T12:00Z", ["2026-03-07T07:30Z", "2026-03-08T07:30Z", "2026-03-09T06:30Z"]],
		["Australia/Lord_Howe", "02:10", "2026-10-02T12:00Z", ["2026-10-02T15:40Z", "2026-10-03T15:40Z", "2026-10-04T15:10Z"]],
		// twice: only the first
		["Europe/Warsaw", "02:30", "2026-10-23T12:00Z", ["2026-10-24T00:30Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z"]],
		["America/New_York", "01:30", "2026-10-30T12:00Z", ["2026-10-31T05:30Z", "2026-11-01T05:30Z", "2026-11-02T06:30Z"]],
		["Australia/Lord_Howe", "01:40", "2026-04-03T12:00Z", ["2026-04-03T14:40Z", "2026-04-04T14:40Z", "2026-04-05T15:10Z"]],
		// a whole day that a country left out
		["Pacific/Apia", "12:00", "2011-12-29T12:00Z", ["2011-12-29T22:00Z", "2011-12-30T22:00Z", "2011-12-31T22:00Z"]],
	])("in %s at %s after %s", (timeZone, at, after, expected) => {
		expect(runs({ kind: "daily", at, timeZone }, after, expected.length)).toEqual(expected);
	});
});

describe("a cron schedule", () => {
	it.each([
		["UTC", "0 9 * * 1-5", "2026-11-20T09:00Z", ["2026-11-23T09:00Z", "2026-11-24T09:00Z"]],
		["Asia/Kathmandu", "*/20 * * * *", "2026-11-21T00:00Z", ["2026-11-21T00:15Z", "2026-11-21T00:35Z"]],
		// skipped times move, and fall together with those that are there anyway
		["Europe/Warsaw", "30 2 * * *", "2026-03-28T12:00Z", ["2026-03-29T01:30Z", "2026-03-30T00:30Z"]],
		["Europe/Warsaw", "*/30 2,3 * * *", "2026-03-28T12:00Z", ["2026-03-29T01:00Z", "2026-03-29T01:30Z", "2026-03-30T00:00Z"]],
		["Europe/Warsaw", "0 * * * *", "2026-03-28T23:00Z", ["2026-03-29T00:00Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z"]],
		["Australia/Lord_Howe", "0 2 * * *", "2026-10-03T00:00Z", ["2026-10-03T15:30Z", "2026-10-04T15:00Z"]],
		// times that come twice run once …
		["Europe/Warsaw", "30 2 * * *", "2026-10-24T12:00Z", ["2026-10-25T00:30Z", "2026-10-26T01:30Z"]],
		["Europe/Warsaw", "0 */2 * * *", "2026-10-24T21:00Z", ["2026-10-24T22:00Z", "2026-10-25T00:00Z", "2026-10-25T03:00Z"]],
		["America/New_York", "15,45 1 * * *", "2026-11-01T00:00Z", ["2026-11-01T05:15Z", "2026-11-01T05:45Z", "2026-11-02T06:15Z"]],
		// … except where every hour of the day is meant
		["Europe/Warsaw", "0 * * * *", "2026-10-24T23:30Z", ["2026-10-25T00:00Z", "2026-10-25T01:00Z", "2026-10-25T02:00Z"]],
		["America/New_York", "*/30 * * * *", "2026-11-01T05:00Z", ["2026-11-01T05:30Z", "2026-11-01T06:00Z", "2026-11-01T06:30Z"]],
	])("in %s: %s after %s", (timeZone, cron, after, expected) => {
		expect(runs({ kind: "cron", cron, timeZone }, after, expected.length)).toEqual(expected);
	});

	it.each([
		["0 0 31 2 *", "This never occurs."],
		["@daily", "five fields"],
		["0 0 9 * * *", "five fields"],
		["61 * * * *", "not a cron expression"],
		["", "five fields"],
		["0 0 ? * 1", "Write * instead of ?"],
		["a b c d e", "not a cron expression"],
	])("refuses %j", (cron, message) => {
		expect(checkSchedule(schedule({ kind: "cron", cron }))).toEqual({
			ok: false,
			field: "cron",
			message: expect.stringContaining(message),
		});
		expect(nextRun(schedule({ kind: "cron", cron }), 0, 0)).toBeNull();
	});

	it("takes the 29th of February and spaces between fields", () => {
		expect(checkSchedule(schedule({ kind: "cron", cron: "  0  0 29 2 * " }))).toEqual({ ok: true });
		expect(runs({ kind: "cron", cron: "  0  0 29 2 * " }, "2026-01-01T00:00Z", 1)).toEqual(["2028-02-29T00:00Z"]);
	});
});

describe("any schedule", () => {
	it("has no next run while it is disabled", () => {
		expect(nextRun(schedule({ enabled: false }), 0, 0)).toBeNull();
	});

	it.each([
		[{ timeZone: "Mars/Olympus" }, "timeZone"],
		[{ timeZone: "+02:00" }, "timeZone"],
		[{ activateOn: "2026-02-31T10:00" }, "activateOn"],
		[{ activateOn: "2026-02-28T24:10" }, "activateOn"],
	] as const)("refuses %j", (fields, field) => {
		expect(checkSchedule(schedule(fields))).toMatchObject({ ok: false, field });
	});

	it("checks only the fields that its kind uses", () => {
		expect(checkSchedule(schedule({ kind: "daily", cron: "nonsense", activateOn: "2026-02-31T10:00" }))).toEqual({ ok: true });
	});

	it("always runs later than asked, and never skips a run that a later question would find", () => {
		const zones = ["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
		const any = fc.record({
			kind: fc.constantFrom("periodic" as const, "daily" as const, "cron" as const),
			timeZone: fc.constantFrom(...zones),
			at: fc.constantFrom("00:00", "01:40", "02:10", "02:30", "03:00", "23:59"),
			cron: fc.constantFrom("*/10 * * * *", "30 2 * * *", "*/7 1-3 * * *", "0 */2 * * *", "15 * * * 0"),
			activateOn: fc.constantFrom("2026-03-29T02:30", "2026-10-25T02:30", "2026-04-05T01:45"),
		});
		const around = ["2026-03-08", "2026-03-29", "2026-04-04", "2026-10-03", "2026-10-25", "2026-11-01"].map((day) => ms(`${day}T00:00Z`));
		const moment = fc.tuple(fc.constantFrom(...around), fc.integer({ min: -86_400, max: 86_400 })).map(([day, s]) => day + s * 1000);
		fc.assert(
			fc.property(any, moment, fc.integer({ min: 1, max: 7_200_000 }), (fields, after, further) => {
				const first = nextRun(schedule(fields), after, 0) ?? 0;
				expect(first).toBeGreaterThan(after);
				const later = nextRun(schedule(fields), after + further, 0) ?? 0;
				if (after + further < first) expect(later).toBe(first);
				else expect(later).toBeGreaterThan(first);
			}),
			{ numRuns: 300 },
		);
	});
});

describe("the sentence in words", () => {
	it.each([
		[
			{ every: 2, activateOn: "2026-11-21T05:55", timeZone: "Europe/Warsaw" },
			"Every 2 hours from 21 November 2026, 05:55 (Europe/Warsaw).",
		],
		[{ unit: "minutes", activateOn: "2026-11-21T05:55" }, "Every minute from 21 November 2026, 05:55 (UTC)."],
		[{ every: 15, unit: "minutes" }, "Every 15 minutes from the moment it is saved (UTC)."],
		[{ kind: "daily", at: "09:00", timeZone: "America/New_York" }, "Every day at 09:00 (America/New_York)."],
		[{ kind: "cron", cron: "0 9 * * 1-5" }, "At 09:00, Monday through Friday (UTC)."],
	] as [Partial<ScheduleSettings>, string][])("%j", (fields, sentence) => {
		expect(describeSchedule(schedule(fields))).toBe(sentence);
	});
});
