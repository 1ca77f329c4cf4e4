import { describe, expect, it } from "vitest";
import { completeAt, lookUp, pathText, quoteName, shorten } from "../../ui/designer/completion";
import { insertionAt } from "../../ui/designer/insertion";

const scope = {
	event: { body: { sku: "A", quantity: 3, "odd name": 1, lines: [{ price: 2 }] }, headers: {} },
	steps: { map: { stock: 3 } },
	vars: { warehouse: "MAIN" },
};
/** `|` is the cursor. */
const complete = (text: string, form: "template" | "expression" | "json" = "template", explicit = false) => {
	const at = text.indexOf("|");
	return completeAt(text.replace("|", ""), at, scope, form, explicit);
};
const labels = (...given: Parameters<typeof complete>) => complete(...given)?.suggestions.map((one) => one.label) ?? null;

describe("completing a path", () => {
	it("offers the fields of the sample with their values", () => {
		expect(complete("{{ event.body.| }}")).toEqual({
			from: 14,
			suggestions: [
				{ label: "sku", detail: '"A"', kind: "field" },
				{ label: "quantity", detail: "3", kind: "field" },
				{ label: "`odd name`", detail: "1", kind: "field" },
				{ label: "lines", detail: "1 item", kind: "array" },
			],
		});
	});

	it("replaces what was typed of a name", () => {
		expect(complete("{{ event.body.sk| }}")?.from).toBe(14);
	});

	it("goes through lists and brackets as JSONata does", () => {
		expect(labels("{{ event.body.lines.| }}")).toEqual(["price"]);
		expect(labels("{{ event.body.lines[0].| }}")).toEqual(["price"]);
		expect(labels("{{ event.body.lines[price > 1].| }}")).toEqual(["price"]);
	});

	it("offers the roots and functions where a name begins", () => {
		expect(labels("{{ ev| }}")?.slice(0, 3)).toEqual(["event", "steps", "vars"]);
		expect(labels("{{ $su| }}")).toContain("$sum");
	});

	it("is silent in plain text, in strings, in comments and after numbers", () => {
		expect(complete("event.body.|")).toBeNull();
		expect(complete('{{ "event.|" }}')).toBeNull();
		expect(complete("{{ /* event.| */ }}")).toBeNull();
		expect(complete("{{ 1.| }}")).toBeNull();
		expect(complete("{{ | }}")).toBeNull();
	});

	it("answers in an empty expression when asked by key", () => {
		expect(labels("{{ | }}", "template", true)).toContain("event");
	});

	it("takes a condition as an expression, with braces or without", () => {
		expect(labels("steps.map.|", "expression")).toEqual(["stock"]);
		expect(labels("{{ steps.map.| }}", "expression")).toEqual(["stock"]);
	});

	it("works inside a string of JSON", () => {
		expect(labels('{"a": "{{ steps.map.| }}"}', "json")).toEqual(["stock"]);
		expect(complete('{"a.|": 1}', "json")).toBeNull();
	});

	it("finds nothing where the sample has nothing", () => {
		expect(complete("{{ event.nothing.| }}")).toBeNull();
		expect(lookUp(scope, ["event", "constructor"])).toBeUndefined();
	});
});

describe("paths as text", () => {
	it("quotes what is no plain name", () => {
		expect(pathText(["event", "body", "odd name", 0, "and"])).toBe("event.body.`odd name`[0].`and`");
		expect(quoteName("sku_1")).toBe("sku_1");
		expect(quoteName("1st")).toBe("`1st`");
	});

	it("go into a field with braces or without, as it needs", () => {
		expect(insertionAt("https://x/", 10, "event.id", false)).toBe("{{ event.id }}");
		expect(insertionAt("{{ a & }}", 7, "event.id", false)).toBe("event.id");
		expect(insertionAt("", 0, "event.id", true)).toBe("event.id");
		expect(insertionAt("{{ a }} ", 8, "event.id", true)).toBe("{{ event.id }}");
	});
});

describe("a value on one line", () => {
	it.each([
		["text", '"text"'],
		[[1, 2], "2 items"],
		[{ a: 1, b: 2 }, "{ a, b }"],
		[undefined, ""],
		["x".repeat(50), `"${"x".repeat(38)}…`],
	])("%j", (value, expected) => {
		expect(shorten(value)).toBe(expected);
	});
});
