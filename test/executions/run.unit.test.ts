import { describe, expect, test } from "vitest";
import type { StepRecord } from "../../worker/events/protocol/journal";
import type { ClaimedExecution } from "../../worker/events/protocol/lease";
import type { OutboundRequest, OutboundResult } from "../../worker/executions/outbound";
import { type RunDoor, type RunResult, runExecution } from "../../worker/executions/run";
import type { Version } from "../../worker/integrations/settings";
import { type Workflow, workflowSchema } from "../../worker/integrations/workflow";

const version = (steps: unknown[]): Version => ({
	version: 1,
	workflow: workflowSchema.parse({ steps }) as Workflow,
	vars: { warehouse: "MAIN" },
});

const claimed = (changes: Partial<ClaimedExecution> & { body?: string; contentType?: string; hops?: number } = {}): ClaimedExecution => {
	const { body = '{"sku":"A-1","quantity":3}', contentType = "application/json", hops = 0, ...rest } = changes;
	return {
		event: {
			id: "evt_1",
			sequence: 1,
			source: "webhook",
			receivedAt: 0,
			method: "POST",
			path: "/",
			query: "",
			headers: [["content-type", contentType]],
			body: new TextEncoder().encode(body).buffer as ArrayBuffer,
			lane: null,
			hops,
			...{ sender: null, name: null, occurredAt: null },
		},
		executionId: "exe_1",
		number: 1,
		version: 1,
		edition: 1,
		steps: [],
		startedAt: null,
		...rest,
	};
};

const answered = (status: number, body = "", headers: [string, string][] = []): OutboundResult => ({
	ok: true,
	status,
	headers,
	body: new Uint8Array(new TextEncoder().encode(body)),
	redirects: [],
});

/** A door that answers from a list and writes down what it was asked, in order. */
function givenDoor(answers: OutboundResult[] = [], changes: Partial<RunDoor> = {}) {
	const log: string[] = [];
	const sent: OutboundRequest[] = [];
	const journals: StepRecord[][] = [];
	let now = 1000;
	const door: RunDoor = {
		checkpoint: async (steps) => {
			log.push(`checkpoint ${steps.map((step) => `${step.id}:${step.status}`).join(" ")}`);
			journals.push(structuredClone(steps));
			return "ok";
		},
		send: async (request) => {
			log.push(`send ${request.method} ${request.url}`);
			sent.push(request);
			now += 25;
			return answers.shift() ?? answered(200);
		},
		authorize: async (connectionId, url) => {
			log.push(`authorize ${connectionId} ${url}`);
			return { headers: [["Authorization", "Bearer lent"]] };
		},
		signal: new AbortController().signal,
		now: () => now,
		random: () => 1,
		...changes,
	};
	return { door, log, sent, journals };
}

const outcomeOf = (result: RunResult) => (result.lost ? "lost" : result.outcome);
const stepsOf = (result: RunResult) => (result.lost ? [] : result.steps);

const map = { id: "map", type: "map", output: { sku: "{{ event.body.sku }}", stock: "{{ event.body.quantity }}" } };
const positive = { id: "positive", type: "filter", condition: "steps.map.stock > 0" };
const push = { id: "push", type: "http", method: "PUT", url: "https://shop.example/products/{{ steps.map.sku }}", body: "{{ steps.map }}" };

