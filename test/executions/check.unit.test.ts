import { describe, expect, test } from "vitest";
import { checkWorkflow } from "../../worker/executions/check";
import { compileExpression } from "../../worker/executions/expressions";
import { stepReferences } from "../../worker/executions/references";

const problems = (workflow: unknown) => {
	const checked = checkWorkflow(workflow);
	return checked.ok ? [] : checked.problems.map(({ stepId, index, field, message }) => [stepId ?? index, field, message]);
};
const map = (id: string, output: unknown = 1) => ({ id, type: "map", output });
const http = (changes: object) => ({ steps: [{ id: "call", type: "http", url: "https://shop.example/", ...changes }] });

test("the workflow of the contract is fine, and comes back with its defaults", () => {
	const checked = checkWorkflow({
		steps: [
			map("map", { sku: "{{ event.body.sku }}", stock: "{{ event.body.quantity }}" }),
			{ id: "positive", type: "filter", condition: "steps.map.stock > 0" },
			{ id: "push", type: "http", method: "PUT", url: "https://shop.example/products/{{ steps.map.sku }}", body: "{{ steps.map }}" },
		],
	});
	expect(checked).toMatchObject({
		ok: true,
		workflow: { steps: [{}, {}, { timeoutMs: 10_000, connectionId: null, retry: { attempts: 5 } }] },
	});
	expect(checkWorkflow({ steps: [] })).toEqual({ ok: true, workflow: { steps: [] } });
});

describe("shape", () => {
	test.each([
		["an unknown step type", { steps: [{ id: "a", type: "wat" }] }, ["a", "type", expect.stringContaining('no step type "wat"')]],
		["no step type", { steps: [{ id: "a" }] }, ["a", "type", expect.any(String)]],
		["an id that is none", { steps: [map("1a")] }, ["1a", "id", expect.stringContaining("a letter")]],
		["a reserved id", { steps: [map("constructor")] }, ["constructor", "id", expect.stringContaining("reserved")]],
		["a missing field", { steps: [{ id: "a", type: "filter" }] }, ["a", "condition", expect.any(String)]],
		["an unknown field", { steps: [{ ...map("a"), huh: 1 }] }, ["a", "huh", expect.stringContaining('no field "huh"')]],
		["a field of the wrong type", http({ retry: { attempts: 0 } }), ["call", "retry.attempts", expect.any(String)]],
		["a step that is none", { steps: ["x"] }, [0, null, expect.any(String)]],
		["no list", { steps: {} }, [null, "steps", expect.any(String)]],
		["nothing", null, [null, null, expect.any(String)]],
	])("%s", (_, workflow, expected) => {
		expect(problems(workflow)).toEqual([expected]);
	});

	test("doubled ids name the second step", () => {
		expect(problems({ steps: [map("a"), map("b"), map("a")] })).toEqual([["a", "id", 'Step 1 has the id "a" already.']]);
	});

	test("too deep and too large", () => {
		let deep: unknown = 1;
		for (let level = 0; level < 50_000; level++) deep = [deep];
		expect(problems({ steps: [map("a", deep)] })).toEqual([[null, null, "The workflow is too large or nests too deeply."]]);
		expect(problems({ steps: [map("a", "x".repeat(300_000))] })).toEqual([[null, null, expect.stringContaining("262144 are allowed")]]);
	});

	test("a step that cannot be read does not hide what is wrong with the others", () => {
		expect(problems({ steps: [{ id: "a", type: "wat" }, map("b", "{{ ( }}")] }).map(([step, field]) => [step, field])).toEqual([
			["a", "type"],
			["b", "output"],
		]);
	});
});

