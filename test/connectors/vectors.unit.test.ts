import { writeSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { DirectScheme } from "../../worker/connectors/scheme.ts";
import { schemesOf } from "../../worker/endpoints/signatures/verify.ts";
import {
	bodyFlips,
	bodyLengths,
	fieldChanges,
	headerChanges,
	headersOf,
	type Mutant,
	otherSecretOf,
	signatureChanges,
	signatureHeadersOf,
	signaturesIn,
	targetChanges,
	timestampChanges,
	timestampOf,
} from "./mutations.ts";
import { judgeOf, senderOfFile, trialOf, type Vector, vectorFiles } from "./vectors.ts";

const files = vectorFiles();
/** Requests judged for each sender on average; far fewer would mean that changes are no longer made. */
const CHECKS_MIN = 1_000;
let checks = 0;
const judged = new Set<string>();

afterAll(() => {
	// Past the reporter, which shows what tests print only where they fail.
	writeSync(1, `signatures: ${checks} checks over ${judged.size} senders\n`);
	if (judged.size === files.length) expect(checks).toBeGreaterThan(CHECKS_MIN * files.length);
});

describe.each(files.map((file) => [file.sender, file] as const))("%s", (_, file) => {
	const sender = senderOfFile(file);

	describe.each(file.vectors.map((vector) => [vector.about, vector] as const))("%s", (_about, vector) => {
		const judge = judgeOf(sender, vector);
		const scheme = schemeOf(vector);

		function refuses(mutants: Iterable<Mutant>): number {
			const accepted: string[] = [];
			let count = 0;
			for (const [what, trial] of mutants) {
				if (judge(trial).status === "verified") accepted.push(what);
				count++;
			}
			checks += count;
			expect(accepted).toEqual([]);
			return count;
		}

		it("is accepted", () => {
			expect(judge(trialOf(vector))).toEqual({ status: "verified", by: 0 });
			checks++;
			judged.add(file.sender);
		});

		it("is refused with any bit of the body changed that the scheme covers", () => {
			const changed = refuses(bodyFlips(vector));
			if (vector.bound === undefined) expect(changed).toBeGreaterThanOrEqual(Math.min(160, trialOf(vector).body.byteLength * 8));
			refuses(bodyLengths(vector));
		});

		it("is refused with any bit of the signature changed", () => {
			const signatures = signaturesIn(scheme, vector);
			if (signatures.length === 0) expect("in" in scheme && "json" in scheme.in).toBe(true);
			else expect(refuses(signatureChanges(signatures, vector))).toBeGreaterThan(8);
		});

		it("is refused with any bit of the timestamp changed", () => {
			const changed = refuses(timestampChanges(scheme, vector));
			if ("timestamp" in scheme && scheme.timestamp) expect(changed).toBeGreaterThan(80);
		});

		it("is refused without a header that it needs, and with one sent twice", () => {
			refuses(headerChanges(headersOf(scheme, vector), scheme, vector));
			refuses(fieldChanges(scheme, vector));
			const [first] = headersOf(scheme, vector);
			if (first !== undefined && scheme.kind !== "bespoke") {
				const left = [first, ...signatureHeadersOf(scheme, vector)];
				const headers = trialOf(vector).headers.filter(([name]) => !left.includes(name));
				expect(judge({ ...trialOf(vector), headers })).toMatchObject({ status: "rejected", code: "signature_missing" });
			}
		});

		it("is refused at another URL, where that is signed", () => {
			refuses(targetChanges(scheme, vector));
		});

		it("is refused with another secret or none, and accepted with either of two", () => {
			const trial = trialOf(vector);
			const [secret = ""] = vector.secrets;
			const other = otherSecretOf(vector);
			refuses([[other], [], [""], ["  "], ["", other]].map((secrets) => [JSON.stringify(secrets), { ...trial, secrets }]));
			expect(judge({ ...trial, secrets: [secret, other] })).toEqual({ status: "verified", by: 0 });
			expect(judge({ ...trial, secrets: [other, secret] })).toEqual({ status: "verified", by: 1 });
			checks += 2;
		});

		it("is refused outside its window", () => {
			const trial = trialOf(vector);
			const width = windowSeconds(scheme);
			if (width === null) return;
			const isInside = (ms: number) => {
				checks++;
				return judge({ ...trial, now: trial.now + ms }).status === "verified";
			};
			const edge = (direction: 1 | -1) => {
				let [inside, outside] = [0, direction * (2 * width * 1000 + 1)];
				while (Math.abs(outside - inside) > 1) {
					const middle = Math.trunc((inside + outside) / 2);
					if (isInside(middle)) inside = middle;
					else outside = middle;
				}
				expect(judge({ ...trial, now: trial.now + outside })).toMatchObject({ status: "rejected", code: "timestamp_out_of_range" });
				return inside;
			};
			expect(isInside(2 * width * 1000 + 1)).toBe(false);
			// A stamp in whole seconds is met by a clock in whole seconds.
			const countsInMs = /^\d{13}$|\.\d/.test(timestampOf(scheme, vector) ?? "");
			expect(edge(1) - edge(-1)).toBe(2 * width * 1000 + (countsInMs ? 0 : 999));
		});
	});

	function schemeOf({ secrets, options = {} }: Vector): DirectScheme {
		const [[scheme] = []] = schemesOf(sender.signature, secrets, options);
		if (scheme === undefined) throw new Error("No scheme goes with this secret.");
		return scheme;
	}
});

/** How far a clock may differ; null where the scheme says nothing of when. */
function windowSeconds(scheme: DirectScheme): number | null {
	if ("timestamp" in scheme && scheme.timestamp) return scheme.timestamp.toleranceSeconds;
	return scheme.kind === "jwt" || scheme.kind === "bespoke" ? (scheme.toleranceSeconds ?? null) : null;
}
