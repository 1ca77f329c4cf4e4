import { expect, test } from "vitest";
import { isDeeper } from "../../worker/api/depth";

test("lists and objects count as they open and close, and brackets in strings do not", () => {
	expect(isDeeper("[[1],[2],{}]", 2)).toBe(false);
	expect(isDeeper('[[1],[2],{"a":[]}]', 2)).toBe(true);
	expect(isDeeper(String.raw`["[[[[","\"[[[[","\\"]`, 1)).toBe(false);
	expect(isDeeper(String.raw`["\\",[[]]]`, 2)).toBe(true);
	expect(isDeeper("", 0)).toBe(false);
});

test("no depth overflows the check", () => {
	expect(isDeeper(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`, 999_999)).toBe(true);
	expect(isDeeper(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`, 1_000_000)).toBe(false);
});
