import fc from "fast-check";
import jsonata from "jsonata";
import { expect, test } from "vitest";
import { BAIL, fastPath } from "../../worker/executions/fast-path";
import type { ExprNode } from "../../worker/executions/jsonata-ast";

const names = ["a", "b", "event", "_jsonata_lambda", "__proto__", "constructor"];
const scalar = fc.oneof(
	fc.constantFrom(null, true, false, "", "0", "a", "ü", 0, -0, 1, -1, 0.1, 0.2, 1 / 3, 1e21, 5e-324, 1.7976931348623157e308, 123456789.125),
	fc.integer({ min: -5, max: 5 }),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.string({ maxLength: 4 }),
);
const { value: anyValue } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: "small" },
		scalar,
		fc.array(tie("value"), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
	),
}));
const anyInput = fc.dictionary(fc.constantFrom(...names), anyValue, { maxKeys: 5, noNullPrototype: true });

const path = fc
	.array(fc.constantFrom("a", "b", "event", "`__proto__`", "constructor", '"a"'), { minLength: 1, maxLength: 3 })
	.map((parts) => parts.join("."));
const literal = fc.constantFrom("0", "1", "-1", "2.5", "0.1", "1e3", '"x"', "''", '"a"', "true", "false", "null");
const operator = fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&", "and", "or");
const { expression: anyExpression } = fc.letrec<{ expression: string }>((tie) => ({
	expression: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		path,
		literal,
		fc.tuple(tie("expression"), operator, tie("expression")).map(([left, sign, right]) => `${left} ${sign} ${right}`),
		tie("expression").map((inner) => `(${inner})`),
		tie("expression").map((inner) => `-(${inner})`),
		fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(([test, yes, no]) => `(${test}) ? (${yes}) : (${no})`),
		fc.tuple(path, tie("expression")).map(([left, right]) => `${left} ?? (${right})`),
		fc.tuple(path, tie("expression")).map(([left, right]) => `${left} ?: (${right})`),
		tie("expression").map((inner) => `(${inner})[0]`),
	),
}));

test("whatever the fast path answers, JSONata answers too", async () => {
	let answered = 0;
	await fc.assert(
		fc.asyncProperty(anyExpression, anyInput, async (source, input) => {
			const interpreter = jsonata(source);
			const quick = fastPath(interpreter.ast() as ExprNode);
			if (quick === null) return;
			const answer = quick(input);
			if (answer === BAIL) return;
			answered++;
			expect(answer).toEqual(await interpreter.evaluate(input));
		}),
		{ numRuns: 20_000 },
	);
	expect(answered).toBeGreaterThan(5_000);
});

test("everyday expressions are on it", () => {
	for (const source of [
		"event.body.sku",
		"steps.map.stock > 0",
		'event.body.first & " " & event.body.last',
		"event.body.price * event.body.quantity",
		'event.headers."x-shop-topic" = "stock" and event.body.quantity >= 1',
		'event.body.note ?? "none"',
		"(event.body.a)",
		"event.body.paid ? 1 : 0",
	]) {
		expect(fastPath(jsonata(source).ast() as ExprNode), source).not.toBeNull();
	}
});

test("arrays, functions and filters are left to the interpreter", () => {
	for (const source of [
		"event.body[0]",
		"$sum(a)",
		"a.*",
		"**",
		"[1]",
		'{"a":1}',
		"a[]",
		"a^(b)",
		"a@$x",
		"$x := 1",
		"a ~> $string",
		"$$.a",
	]) {
		const ast = jsonata(source).ast() as ExprNode;
		expect(fastPath(ast), source).toBeNull();
	}
	const list = fastPath(jsonata("a.b").ast() as ExprNode);
	expect(list?.({ a: [{ b: 1 }] })).toBe(BAIL);
});
