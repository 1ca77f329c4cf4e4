import { describe, expect, it } from "vitest";
import { findPattern, PATTERNS, type Pattern } from "../../../worker/integrations/redaction/patterns";
import { growth, LINEAR_MAX, shortest } from "../../given/growth";

const found = (pattern: Pattern, text: string): string[] => findPattern(pattern, text).map(([from, to]) => text.slice(from, to));

describe("values that are recognized by what they look like", () => {
	it.each<[Pattern, string, string[]]>([
		["card", "paid with 4111111111111111.", ["4111111111111111"]],
		["card", "4111 1111 1111 1111 12/27", ["4111 1111 1111 1111"]],
		["card", "12 4111-1111-1111-1111 34", ["4111-1111-1111-1111"]],
		["card", "3782 822463 10005 and 5555555555554444", ["3782 822463 10005", "5555555555554444"]],
		[
			"card",
			"6011111111111117, 3530111333300000, 30569309025904, 2223003122003222",
			["6011111111111117", "3530111333300000", "30569309025904", "2223003122003222"],
		],
		["card", "4000\u00a00025 0000 3155", ["4000\u00a00025 0000 3155"]],
		["card", "4111–1111–1111–1111 or 4111  1111  1111  1111", ["4111–1111–1111–1111", "4111  1111  1111  1111"]],
		[
			"card",
			"4111 - 1111 - 1111 - 1111, 4111/1111/1111/1111, 4111_1111_1111_1111",
			["4111 - 1111 - 1111 - 1111", "4111/1111/1111/1111", "4111_1111_1111_1111"],
		],
		["iban", "GB82.WEST.1234.5698.7654.32 and IBANGB82WEST12345698765432", ["GB82.WEST.1234.5698.7654.32", "GB82WEST12345698765432"]],
		["iban", "of AB12 GB82 WEST 1234 5698 7654 32", ["GB82 WEST 1234 5698 7654 32"]],
		["email", "https://x.example/?e=joe%40example.com&f=1", ["joe%40example.com"]],
		[
			"email",
			"joe\\u0040example.com joe&#x00040;example.com joe&commat;example.com joe＠example.com",
			["joe\\u0040example.com", "joe&#x00040;example.com", "joe&commat;example.com", "joe＠example.com"],
		],
		["phone", "+49 (0) 171 – 1234", ["+49 (0) 171 – 1234"]],
		["bearer", "?a=Bearer%20abc.def-123456 bearer: abcdefgh1", ["abc.def-123456", "abcdefgh1"]],
		["jwt", "eyJhbGciOiJIUzI1NiJ9%2EeyJzdWIiOiIxIn0%2Ec2ln", ["eyJhbGciOiJIUzI1NiJ9%2EeyJzdWIiOiIxIn0%2Ec2ln"]],
		["iban", "to DE89 3704 0044 0532 0130 00 and more", ["DE89 3704 0044 0532 0130 00"]],
		["iban", "GB82WEST12345698765432", ["GB82WEST12345698765432"]],
		["email", "mail ada.l+x@example.co.uk, or <bob@example.com>", ["ada.l+x@example.co.uk", "bob@example.com"]],
		["email", "jörg@müller.de", ["jörg@müller.de"]],
		["phone", "call +49 (30) 123456-78 now", ["+49 (30) 123456-78"]],
		["phone", "(555) 123-4567 or 555-123-4567", ["(555) 123-4567", "555-123-4567"]],
		["bearer", "Authorization: Bearer abc.def-123456", ["abc.def-123456"]],
		["jwt", "x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl;", ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"]],
	])("%s in %j", (pattern, text, values) => expect(found(pattern, text)).toEqual(values));

	it.each<[Pattern, string]>([
		["card", "4111111111111112"], // check digit
		["card", "1763776242118"], // a time in milliseconds
		["card", "order 12 of 2026-11-22 10:00:00 1763776242"],
		["card", "0000000000000000"],
		["card", "41111111111111114111111111111111"],
		["iban", "DE88370400440532013000"],
		["iban", "GB82 and words that are no account at all"],
		["email", "@handle, a@b, x@.com, 3 @ 4.50"],
		["phone", "2026-11-22 10:00, 12345678, +1, 1.234.567"],
		["bearer", "the bearer of bad news"],
		["jwt", "eyJ.eyJ.x"],
		["jwt", "version 1.2.3 of eyJhbGciOiJIUzI1NiJ9"],
	])("no %s in %j", (pattern, text) => expect(found(pattern, text)).toEqual([]));

	it("masks a longer card number whole where a shorter one begins it", () => {
		const longer = "4111 1111 1111 1111 003";
		const [masked] = found("card", longer);
		expect(longer.startsWith(masked ?? "-")).toBe(true);
		expect(found("card", "6304 0000 0000 0000 000")).toEqual(["6304 0000 0000 0000 000"]);
	});

	const HOSTILE = [
		"1",
		"1 ",
		"4111 ",
		"4 - ",
		"a",
		"@",
		"a@",
		"a.a@a.",
		"x@aaaa.aa ",
		"%40",
		"&#",
		"\\u0040",
		"+1",
		"+",
		"+1   ",
		"+1 ()1",
		"eyJ",
		"eyJ.",
		"eyJ%2e",
		"AA11",
		"aa00 ",
		"ibanaa00 ",
		`aa00${" 4".repeat(30)} `,
		"bearer ",
		"token\t",
		"(555) ",
		"-",
		"\u00a0",
	];
	it.each(HOSTILE)("are looked for in no more time than the length of a text asks for: %j over and over", (piece) => {
		const text = (size: number) => piece.repeat(Math.ceil(size / piece.length));
		for (const pattern of PATTERNS)
			expect(
				growth(text, (each) => findPattern(pattern, each), 5_000),
				pattern,
			).toBeLessThan(LINEAR_MAX);
	});

	it("are looked for without a second look at what came before", () => {
		// Each finder over the worst text for it, beside one look at each of its characters.
		const text = (piece: string) => piece.repeat(Math.ceil(40_000 / piece.length));
		const look = (each: string) => {
			let sum = 0;
			for (let at = 0; at < each.length; at++) sum += each.charCodeAt(at) % 97;
			return sum;
		};
		const floor = shortest(text("4 "), look);
		const worst = Math.max(
			...HOSTILE.flatMap((piece) => PATTERNS.map((pattern) => shortest(text(piece), (each) => findPattern(pattern, each)))),
		);
		expect(worst / floor).toBeLessThan(2_000); // a second look at each would be 40,000
	});

	it("gets through ten megabytes in one run", () => {
		for (const piece of ["7", "a", "a.", "eyJ"]) {
			const text = piece.repeat(10_000_000 / piece.length);
			for (const pattern of PATTERNS) expect(() => findPattern(pattern, text), `${pattern} in ${piece}`).not.toThrow();
		}
	});
});
