import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch, draftOf, type Json, patchBetween, sameJson } from "../../ui/pages/editor/draft";

describe("the patch that a save sends", () => {
	it("is null where nothing was changed", () => {
		expect(patchBetween({ name: "a", vars: { x: [1, { y: 2 }] } }, { vars: { x: [1, { y: 2 }] }, name: "a" })).toBeNull();
	});

	it("names only what was changed, however deep", () => {
		const before = { name: "a", webhook: { enabled: false, response: { status: 202, body: "json" } } };
		const after = { name: "a", webhook: { enabled: true, response: { status: 200, body: "json" } } };
		expect(patchBetween(before, after)).toEqual({ webhook: { enabled: true, response: { status: 200 } } });
	});

	it("replaces lists whole and removes keys by null", () => {
		const before = { categories: ["a"], vars: { kept: 1, gone: 2 } };
		expect(patchBetween(before, { categories: ["a", "b"], vars: { kept: 1 } })).toEqual({ categories: ["a", "b"], vars: { gone: null } });
	});

	it("turns what was read into what was typed, for any JSON without nulls", () => {
		const json = fc.letrec<{ value: Json }>((tie) => ({
			value: fc.oneof(
				{ depthSize: "small" },
				fc.string(),
				fc.integer(),
				fc.boolean(),
				fc.array(tie("value"), { maxLength: 3 }),
				fc.dictionary(fc.string({ maxLength: 3 }), tie("value"), { maxKeys: 4 }),
			),
		})).value;
		const object = fc.dictionary(fc.string({ maxLength: 3 }), json, { maxKeys: 4 });
		fc.assert(
			fc.property(object, object, (from, to) => {
				const patch = patchBetween(from, to);
				expect(sameJson(patch === null ? from : applyPatch(from as Json, patch), to)).toBe(true);
			}),
		);
	});

	it("leaves out what only the server writes", () => {
		const draft = draftOf<Record<string, unknown>>({
			id: "int_1",
			version: 3,
			status: "active",
			name: "n",
			webhook: { supported: true, enabled: true, url: "https://x/in/1", previousUrls: [] },
		});
		expect(draft).toEqual({ name: "n", webhook: { supported: true, enabled: true } });
	});
});

describe("sameJson", () => {
	it("ignores the order of keys and minds the order of lists", () => {
		expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
		expect(sameJson([1, 2], [2, 1])).toBe(false);
		expect(sameJson({ a: undefined }, {})).toBe(true);
		expect(sameJson({ a: null }, {})).toBe(false);
		expect(sameJson([], {})).toBe(false);
	});
});
