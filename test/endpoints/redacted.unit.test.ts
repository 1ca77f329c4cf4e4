import { describe, expect, it } from "vitest";
import { keptRejection } from "../../worker/endpoints/redacted";
import { NO_PROOF } from "../../worker/integrations/redaction/credentials";
import { type Redaction, redactionSchema } from "../../worker/integrations/redaction/rules";

const KEPT_BYTES = 256 * 1024;

function kept(body: string, redaction: Partial<Redaction>, type = "text/plain") {
	const bytes = new TextEncoder().encode(body);
	const rejection = keptRejection(
		{
			code: "signature_invalid",
			httpStatus: 401,
			method: "POST",
			path: "/",
			query: "",
			headers: [["content-type", type]],
			size: bytes.byteLength,
			body: bytes.buffer,
		},
		{
			redaction: redactionSchema.parse(redaction),
			proof: NO_PROOF,
			keys: `1:${"2".repeat(64)}`,
			holder: { workspaceId: "w", integrationId: "i" },
			ordering: { mode: "none", key: null },
		},
	);
	return { ...rejection, text: new TextDecoder("utf-8", { fatal: true }).decode(rejection.body) };
}

describe("of a long body that was refused", () => {
	it("the start alone is looked through, and no value is cut in two", () => {
		for (const shift of [0, 1, 5, 9, 13]) {
			const { text, body, size } = kept(`${"x".repeat(shift)} ${"4111111111111111 ".repeat(600_000)}`, { patterns: ["card"] });
			expect(body.byteLength).toBeLessThan(KEPT_BYTES);
			expect(body.byteLength).toBeGreaterThan(100_000);
			expect(text).not.toMatch(/\d/);
			expect(size).toBeGreaterThan(10_000_000);
		}
	});

	it("enough is kept where nothing is masked, also of letters of several bytes", () => {
		for (const letter of ["a", "é", "漢", "😀"]) {
			const { body, text } = kept(letter.repeat(400_000), { patterns: ["card"] });
			expect(body.byteLength).toBeGreaterThanOrEqual(KEPT_BYTES - 4);
			expect(text.replaceAll(letter, "").length).toBeLessThan(3);
		}
	});

	it("nothing is kept where fields are named that its start does not show", () => {
		const long = JSON.stringify({ pin: "s3cret", fill: "x".repeat(1_000_000) });
		const { body, detail } = kept(long, { fields: ["event.body.pin"] }, "application/json");
		expect(body.byteLength).toBe(0);
		expect(detail).toMatchObject({ masked: { bodyDropped: true } });
		const short = JSON.stringify({ pin: "s3cret", fill: "x".repeat(200_000) });
		expect(kept(short, { fields: ["event.body.pin"] }, "application/json").text).toMatch(/^\{"pin":"••••"/);
	});
});