describe("map and filter", () => {
	test("finish without a call to anybody", async () => {
		const { door, log } = givenDoor();
		const result = await runExecution(claimed(), version([map, positive]), door);
		expect(outcomeOf(result)).toEqual({ status: "succeeded" });
		expect(stepsOf(result).map(({ id, status, output }) => [id, status, output])).toEqual([
			["map", "succeeded", { sku: "A-1", stock: 3 }],
			["positive", "succeeded", true],
		]);
		expect(log).toEqual([]);
	});

	test("a condition that is not true ends the execution as filtered, and later steps do not run", async () => {
		const { door, log } = givenDoor();
		const result = await runExecution(claimed({ body: '{"quantity":0}' }), version([map, positive, push]), door);
		expect(outcomeOf(result)).toEqual({ status: "filtered", stepId: "positive" });
		expect(stepsOf(result).map(({ status }) => status)).toEqual(["succeeded", "filtered"]);
		expect(log).toEqual([]);
	});

	test("a mistake in an expression fails the execution for good, with step and field", async () => {
		const steps = [{ id: "sum", type: "map", output: { total: "{{ event.body.sku * 2 }}" } }];
		const result = await runExecution(claimed(), version(steps), givenDoor().door);
		expect(outcomeOf(result)).toMatchObject({
			status: "failed",
			error: { code: "expression_failed", stepId: "sum", field: "output.total" },
		});
		expect(stepsOf(result)[0]?.attempts).toMatchObject([{ number: 1, status: "failed", error: { code: "expression_failed" } }]);
	});

	test("expressions that need the interpreter, and vars", async () => {
		const steps = [
			{ id: "a", type: "map", output: "{{ $uppercase(event.body.sku) & vars.warehouse }}" },
			{ id: "b", type: "filter", condition: "$length(steps.a) = 7" },
		];
		expect(outcomeOf(await runExecution(claimed(), version(steps), givenDoor().door))).toEqual({ status: "succeeded" });
	});

	test("an expression that an older release let through fails its step when its turn comes", async () => {
		const steps = [map, { id: "odd", type: "map", output: "{{ $eval('1') }}" }];
		const result = await runExecution(claimed(), version(steps), givenDoor().door);
		expect(outcomeOf(result)).toMatchObject({ status: "failed", error: { code: "expression_refused", stepId: "odd" } });
	});

	test("a body of 10 MB may be handed on once", async () => {
		const steps = [{ id: "whole", type: "map", output: "{{ event.body }}" }];
		const result = await runExecution(
			claimed({ body: JSON.stringify("x".repeat(10 * 1024 * 1024 - 2)) }),
			version(steps),
			givenDoor().door,
		);
		expect(outcomeOf(result)).toMatchObject({ status: "succeeded" });
	});

	test("outputs are bounded together", async () => {
		const steps = Array.from({ length: 5 }, (_, at) => ({ id: `s${at}`, type: "map", output: "{{ event.body }}" }));
		const result = await runExecution(claimed({ body: JSON.stringify("x".repeat(3_000_000)) }), version(steps), givenDoor().door);
		expect(outcomeOf(result)).toMatchObject({ status: "failed", error: { code: "output_too_large", stepId: "s4" } });
	});
});

test("a body that is not what it is declared to be fails the execution before its first step", async () => {
	const { door, log } = givenDoor();
	const result = await runExecution(claimed({ body: '{"sku":' }), version([push]), door);
	expect(outcomeOf(result)).toMatchObject({
		status: "failed",
		error: { code: "body_invalid", message: expect.stringContaining("line 1, column 8") },
	});
	expect(log).toEqual([]);
});

