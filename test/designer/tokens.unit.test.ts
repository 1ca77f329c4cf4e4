import { describe, expect, it } from "vitest";
import { spansInStrings, spansOf, tokensOf } from "../../ui/designer/tokens";
import { splitTemplate } from "../../worker/executions/template-scanner";

const inner = (text: string) => spansOf(text).map((span) => text.slice(span.innerFrom, span.innerTo));
const kinds = (text: string) => tokensOf(text).tokens.map((token) => `${token.kind}:${text.slice(token.from, token.to)}`);

describe("spans of a template", () => {
	it.each([
		["plain", []],
		["{{ a }}", [" a "]],
		["x {{ a }} y {{ b }}", [" a ", " b "]],
		['{{ {"a": {"b": 1}} }}', [' {"a": {"b": 1}} ']],
		['{{ "}}" & a }}', [' "}}" & a ']],
		["{{ a[b = '}}'] }}", [" a[b = '}}'] "]],
		["{{ `odd }} name` }}", [" `odd }} name` "]],
		["{{ /* }} */ a }}", [" /* }} */ a "]],
		["\\{{ not }} {{ yes }}", [" yes "]],
		["{{ open", [" open"]],
	])("%s", (text, expected) => {
		expect(inner(text)).toEqual(expected);
	});

	it("ends where the Executor's scanner ends", () => {
		for (const text of [
			"a {{ b }} c",
			'{{ {"x": "}}"} }}',
			"{{ $map(a, function($x) { $x / 2 }) }}",
			"{{ a ~> /x{2}\\/y/i }}",
			"{{ (a) / b }} {{ c }}",
		]) {
			const theirs = splitTemplate(text).flatMap((part) => (part.kind === "expression" ? [part.source] : []));
			expect(inner(text), text).toEqual(theirs);
		}
	});

	it("marks one that is not closed", () => {
		expect(spansOf("{{ a }")[0]?.closed).toBe(false);
		expect(spansOf("{{ a }}")[0]?.closed).toBe(true);
	});

	it("stay within their string in JSON", () => {
		const json = '{"a": "{{ open", "b": "{{ ok }}"}';
		expect(spansInStrings(json).map((span) => [json.slice(span.from, span.to), span.closed])).toEqual([
			["{{ open", false],
			["{{ ok }}", true],
		]);
	});
});

describe("tokens of an expression", () => {
	it("tells strings, numbers, names, variables and words of the language apart", () => {
		expect(kinds("$sum(a.b) > 1.5 and 'x' in c")).toEqual([
			"variable:$sum",
			"operator:(",
			"name:a",
			"operator:.",
			"name:b",
			"operator:)",
			"operator:>",
			"number:1.5",
			"keyword:and",
			"string:'x'",
			"keyword:in",
			"name:c",
		]);
	});

	it("takes a slash as division after a value and as a regular expression elsewhere", () => {
		expect(kinds("a / b")).toContain("operator:/");
		expect(kinds("$match(a, /x/)")).toContain("regex:/x/");
	});
});
