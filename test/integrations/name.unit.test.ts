import { expect, test } from "vitest";
import { nameText, shortenName } from "../../worker/integrations/name";

const accepts = (text: string): boolean => nameText(20).safeParse(text).success;

test("names are of any script, signs and joined emoji too", () => {
	for (const text of ["Stock sync", "7", "Łódź", "在庫", "مخزون", "👩‍🚒", "⚙", "e\u0301"])
		expect([text, accepts(text)]).toEqual([text, true]);
});

test("a name has a character that one can see, and none that controls", () => {
	const unseen = ["\u200b", "\u2060\ufe0f", "\u0301", "\u3164", "\u2800", " ", ""];
	const control = ["a\u0000", "a\nb", "a\u0085b", "a\u202eb", "a\u2028b", "\ufffd", "a\ufffd", "a\ud800"];
	for (const text of [...unseen, ...control]) expect([text, accepts(text)]).toEqual([text, false]);
});

test("a name that is cut keeps its characters whole, and may still be a name", () => {
	expect(shortenName("Stock sync", 20)).toBe("Stock sync");
	expect(shortenName("Stock sync", 6)).toBe("Stock");
	expect(shortenName("📦📦📦", 5)).toBe("📦📦");
	for (let max = 1; max < 20; max++) expect(accepts(`a${shortenName("📦".repeat(20), max - 1)}`)).toBe(true);
});