describe("http", () => {
	test("journals before it calls, records the whole exchange, and answers status, headers and body", async () => {
		const { door, log, sent, journals } = givenDoor([
			answered(200, '{"id":7}', [
				["content-type", "application/json"],
				["set-cookie", "s=1"],
			]),
		]);
		const result = await runExecution(claimed(), version([map, push]), door);
		expect(outcomeOf(result)).toEqual({ status: "succeeded" });
		expect(log).toEqual(["checkpoint map:succeeded push:running", "send PUT https://shop.example/products/A-1"]);
		expect(journals[0]?.[1]?.attempts).toMatchObject([{ number: 1, status: "running", startedAt: 1000 }]);
		expect(sent[0]).toMatchObject({ body: '{"sku":"A-1","stock":3}', timeoutMs: 10_000, hops: 0, credentials: [] });
		expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
			"Content-Type": "application/json",
			"Idempotency-Key": expect.stringMatching(/^[0-9a-f]{40}$/),
		});
		const [, step] = stepsOf(result);
		expect(step?.output).toEqual({ status: 200, headers: { "content-type": "application/json", "set-cookie": "••••" }, body: { id: 7 } });
		expect(step?.attempts).toMatchObject([
			{
				number: 1,
				durationMs: 25,
				status: "succeeded",
				request: { method: "PUT", url: "https://shop.example/products/A-1", body: '{"sku":"A-1","stock":3}' },
				response: { status: 200, body: '{"id":7}' },
			},
		]);
	});

	test("a failure that may pass waits; the next try goes on in the same record with the same key", async () => {
		const given = givenDoor([answered(503, "later"), answered(200, "ok")]);
		const work = version([map, push]);
		const first = await runExecution(claimed(), work, given.door);
		expect(outcomeOf(first)).toEqual({ status: "waiting", delayMs: 1000, reason: "The system answered with status 503." });
		expect(stepsOf(first)[1]).toMatchObject({
			status: "waiting",
			attempts: [{ number: 1, status: "failed", response: { status: 503, body: "later" } }],
		});
		const second = await runExecution(claimed({ steps: structuredClone(stepsOf(first)) }), work, given.door);
		expect(outcomeOf(second)).toEqual({ status: "succeeded" });
		expect(stepsOf(second)[1]?.attempts.map(({ number, status }) => [number, status])).toEqual([
			[1, "failed"],
			[2, "succeeded"],
		]);
		const keys = given.sent.map(({ headers }) => Object.fromEntries(headers)["Idempotency-Key"]);
		expect(keys[0]).toBe(keys[1]);
	});

	test("a finished step is not done again: its recorded output is used", async () => {
		const { door, sent } = givenDoor();
		const steps: StepRecord[] = [{ path: "map", id: "map", type: "map", status: "succeeded", attempts: [], output: { sku: "RECORDED" } }];
		await runExecution(claimed({ steps }), version([map, push]), door);
		expect(sent[0]?.url).toBe("https://shop.example/products/RECORDED");
	});

	test("Retry-After is honoured", async () => {
		const { door } = givenDoor([answered(429, "", [["Retry-After", "120"]])]);
		expect(outcomeOf(await runExecution(claimed(), version([map, push]), door))).toMatchObject({ status: "waiting", delayMs: 120_000 });
	});

	test.each([
		["a refusal of the other side", answered(404), "http_status"],
		["a redirect that was not followed", answered(304), "http_status"],
		[
			"an address that is not public",
			{ ok: false, error: { code: "egress_refused", message: "no" }, retryable: false, redirects: [] } as OutboundResult,
			"egress_refused",
		],
	])("%s is final", async (_, answer, code) => {
		const { door } = givenDoor([answer]);
		expect(outcomeOf(await runExecution(claimed(), version([map, push]), door))).toMatchObject({
			status: "failed",
			error: { code, stepId: "push" },
		});
	});

	test("after the last try the execution fails with the reason", async () => {
		const step = { ...push, retry: { attempts: 2, initialMs: 10 } };
		const given = givenDoor([answered(500), answered(500)]);
		const first = await runExecution(claimed(), version([map, step]), given.door);
		const second = await runExecution(claimed({ steps: stepsOf(first) }), version([map, step]), given.door);
		expect(outcomeOf(second)).toMatchObject({
			status: "failed",
			error: { code: "http_status", message: "The system answered with status 500. This was try 2 of 2.", stepId: "push" },
		});
	});

	test("a try that a crash cut short stays in the record and does not count", async () => {
		const step = { ...push, retry: { attempts: 1 } };
		const given = givenDoor([answered(200)]);
		const interrupted: StepRecord[] = [
			{
				path: "push",
				id: "push",
				type: "http",
				status: "running",
				attempts: [{ number: 1, startedAt: 5, durationMs: 0, status: "running" }],
			},
		];
		const result = await runExecution(claimed({ steps: interrupted }), version([step]), given.door);
		expect(outcomeOf(result)).toEqual({ status: "succeeded" });
		expect(stepsOf(result)[0]?.attempts).toMatchObject([
			{ number: 1, status: "failed", error: { code: "interrupted" } },
			{ number: 2, status: "succeeded" },
		]);
	});

	test("a step that always takes the runtime down with it ends some day", async () => {
		const attempts = Array.from({ length: 21 }, (_, at) => ({ number: at + 1, startedAt: 5, durationMs: 0, status: "running" as const }));
		const steps: StepRecord[] = [{ path: "push", id: "push", type: "http", status: "running", attempts }];
		const { door, log } = givenDoor();
		expect(outcomeOf(await runExecution(claimed({ steps }), version([push]), door))).toMatchObject({
			status: "failed",
			error: { code: "interrupted" },
		});
		expect(log).toEqual([]);
	});

	test("a replay from the failed step begins its tries anew, with the same key; another edition has another", async () => {
		const failed: StepRecord[] = [
			{
				path: "push",
				id: "push",
				type: "http",
				status: "failed",
				attempts: [{ number: 1, startedAt: 5, durationMs: 1, status: "failed" }],
			},
		];
		const { door, sent } = givenDoor();
		const result = await runExecution(claimed({ steps: failed, number: 2 }), version([push]), door);
		await runExecution(claimed(), version([push]), door);
		await runExecution(claimed({ edition: 2 }), version([push]), door);
		expect(stepsOf(result)[0]?.attempts).toMatchObject([{ number: 1, status: "succeeded" }]);
		const [replayed, original, edited] = sent.map(({ headers }) => Object.fromEntries(headers)["Idempotency-Key"]);
		expect(replayed).toBe(original);
		expect(edited).not.toBe(original);
	});

	test("without its lease it does not call, and says nothing", async () => {
		const { door, sent } = givenDoor([], { checkpoint: async () => "lost" });
		expect(outcomeOf(await runExecution(claimed(), version([map, push]), door))).toBe("lost");
		expect(sent).toEqual([]);
	});

	test("cancelled before a call: the call is not made", async () => {
		const { door, sent } = givenDoor([], { checkpoint: async () => "cancelled" });
		const result = await runExecution(claimed(), version([map, push]), door);
		expect(outcomeOf(result)).toEqual({ status: "cancelled" });
		expect(stepsOf(result)[1]).toMatchObject({ status: "pending", attempts: [] });
		expect(sent).toEqual([]);
	});

	test.each([
		["cancelled", { status: "cancelled" }],
		["lost", "lost"],
	])("%s during a call", async (reason, expected) => {
		const controller = new AbortController();
		const send = async (): Promise<OutboundResult> => {
			controller.abort(reason);
			return { ok: false, error: { code: "aborted", message: "given up" }, retryable: true, redirects: [] };
		};
		const { door } = givenDoor([], { signal: controller.signal, send });
		expect(outcomeOf(await runExecution(claimed(), version([push]), door))).toEqual(expected);
	});

	test("a connection's headers go out and are masked in the record", async () => {
		const { door, sent, log } = givenDoor();
		const step = { ...push, connectionId: "con_1", headers: { authorization: "mine", "X-Other": "1" } };
		const result = await runExecution(claimed(), version([map, step]), door);
		expect(log[0]).toBe("authorize con_1 https://shop.example/products/A-1");
		expect(sent[0]?.credentials).toEqual([["Authorization", "Bearer lent"]]);
		expect(sent[0]?.headers.map(([name]) => name)).not.toContain("authorization");
		expect(JSON.stringify(result)).not.toContain("lent");
		expect(stepsOf(result)[1]?.attempts[0]?.request?.headers).toContainEqual(["Authorization", "Bearer ••••"]);
	});

	test.each<[string, [string, string], string[]]>([
		["bearer", ["Authorization", "Bearer tok_123456"], ["tok_123456"]],
		["header", ["X-Shop-Key", 'key "123456"'], ['key "123456"']],
		["basic", ["Authorization", `Basic ${btoa("shop:pass/word1")}`], [btoa("shop:pass/word1"), "pass/word1"]],
	])("what a %s connection lent stays hidden where the called system sends it back", async (_, lent, secrets) => {
		const echoed = `${JSON.stringify({ lent, secrets })}${secrets.map((secret) => `"${encodeURIComponent(secret)}"`).join()}`;
		const echo: OutboundResult = {
			ok: true,
			status: 200,
			headers: [["X-Echo", lent[1]]],
			body: new Uint8Array([0xff, ...new TextEncoder().encode(echoed)]),
			redirects: [{ status: 307, location: `https://shop.example/?x=${encodeURIComponent(lent[1])}` }],
		};
		const answers: OutboundResult[] = [
			echo,
			answered(200, JSON.stringify({ echo: lent[1], secrets }), [["content-type", "application/json"]]),
			{ ok: false, error: { code: "network", message: `${lent[1]} failed` }, retryable: false, redirects: [] },
		];
		const { door, sent } = givenDoor(answers, { authorize: async () => ({ headers: [lent] }) });
		const call = { ...push, connectionId: "con_1", body: secrets[0] };
		const steps = ["a", "b", "c"].map((id) => ({ ...call, id }));
		const result = await runExecution(claimed(), version([map, ...steps]), door);
		expect(sent[0]?.credentials).toEqual([lent]);
		const texts = stepsOf(result).flatMap((step) => [
			step.output,
			...step.attempts.flatMap((attempt) => [
				attempt,
				atob(attempt.response?.bodyEncoding === "base64" ? (attempt.response.body ?? "") : ""),
			]),
		]);
		const kept = JSON.stringify([result, texts]);
		for (const secret of secrets) {
			for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
				expect(kept).not.toContain(spelling);
		}
		expect(stepsOf(result)[2]?.output).toMatchObject({ body: { echo: expect.stringContaining("••••") } });
		expect(stepsOf(result)[3]?.attempts[0]?.error?.message).toContain("•••• failed");
	});

	test("a connection that lends nothing fails the step; one that does not answer is asked again later", async () => {
		const step = { ...push, connectionId: "con_1" };
		const refusing = givenDoor([], { authorize: async () => ({ error: { code: "host_not_allowed", message: "no" } }) });
		expect(outcomeOf(await runExecution(claimed(), version([map, step]), refusing.door))).toMatchObject({
			status: "failed",
			error: { code: "host_not_allowed", field: "connectionId" },
		});
		const silent = givenDoor([], {
			authorize: async () => {
				throw new Error("network lost");
			},
		});
		expect(outcomeOf(await runExecution(claimed(), version([map, step]), silent.door))).toMatchObject({ status: "waiting" });
		expect([...refusing.sent, ...silent.sent]).toEqual([]);
	});

	test.each([
		[{ Host: "evil.example" }, "headers.Host"],
		[{ "X-A": "{{ event.body.sku }}\r\nX-Injected: 1" }, "headers.X-A"],
		[{ "CF-Connecting-IP": "1.2.3.4" }, "headers.CF-Connecting-IP"],
		[{ "bad name": "1" }, "headers.bad name"],
		[{ "X-A": "日本" }, "headers.X-A"],
	])("a header that cannot be set fails the step: %j", async (headers, field) => {
		const { door, sent } = givenDoor();
		expect(outcomeOf(await runExecution(claimed(), version([{ ...push, headers }]), door))).toMatchObject({
			status: "failed",
			error: { code: "header_invalid", field },
		});
		expect(sent).toEqual([]);
	});

	test.each([
		[{ body: "{{ event.body.sku }}" }, "A-1", "text/plain; charset=utf-8"],
		[{ body: { a: ["{{ event.body.quantity }}"] } }, '{"a":[3]}', "application/json"],
		[
			{ body: { a: ["x", "y"], b: "ü&" }, headers: { "content-type": "application/x-www-form-urlencoded" } },
			"a=x&a=y&b=%C3%BC%26",
			"application/x-www-form-urlencoded",
		],
		[{ body: "<a/>", headers: { "Content-Type": "application/xml" } }, "<a/>", "application/xml"],
		[{ body: "{{ event.body.missing }}" }, null, undefined],
		[{ body: "x", method: "GET" }, null, undefined],
		[{}, null, undefined],
	])("the body %j", async (changes, body, contentType) => {
		const { door, sent } = givenDoor();
		await runExecution(claimed(), version([{ id: "call", type: "http", url: "https://shop.example/", ...changes }]), door);
		expect(sent[0]?.body).toBe(body);
		expect(sent[0]?.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1]).toBe(contentType);
	});

	test("acceptStatus decides what counts as success", async () => {
		const step = { ...push, acceptStatus: [404, "200-202"] };
		for (const [status, expected] of [
			[404, "succeeded"],
			[202, "succeeded"],
			[204, "failed"],
		] as const) {
			expect(outcomeOf(await runExecution(claimed(), version([map, step]), givenDoor([answered(status)]).door))).toMatchObject({
				status: expected,
			});
		}
	});

	test("a response that is not what it says is text; an empty one is null", async () => {
		const wrong = await runExecution(
			claimed(),
			version([push]),
			givenDoor([answered(200, "{oops", [["Content-Type", "application/json"]])]).door,
		);
		expect(stepsOf(wrong)[0]?.output).toMatchObject({ body: "{oops" });
		const empty = await runExecution(claimed(), version([push]), givenDoor([answered(204)]).door);
		expect(stepsOf(empty)[0]?.output).toMatchObject({ status: 204, body: null });
	});

	test("bodies are recorded whole until the execution's record is full", async () => {
		const big = "x".repeat(4_000_000);
		const given = givenDoor([answered(500, big), answered(500, big), answered(500, big)]);
		let steps: StepRecord[] = [];
		for (let round = 0; round < 3; round++) steps = stepsOf(await runExecution(claimed({ steps }), version([push]), given.door));
		const bodies = steps[0]?.attempts.map(({ response }) => response?.body ?? "") ?? [];
		expect(bodies[0]).toBe(big);
		expect(bodies[1]).toContain("more characters were not kept");
		expect(JSON.stringify(steps).length).toBeLessThan(7_000_000);
	});
});
