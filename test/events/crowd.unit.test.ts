import { describe, expect, it } from "vitest";
import { afterGroup, type Crowd, NOBODY } from "../../worker/events/crowd";

/** Groups of those who keep sending one after the other, each again when it is answered: at most as many come in time. */
function groupsOf(senders: number, count: number): { sizes: number[]; vain: number } {
	let crowd: Crowd = NOBODY;
	let vain = 0;
	const sizes: number[] = [];
	for (let n = 0; n < count; n++) {
		const size = Math.min(senders, crowd.expected);
		if (size < crowd.expected) vain++;
		sizes.push(size);
		crowd = afterGroup(crowd, size);
	}
	return { sizes, vain };
}

describe("what is expected to come together", () => {
	it("is one at first, so that a lonely delivery waits for nobody", () => {
		expect(NOBODY.expected).toBe(1);
	});

	it.each([2, 5, 32])("becomes as many as %d senders at once, within a hundred groups", (senders) => {
		expect(groupsOf(senders, 100).sizes.slice(-10)).toEqual(Array.from({ length: 10 }, () => senders));
	});

	it("waits in vain with hardly more than one in a thousand deliveries of a single sender", () => {
		const { vain } = groupsOf(1, 10_000);
		expect(vain).toBeGreaterThan(0); // it keeps looking
		expect(vain).toBeLessThan(25);
	});

	it("shrinks at once when fewer come", () => {
		let crowd: Crowd = NOBODY;
		for (let n = 0; n < 50; n++) crowd = afterGroup(crowd, crowd.expected);
		expect(crowd.expected).toBeGreaterThan(20);
		expect(afterGroup(crowd, 3).expected).toBe(3);
	});

	it("never grows beyond sixty-four", () => {
		expect(Math.max(...groupsOf(1_000, 500).sizes)).toBe(64);
	});
});
