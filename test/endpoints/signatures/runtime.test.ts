import { describe, expect, it } from "vitest";
import { judgeOf, senderOfFile, trialOf, type VectorFile } from "../../connectors/vectors.ts";

declare global {
	interface ImportMeta {
		/** Vite's: the modules of a pattern, by their paths. */
		glob<Module>(pattern: string, options: { eager: true }): Record<string, { default: Module }>;
	}
}

const files = Object.values(import.meta.glob<VectorFile>("../../connectors/vectors/*.json", { eager: true })).map(
	(module) => module.default,
);

/** The runtime's cryptography is not Node's: keys, certificates and signatures are judged here once more. */
describe("in the Workers runtime", () => {
	it.each(files.map((file) => [file.sender, file] as const))("%s is accepted, and refused with another body, time or secret", (_, file) => {
		const sender = senderOfFile(file);
		for (const vector of file.vectors) {
			const judge = judgeOf(sender, vector);
			const trial = trialOf(vector);
			expect(judge(trial)).toEqual({ status: "verified", by: 0 });
			expect(judge({ ...trial, headers: [], body: new Uint8Array() })).toMatchObject({ status: "rejected" });
			expect(judge({ ...trial, secrets: [vector.otherSecret ?? "x"] })).toMatchObject({ status: "rejected" });
			if (vector.bound === undefined) {
				const body = Uint8Array.from(trial.body, (byte, index) => (index === 0 ? byte ^ 1 : byte));
				expect(judge({ ...trial, body })).toMatchObject({ status: "rejected" });
			}
		}
	});
});
