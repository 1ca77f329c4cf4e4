import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Found, SpellingTree } from "../../worker/executions/spelling-tree";

/** Each spelling looked for at each place. */
function soughtOneByOne(spellings: readonly string[], text: string): Found {
	const masked = new Array<boolean>(text.length + 1).fill(false);
	/** Places within a spelling, of which none is the end of a stretch. */
	const joined = new Array<boolean>(text.length + 1).fill(false);
	let cut = text.length;
	for (const spelling of spellings)
		for (let at = 0; at < text.length; at++) {
			if (text.startsWith(spelling, at)) {
				masked.fill(true, at, at + spelling.length);
				joined.fill(true, at + 1, at + spelling.length);
			} else if (text.length - at >= 4 && spelling.startsWith(text.slice(at))) cut = Math.min(cut, at);
		}
	const spans: Found["spans"] = [];
	for (let at = 0; at < text.length; at++) {
		if (!masked[at]) continue;
		const last = spans.at(-1);
		if (last && joined[at]) last[1] = at + 1;
		else spans.push([at, at + 1]);
	}
	return { spans, cut };
}

/** Texts and spellings in which much repeats, so that much of them is nearly the same. */
const repeating = (minLength: number, maxLength: number) =>
	fc.array(fc.constantFrom("a", "b", "aaa", "abab"), { minLength, maxLength }).map((parts) => parts.join(""));

const built = (spellings: readonly string[]) => new SpellingTree(spellings);
const total = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);
const numbered = (count: number, spelling: (number: number) => string): string[] => Array.from({ length: count }, (_, at) => spelling(at));

/** What makes a comparison long: values and a text that repeat the same, and part late. */
const HOSTILE: [name: string, spellings: string[], text: string][] = [
	["values that part after sixty characters", numbered(100, (at) => `${"a".repeat(60)}b${at}b${"a".repeat(300)}`), "a".repeat(500_000)],
	["as many as are looked for, all long", numbered(490, (at) => `${"a".repeat(60)}b${at}b${"a".repeat(2_000)}`), "a".repeat(500_000)],
	["values of which each is the next one's beginning", numbered(490, (at) => "a".repeat(at + 4)), "a".repeat(500_000)],
	["values that part at each character", numbered(490, (at) => `${"a".repeat(at + 4)}b`), "a".repeat(500_000)],
	["a word that repeats", numbered(100, (at) => `${"eyj".repeat(20)}.${at}`), "eyj".repeat(200_000)],
	["one value as long as the text", [`${"a".repeat(400_000)}b`], "a".repeat(400_000)],
];

describe("looking for many spellings at once", () => {
	it("finds what a search for each of them finds, what overlaps as one", () => {
		const spellings = fc.array(
			repeating(2, 6).filter(({ length }) => length >= 4),
			{ maxLength: 12 },
		);
		fc.assert(
			fc.property(spellings, fc.array(repeating(0, 20), { maxLength: 3 }), (some, texts) => {
				const tree = built(some);
				for (const text of texts) expect(tree.find(text)).toEqual(soughtOneByOne(some, text));
			}),
			{ numRuns: 500 },
		);
	});

	it("tells beginnings apart that share their hash with others", () => {
		const letters = Array.from({ length: 400 }, (_, at) => String.fromCharCode(0x4e00 + at * 32).repeat(4));
		expect(built(letters.slice(0, 200)).find(letters.join(" "))?.spans).toHaveLength(200);
	});

	it.each(HOSTILE)("gives up on a text after comparing a few times its length, and so over and over: %s", (_name, spellings, text) => {
		const tree = built(spellings);
		const before = tree.compared;
		for (let times = 1; times <= 4; times++) {
			expect(tree.find(text)).toBeNull();
			expect(tree.compared - before).toBeLessThan(1_000_000 + 10 * times * text.length);
		}
	});

	it("still finds all there is in a usual text when it gave up on another", () => {
		const [, spellings, text] = HOSTILE[0] ?? ["", [], ""];
		const tree = built([...spellings, "ada@example.com"]);
		expect(tree.find(text)).toBeNull();
		expect(tree.find("to ada@example.com!")).toEqual({ spans: [[3, 18]], cut: 19 });
	});

	it("compares about two characters for each of a text that is full of the values and of their like", () => {
		const urls = numbered(20_000, (at) => `https://shop.example.com/customers/profile/${at * 31}`);
		const tree = built(urls.filter((_, at) => at % 50 === 0));
		const before = tree.compared;
		const text = urls.join(" ");
		expect(tree.find(text)?.spans.length).toBeGreaterThanOrEqual(400);
		expect(tree.compared - before).toBeLessThan(2.5 * text.length);
	});

	it("is built by looking at each character of a spelling once, however alike they are", () => {
		for (const [, spellings] of HOSTILE) expect(built(spellings).compared).toBeLessThanOrEqual(total(spellings));
		const alike = numbered(490, (at) => `${"a".repeat(5_000)}${at}`);
		expect(built(alike).compared).toBeLessThanOrEqual(total(alike));
	});
});
