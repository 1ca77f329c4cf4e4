import { expect, test } from "vitest";
import { mergePatch } from "../../worker/integrations/merge";

test("merges as RFC 7396 shows it", () => {
	const cases: [unknown, unknown, unknown][] = [
		[{ a: "b" }, { a: "c" }, { a: "c" }],
		[{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
		[{ a: "b" }, { a: null }, {}],
		[{ a: "b", b: "c" }, { a: null }, { b: "c" }],
		[{ a: ["b"] }, { a: "c" }, { a: "c" }],
		[{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
		[{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
		[{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
		[
			["a", "b"],
			["c", "d"],
			["c", "d"],
		],
		[{ a: "b" }, ["c"], ["c"]],
		[{ a: "foo" }, null, null],
		[{ a: "foo" }, "bar", "bar"],
		[{ e: null }, { a: 1 }, { e: null, a: 1 }],
		[[1, 2], { a: "b", c: null }, { a: "b" }],
		[{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
	];
	for (const [target, patch, merged] of cases) expect(mergePatch(target, patch)).toEqual(merged);
});

test("changes neither of its arguments, nor any prototype", () => {
	const target = { a: { b: 1 } };
	const merged = mergePatch(target, JSON.parse('{"a":{"c":2},"__proto__":{"polluted":true}}')) as Record<string, unknown>;
	expect(target).toEqual({ a: { b: 1 } });
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
	expect(Object.hasOwn(merged, "__proto__")).toBe(true);
});
