import { describe, expect, test } from "vitest";
import { compileCondition, compileTemplate, compileText, TemplateError } from "../../worker/executions/template";
import type { Template } from "../../worker/integrations/workflow";

const scope = {
	event: { body: { sku: "A 1/2", n: 3, price: 0.1 + 0.2, flag: false, nothing: null, list: [1, 2], object: { a: 1 }, dots: "..", ü: "ö" } },
	steps: { map: { stock: 3 } },
	vars: { base: "https://shop.example/api" },
};
const fill = (template: Template) => compileTemplate(template, "output").fill(scope);

describe("a string that is only one expression keeps its type", () => {
	test.each([
		["{{ event.body.n }}", 3],
		["{{event.body.flag}}", false],
		["{{ event.body.nothing }}", null],
		["{{ event.body.object }}", { a: 1 }],
		["{{ event.body.list }}", [1, 2]],
		["{{ event.body.missing }}", undefined],
		['{{ {"a": {"b": event.body.n}} }}', { a: { b: 3 } }],
		['{{ {"a":{"b":1}}}}', { a: { b: 1 } }],
	])("%s", async (template, expected) => {
		expect(await fill(template)).toEqual(expected);
	});
});

describe("in a longer text values are written out", () => {
	test.each([
		["n={{ event.body.n }}", "n=3"],
		["{{ event.body.n }} ", "3 "],
		["{{ event.body.price }}!", "0.3!"],
		["[{{ event.body.missing }}]", "[]"],
		["{{ event.body.object }} {{ event.body.list }}", '{"a":1} [1,2]'],
		["{{ event.body.nothing }}/{{ event.body.flag }}", "null/false"],
		["{{ event.body.n }}{{ event.body.n }}", "33"],
	])("%s", async (template, expected) => {
		expect(await fill(template)).toBe(expected);
	});
});

describe("the end of an expression is found", () => {
	test.each([
		['{{ "}}" & event.body.n }}', "}}3"],
		["{{ '}}' & event.body.n }}", "}}3"],
		['{{ "a\\"}}" }}', 'a"}}'],
		["{{ event.body.`ü` }}", "ö"],
		["{{ /* }} */ event.body.n }}", 3],
		["{{ $replace('a}}b', /\\}\\}/, '-') }}", "a-b"],
		["{{ $contains('{', /[\\{]/) }}", true],
		["{{ event.body.n / 3 }} {{ 1 / 1 }}", "1 1"],
		["{{ (event.body.n) / 3 /* }} */ }}", 1],
		["{{ $map([1], function($x){ {'a': {'b': $x}} }) }}", { a: { b: 1 } }],
		["}} {{ event.body.n }} }}", "}} 3 }}"],
		["{ {{ event.body.n }} }", "{ 3 }"],
	])("%s", async (template, expected) => {
		expect(await fill(template)).toEqual(expected);
	});
});

test.each([
	["\\{{ event.body.n }}", "{{ event.body.n }}"],
	["a \\{{b}} {{ event.body.n }}", "a {{b}} 3"],
	["no expression", "no expression"],
	["", ""],
	["\\ {", "\\ {"],
])("literal: %s", async (template, expected) => {
	expect(await fill(template)).toBe(expected);
});

test("objects and lists keep their shape; undefined members are left out, undefined items are null", async () => {
	const template = {
		sku: "{{ event.body.sku }}",
		none: "{{ event.body.missing }}",
		n: 1,
		deep: [{ x: "{{ $sum(event.body.list) }}" }, "{{ event.body.missing }}", null, true],
	};
	expect(JSON.stringify(await fill(template))).toBe('{"sku":"A 1/2","n":1,"deep":[{"x":3},null,null,true]}');
});

test("a map of everyday expressions is filled at once", () => {
	expect(fill({ sku: "{{ event.body.sku }}", text: "{{ event.body.n }} pieces" })).toEqual({ sku: "A 1/2", text: "3 pieces" });
});

test("a key named __proto__ is a key", async () => {
	const filled = await fill(JSON.parse('{"__proto__":{"a":"{{ event.body.n }}"}}'));
	expect(JSON.stringify(filled)).toBe('{"__proto__":{"a":3}}');
});

describe("a URL", () => {
	const url = (template: string) => compileText(template, "url", "url").fill(scope);
	test.each([
		["https://shop.example/p/{{ event.body.sku }}", "https://shop.example/p/A%201%2F2"],
		["https://shop.example/p?q={{ event.body.sku }}&x=1", "https://shop.example/p?q=A%201%2F2&x=1"],
		["{{ vars.base }}/p/{{ event.body.sku }}", "https://shop.example/api/p/A%201%2F2"],
		["{{ vars.base & '/p/' & event.body.n }}", "https://shop.example/api/p/3"],
		["{{ vars.base }}?q={{ event.body.sku }}", "https://shop.example/api?q=A%201%2F2"],
		[" {{ vars.base }}/p", " https://shop.example/api/p"],
		["https://shop.example/{{ '@evil.com/' }}", "https://shop.example/%40evil.com%2F"],
		["https://shop.example/p/{{ event.body.missing }}", "https://shop.example/p/"],
		["https://shop.example/static", "https://shop.example/static"],
	])("%s", async (template, expected) => {
		expect(await url(template)).toBe(expected);
	});

	test.each([
		"http://localhost{{ '.evil.invalid' }}/echo",
		"https://{{ 'shop.example' }}/p",
		"https://shop.example:{{ 80 }}/p",
		"https://shop.example{{ '' }}/p",
		"https:{{ '//evil.invalid' }}/p",
		"https:///{{ 'evil.invalid' }}/p",
		"https://\\/{{ 'evil.invalid' }}/p",
		"{{ 'https://shop.example' }}{{ '.evil.invalid' }}/p",
		"{{ 'https:' }}//{{ 'evil.invalid' }}/p",
	])("a value cannot change the host: %s", (template) => {
		expect(() => url(template)).toThrow("another host");
	});

	test("a value cannot climb out of its place in the path", () => {
		expect(() => url("https://shop.example/p/{{ event.body.dots }}/delete")).toThrow("another path");
		expect(url("https://shop.example/p?q={{ event.body.dots }}")).toBe("https://shop.example/p?q=..");
	});
});

test("a condition may stand in braces or without", () => {
	expect(compileCondition("steps.map.stock > 0", "condition").fill(scope)).toBe(true);
	expect(compileCondition(" {{ steps.map.stock > 5 }} ", "condition").fill(scope)).toBe(false);
	expect(() => compileCondition("{{ a }} and {{ b }}", "condition")).toThrow(TemplateError);
});

test.each([
	["{{ event.body.n", "no closing }}"],
	["{{ 'a }}", "no closing }}"],
	["{{ }}", "empty"],
	["{{ event. }}", "Unexpected end"],
	["{{ a } }}", "no closing }}"],
])("%s does not parse", (template, message) => {
	expect(() => compileTemplate({ deep: [template] }, "output")).toThrow(message);
	try {
		compileTemplate({ deep: [template] }, "output");
	} catch (error) {
		expect((error as TemplateError).field).toBe("output.deep.0");
	}
});

test("an error while filling names its field, at once or later", async () => {
	for (const source of ["{{ event.body.sku * 2 }}", "{{ $sum(event.body.sku) }}"]) {
		const filled = Promise.resolve().then(() => compileTemplate({ a: source }, "output").fill(scope));
		await expect(filled).rejects.toMatchObject({ field: "output.a", code: "expression_failed" });
	}
});
