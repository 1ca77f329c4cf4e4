import { describe, expect, it } from "vitest";
import { causeWords, durationWords } from "../../../ui/pages/editor/logs/causes";
import type { ExplanationView } from "../../../worker/api/types";

const found = (part: Partial<ExplanationView>, evidence: Partial<ExplanationView["evidence"]> = {}): ExplanationView => ({
	cause: "wrong_secret",
	proven: false,
	how: null,
	sender: { id: "stripe", name: "Stripe", secret: "Signing secret", carriesSecret: false },
	other: null,
	evidence: {
		looked: null,
		length: null,
		secrets: 1,
		url: null,
		differenceSeconds: null,
		toleranceSeconds: null,
		size: 2,
		headers: [],
		...evidence,
	},
	whole: true,
	complete: true,
	...part,
});

describe("why a delivery was refused, in words", () => {
	it("says that it is a guess only where it is one", () => {
		expect(causeWords(found({})).title).toMatch(/^Probably: /);
		expect(causeWords(found({ cause: "body_changed", proven: true, how: "its JSON was written anew" })).title).toBe(
			"The body was changed on its way: its JSON was written anew",
		);
		expect(causeWords(found({ cause: "no_signature" })).title).toBe("It carries no signature of Stripe");
	});

	it("does not blame the secret alone where the URL is signed as well", () => {
		expect(causeWords(found({})).title).not.toContain("URL");
		const { title, advice } = causeWords(found({}, { url: "https://inlet.example/in/key" }));
		expect(title).toBe("Probably: It was signed with another secret than the one that is set here, or for another URL");
		expect(advice).toContain("Stripe signs the URL as well");
	});

	it("names a setting for the time only where there is one", () => {
		const own = { id: "hmac", name: "Custom HMAC", secret: "Secret", carriesSecret: false };
		expect(causeWords(found({ cause: "other_time", sender: own })).advice).toContain("set the same in the Webhook tab");
		expect(causeWords(found({ cause: "other_time" })).advice).not.toContain("Webhook tab");
	});

	it("tells whose clock is wrong and by how much", () => {
		const clock = (differenceSeconds: number) =>
			causeWords(found({ cause: "clock", proven: true }, { differenceSeconds, toleranceSeconds: 300 }));
		expect(clock(7_200).title).toBe("It was signed 2 hours before it came");
		expect(clock(-600)).toMatchObject({
			title: "It was signed 10 minutes in the future",
			advice: expect.stringContaining("5 minutes are allowed"),
		});
	});

	it("speaks of a token's end as its end, not as the time of its signing", () => {
		const expired = causeWords(found({ cause: "expired", proven: true }, { differenceSeconds: 500 }));
		expect(expired.title).toBe("Its token had run out 8 minutes before it came");
		expect(causeWords(found({ cause: "not_yet", proven: true }, { differenceSeconds: -500 })).title).toContain("only from 8 minutes after");
		expect(causeWords(found({ cause: "claim_differs", proven: true, how: "audience (aud)" })).title).toBe(
			"Its token is right, but names another audience (aud) than is set here",
		);
	});

	it("speaks of no signature where the secret itself comes along, nor of a description as if it were a system", () => {
		const token = { id: "bearer", name: "Bearer token", secret: "Token", carriesSecret: true };
		const { title, advice } = causeWords(found({ cause: "no_signature", sender: token }));
		expect(title).toBe("It does not carry what proves its sender: “Token”");
		expect(advice).toContain("does not come from the sender");
	});

	it("names the sender that fits instead", () => {
		const other = causeWords(found({ cause: "other_sender", proven: true, other: { id: "svix", name: "Svix" } }));
		expect(other.title).toContain("Svix");
		expect(other.advice).toContain("choose that as the sender");
	});

	it("has something to do for every cause, and no gap in a sentence", () => {
		const causes: ExplanationView["cause"][] = [
			"no_signature",
			"wrong_secret",
			"secret_form",
			"body_changed",
			"url_differs",
			"clock",
			"expired",
			"not_yet",
			"claim_differs",
			"older_signature",
			"other_sender",
			"other_algorithm",
			"other_time",
			"sent_twice",
			"malformed",
			"key",
			"no_secret",
			"accepted_now",
		];
		for (const cause of causes) {
			const { title, advice } = causeWords(found({ cause, sender: null }));
			expect(`${title} ${advice}`, cause).not.toMatch(/undefined|null| {2}|: *$/);
			expect(advice.length, cause).toBeGreaterThan(20);
		}
	});

	it.each([
		[45, "45 seconds"],
		[300, "5 minutes"],
		[7_200, "2 hours"],
		[864_000, "10 days"],
	])("%d s are %s", (seconds, words) => expect(durationWords(seconds)).toBe(words));
});
