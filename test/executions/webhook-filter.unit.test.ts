import { describe, expect, it, test } from "vitest";
import type { EventSource } from "../../worker/events/protocol/statuses";
import { type RunDoor, runExecution } from "../../worker/executions/run";
import { findFilterMistake } from "../../worker/executions/webhook-filter";
import { workflowSchema } from "../../worker/integrations/workflow";

const door: RunDoor = {
	checkpoint: async () => "ok",
	send: async () => {
		throw new Error("nothing leaves here");
	},
	authorize: async () => {
		throw new Error("nothing leaves here");
	},
	signal: new AbortController().signal,
	now: () => 0,
	random: () => 0,
};

async function run(filter: string | null, given: { body?: string; source?: EventSource; done?: boolean } = {}) {
	const { body = '{"quantity":3,"tags":["a","b"]}', source = "webhook", done = false } = given;
	const version = {
		version: 1,
		workflow: workflowSchema.parse({ steps: [{ id: "m", type: "map", output: 1 }] }),
		vars: { least: 2 },
		filter,
	};
	const result = await runExecution(
		{
			event: {
				...{ id: "evt_1", sequence: 1, source, receivedAt: 0, method: "POST", path: "/orders", query: "?a=1", lane: null, hops: 0 },
				...{ sender: null, name: null, occurredAt: null },
				headers: [["content-type", "application/json"]],
				body: new TextEncoder().encode(body).buffer as ArrayBuffer,
			},
			...{ executionId: "exe_1", number: 1, version: 1, edition: 1, startedAt: null },
			steps: done ? [{ path: "m", id: "m", type: "map", status: "succeeded", attempts: [], output: 1 }] : [],
		},
		version,
		door,
	);
	if (result.lost) throw new Error("lost");
	return result;
}

describe("a webhook's filter", () => {
	it.each([
		"event.body.quantity > 0",
		"event.body.quantity >= vars.least",
		"{{ event.path = '/orders' and event.query.a = '1' }}",
		"$count(event.body.tags) = 2",
		"event.body.tags",
	])("lets an event through for which %s is true", async (filter) => {
		const { outcome, steps } = await run(filter);
		expect([outcome, steps.length]).toEqual([{ status: "succeeded" }, 1]);
	});

	it.each(["event.body.quantity > 5", "event.body.missing", "$contains(event.path, 'x')", "false", "''", "[]"])(
		"ends an event as filtered for which %s is not, before any step",
		async (filter) => {
			const { outcome, steps } = await run(filter);
			const reason = { code: "webhook_filter", message: "The webhook's filter was not true for it.", field: "webhook.filter" };
			expect([outcome, steps]).toEqual([{ status: "filtered", reason }, []]);
		},
	);

	it.each([
		["$number('x')", "expression_failed"],
		["($f := function($n) { $f($n + 1) }; $f(0))", null],
		["($f := function($n) { $n > 1e9 ? 0 : $f($n + 1) }; $f(0))", null],
		["$map([1..1000000], function($x) { $map([1..1000], function($y) { $x * $y }) })", null],
		["steps.m.(", "expression_invalid"],
	])("that fails, %s, fails the event and is named", async (filter, code) => {
		const { outcome, steps } = await run(filter);
		if (outcome.status !== "failed") throw new Error(outcome.status);
		expect(outcome.error).toMatchObject({ field: "webhook.filter", message: expect.stringMatching(/^The webhook's filter failed: /) });
		if (code !== null) expect(outcome.error.code).toBe(code);
		expect(steps).toEqual([]);
	});

	it("asks only what a sender brought", async () => {
		for (const source of ["manual", "schedule", "call", "poll"] as const)
			expect((await run("false", { source })).outcome).toEqual({ status: "succeeded" });
	});

	it("is not asked again where steps have run", async () => {
		expect((await run("false", { done: true })).outcome).toEqual({ status: "succeeded" });
	});

	it("that is none asks nothing", async () => {
		expect((await run(null)).outcome).toEqual({ status: "succeeded" });
	});
});

test("a filter's mistakes are found before it runs", () => {
	expect(findFilterMistake("event.body.quantity > 0")).toBeNull();
	expect(findFilterMistake("{{ event.body.a }}")).toBeNull();
	expect(findFilterMistake("event.body.a >")).toMatch(/character/);
	expect(findFilterMistake(" ")).toMatch(/empty/);
	expect(findFilterMistake("steps.map.x = 1")).toBe("The filter comes before the first step, so steps.map has no output yet.");
	expect(findFilterMistake("$eval('1')")).not.toBeNull();
});
