import { describe, expect, it } from "vitest";
import { describeDuration, describeTime } from "../../../ui/components/time-words";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe("how long ago", () => {
	it("says just now for what is within ten seconds, whichever clock is ahead", () => {
		expect(describeTime(NOW - 9 * SECOND, NOW)).toBe("just now");
		expect(describeTime(NOW + 9 * SECOND, NOW)).toBe("just now");
	});

	it("counts in the largest unit that fits, and never rounds up into the next", () => {
		expect(describeTime(NOW - 59 * MINUTE, NOW)).toMatch(/^59 min/);
		expect(describeTime(NOW - 119 * MINUTE, NOW)).toMatch(/^1 h/);
		expect(describeTime(NOW - 40 * 24 * 60 * MINUTE, NOW)).toMatch(/last mo|1 mo/);
	});

	it("speaks of what is to come", () => {
		expect(describeTime(NOW + 5 * MINUTE, NOW)).toMatch(/^in 5 min/);
	});
});

describe("how long it took", () => {
	it.each([
		[0, "0 ms"],
		[840.4, "840 ms"],
		[2_400, "2.4 s"],
		[185_000, "3 min 5 s"],
		[59_990, "1 min 0 s"],
		[119_700, "2 min 0 s"],
		[7_260_000, "2 h 1 min"],
	])("%d ms reads %s", (ms, words) => {
		expect(describeDuration(ms)).toBe(words);
	});
});
