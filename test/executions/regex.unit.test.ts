import fc from "fast-check";
import { expect, test } from "vitest";
import { LinearRegExp } from "../../worker/executions/regex";

const atom = fc.constantFrom("a", "b", ".", "\\d", "\\w", "\\s", "[ab]", "[^a]", "\\b", "^", "$", "\\.", "[\\d-]", "x", "1");
const { pattern: anyPattern } = fc.letrec<{ pattern: string }>((tie) => ({
	pattern: fc.oneof(
		{ depthSize: "small" },
		atom,
		fc
			.tuple(
				fc.constantFrom("a", "b", "[ab]", "\\w", "."),
				fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{1,}"),
			)
			.map(([one, sign]) => one + sign),
		fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => left + right),
		fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => `(?:${left}|${right})`),
		tie("pattern").map((inner) => `(${inner})`),
		fc
			.tuple(fc.constantFrom("a", "ab", "a|b", "(a)|b", "b1"), fc.constantFrom("*", "+", "?", "*?"))
			.map(([inner, sign]) => `(${inner})${sign}`),
	),
}));

test("matches what the runtime's own engine matches, groups included", () => {
	fc.assert(
		fc.property(
			anyPattern,
			fc.string({ unit: fc.constantFrom("a", "b", "1", " ", "\n", ".", "x", "A"), maxLength: 8 }),
			fc.constantFrom("g", "gi", "gm"),
			(source, text, flags) => {
				const native = new RegExp(source, flags);
				const linear = new LinearRegExp(native);
				for (let round = 0; round < 4; round++) {
					const expected = native.exec(text);
					const found = linear.exec(text);
					expect(found && [found.index, ...found], `/${source}/${flags} on ${JSON.stringify(text)}`).toEqual(
						expected && [expected.index, ...expected],
					);
					if (expected === null || expected[0] === "") return;
				}
			},
		),
		{ numRuns: 10_000 },
	);
});

test.each([/(a+)+$/g, /(a|a)*b/g, /(a*)*c/g, /(.*)*=.*=x/g, /^(([a-z])+.)+[A-Z]([a-z])+$/g, /a*a*a*a*a*a*b/g])(
	"%s ends soon on a text made to hang",
	(pattern) => {
		const started = performance.now();
		new LinearRegExp(pattern).exec("a".repeat(20_000));
		expect(performance.now() - started).toBeLessThan(3_000);
	},
);

test.each([/a(?=b)/g, /a(?!b)/g, /(?<=a)b/g, /(?<!a)b/g, /(a)\1/g, /(?<x>a)\k<x>/g])(
	"%s needs more than linear time and is refused",
	(pattern) => {
		expect(() => new LinearRegExp(pattern)).toThrow("not available in regular expressions");
	},
);

test("repeats written out are bounded", () => {
	expect(() => new LinearRegExp(/(?:a{1000}){1000}/g)).toThrow("too large");
});

test("a text that would take too many steps is given up", () => {
	const pattern = new RegExp(`${"[ab]*".repeat(400)}c`, "g");
	expect(() => new LinearRegExp(pattern).exec("ab".repeat(100_000))).toThrow("too many steps");
});