describe("expressions", () => {
	test("every one that does not parse is named by its field", () => {
		const found = problems({
			steps: [
				map("a", { x: "{{ event.body. }}", deep: [{ y: "{{ nope" }], fine: "{{ 1 }}" }),
				{ id: "b", type: "filter", condition: "1 >" },
				{ id: "c", type: "http", url: "https://x.example/{{ ) }}", headers: { "X-A": "{{ $eval('1') }}" }, body: ["{{ /(?=a)/ }}"] },
			],
		});
		expect(found.map(([step, field]) => [step, field])).toEqual([
			["a", "output.x"],
			["a", "output.deep.0.y"],
			["b", "condition"],
			["c", "url"],
			["c", "headers.X-A"],
			["c", "body.0"],
		]);
		expect(found[0]?.[2]).toBe("Unexpected end of expression (character 14)");
	});

	test("outputs of unknown and of later steps", () => {
		expect(problems({ steps: [map("a", "{{ steps.b.x & steps.nope & steps.a }}"), map("b", "{{ steps.a }}")] })).toEqual([
			["a", "output", "steps.b has no output yet: the step runs later."],
			["a", "output", 'There is no step "nope".'],
			["a", "output", "steps.a has no output yet: the step runs later."],
		]);
	});

	test.each([
		["steps.a.x + $sum(steps.b.y)", ["a", "b"]],
		["$$.steps.a", ["a"]],
		["$.steps.a", ["a"]],
		["event.body[$$.steps.a = id]", ["a"]],
		["event.body.items[steps.a]", []],
		["event.body.(steps.a)", []],
		["event.body.{'x': steps.a}", []],
		["{'x': steps.a, 'y': [steps.b]}", ["a", "b"]],
		["steps.a ? steps.b : steps.c", ["a", "b", "c"]],
		["$map(steps.a, function($v){ steps.b })", ["a", "b"]],
		["steps.a ~> $string", ["a"]],
		["($x := steps.a; $x)", ["a"]],
		["steps", []],
		["steps.*", []],
		['steps."a".b', ["a"]],
		["event.steps.a", []],
	])("%s names %j", (source, expected) => {
		expect(stepReferences(compileExpression(source).ast).map(({ id }) => id)).toEqual(expected);
	});
});

describe("http", () => {
	test.each([
		[{ url: "ftp://shop.example/" }, "url"],
		[{ url: "shop.example/x" }, "url"],
		[{ url: "javascript:alert(1)" }, "url"],
		[{ url: "https://" }, "url"],
		[{ url: "https://user:pass@shop.example/" }, "url"],
		[{ url: "shop.example/{{ event.id }}" }, "url"],
		[{ url: "http{{ event.body.s }}://x" }, "url"],
		[{ url: "https://{{ event.body.host }}/x" }, "url"],
		[{ url: "https://shop{{ event.body.host }}/x" }, "url"],
		[{ headers: { Host: "x" } }, "headers.Host"],
		[{ headers: { "content-LENGTH": "1" } }, "headers.content-LENGTH"],
		[{ headers: { "Transfer-Encoding": "chunked" } }, "headers.Transfer-Encoding"],
		[{ headers: { Cookie: "a=b" } }, "headers.Cookie"],
		[{ headers: { "CF-Worker": "x" } }, "headers.CF-Worker"],
		[{ headers: { "Proxy-Authorization": "x" } }, "headers.Proxy-Authorization"],
		[{ headers: { Expect: "100-continue" } }, "headers.Expect"],
		[{ headers: { "a b": "x" } }, "headers.a b"],
		[{ headers: { "X-A": "1\r\nX-B: 2" } }, "headers.X-A"],
		[{ retry: { initialMs: 1000, maxMs: 10 } }, "retry.maxMs"],
		[{ acceptStatus: [200, "299-200"] }, "acceptStatus.1"],
	])("%j", (changes, field) => {
		expect(problems(http(changes))).toEqual([["call", field, expect.any(String)]]);
	});

	test.each([
		"https://shop.example/{{ event.id }}",
		"{{ vars.base }}/x",
		"{{ vars.url }}",
		"HTTPS://shop.example",
		" https://shop.example/ ",
		"http://localhost:8787/in/x",
	])("%s may be called", (url) => {
		expect(problems(http({ url }))).toEqual([]);
	});
});
