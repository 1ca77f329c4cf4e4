import { describe, expect, it } from "vitest";
import { matching } from "../../../ui/components/matching";

const options = [
	{ value: "none", label: "Anyone who has the URL", also: "nobody" },
	{ value: "meta", label: "Meta (Facebook)" },
	{ value: "cafe", label: "Café Orders", also: "coffee" },
	{ value: "github", label: "GitHub" },
	{ value: "webhub", label: "The Git Host" },
];
const found = (typed: string): string[] => matching(options, typed).map(({ value }) => value);

describe("what a typed name finds", () => {
	it("is everything, in its order, where nothing was typed", () => {
		expect(found("")).toEqual(options.map(({ value }) => value));
		expect(found("   ")).toHaveLength(options.length);
	});

	it("does not depend on capitals, accents or the order of words", () => {
		expect(found("CAFE")).toEqual(["cafe"]);
		expect(found("orders café")).toEqual(["cafe"]);
		expect(found("facebook")).toEqual(["meta"]);
	});

	it("begins with the names that begin with it", () => {
		expect(found("git")).toEqual(["github", "webhub"]);
		expect(found("the")).toEqual(["webhub", "none"]);
	});

	it("is found by other words for it, too, and may be nothing", () => {
		expect(found("coffee")).toEqual(["cafe"]);
		expect(found("zebra")).toEqual([]);
	});
});
