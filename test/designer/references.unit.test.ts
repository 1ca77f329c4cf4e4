import { describe, expect, it } from "vitest";
import { refersTo, renameInStep, renameInText } from "../../ui/designer/references";
import type { HttpStep } from "../../worker/integrations/workflow";

const http: HttpStep = {
	id: "push",
	type: "http",
	method: "POST",
	url: "https://shop.example/{{ steps.map.sku }}/steps.map",
	headers: { "X-Sku": "{{ steps.map.sku }}" },
	body: { list: ["{{ steps.map }}", 1, null], text: "steps.map" },
	connectionId: null,
	timeoutMs: 10_000,
	retry: { attempts: 1, backoff: "fixed", initialMs: 10, maxMs: 10 },
};

describe("renaming a step in others' expressions", () => {
	it.each([
		["{{ steps.map.sku }}", "{{ steps.stock.sku }}"],
		["{{ steps.map }} and steps.map in plain text", "{{ steps.stock }} and steps.map in plain text"],
		["{{ steps.mapped }}", "{{ steps.mapped }}"],
		['{{ "steps.map" & steps . map.x }}', '{{ "steps.map" & steps . stock.x }}'],
		["{{ steps.`map`.x }}", "{{ steps.`stock`.x }}"],
		["{{ order.steps.map }}", "{{ order.steps.map }}"],
		["{{ $$.steps.map }}", "{{ $$.steps.stock }}"],
		["{{ /* steps.map */ a }}", "{{ /* steps.map */ a }}"],
	])("%s", (before, after) => {
		expect(renameInText(before, "map", "stock", false)).toBe(after);
	});

	it("takes a condition as an expression as it stands", () => {
		expect(renameInText("steps.map.stock > 0", "map", "stock", true)).toBe("steps.stock.stock > 0");
		expect(renameInText("{{ steps.map.stock > 0 }}", "map", "m", true)).toBe("{{ steps.m.stock > 0 }}");
	});

	it("reaches every field of a step, and leaves plain text alone", () => {
		const renamed = renameInStep(http, "map", "stock");
		expect(renamed.url).toBe("https://shop.example/{{ steps.stock.sku }}/steps.map");
		expect(renamed.headers).toEqual({ "X-Sku": "{{ steps.stock.sku }}" });
		expect(renamed.body).toEqual({ list: ["{{ steps.stock }}", 1, null], text: "steps.map" });
	});

	it("knows whether a step refers to another", () => {
		expect(refersTo(http, "map")).toBe(true);
		expect(refersTo(http, "other")).toBe(false);
	});
});
