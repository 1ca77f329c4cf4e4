import { describe, expect, it } from "vitest";
import { TOKEN_HEADERS } from "../../worker/connectors/token-headers";
import { isSensitiveHeader, isSensitiveParameter, maskHeaders, maskValues, sensitiveValues } from "../../worker/events/mask";

describe("masking headers", () => {
	it.each([
		"Authorization",
		"proxy-authorization",
		"X-Api-Key",
		"apikey",
		"X-Gitlab-Token",
		"Cookie",
		"set-cookie",
		"X-Shop-Secret",
		"x_access_key",
	])("hides the value of %s", (name) => expect(isSensitiveHeader(name)).toBe(true));

	it.each(["content-type", "x-hub-signature-256", "stripe-signature", "idempotency-key", "x-request-id", "authority", "x-tokenizer"])(
		"shows the value of %s",
		(name) => expect(isSensitiveHeader(name)).toBe(false),
	);

	it("hides every header in which a sender sends its secret along", () => {
		expect([...TOKEN_HEADERS]).toEqual(
			expect.arrayContaining(["x-gitlab-token", "x-hook-secret", "x-telegram-bot-api-secret-token", "x-adobesign-clientid"]),
		);
		for (const name of TOKEN_HEADERS) expect(isSensitiveHeader(name.toUpperCase()), name).toBe(true);
	});

	it("keeps the scheme, so that a Basic where Bearer was meant is seen", () => {
		expect(
			maskHeaders([
				["authorization", "Bearer abc.def"],
				["x-api-key", "k-123"],
				["accept", "*/*"],
			]),
		).toEqual([
			["authorization", "Bearer ••••"],
			["x-api-key", "••••"],
			["accept", "*/*"],
		]);
	});

	it("does not take a secret that happens to have a space for a scheme", () => {
		expect(maskHeaders([["x-api-key", "hunter two"]])).toEqual([["x-api-key", "••••"]]);
	});
});

describe("masking what steps passed on", () => {
	const secrets = sensitiveValues([
		["authorization", "Bearer canary-1234"],
		["x-api-key", 'quoted"key'],
		["x-token", "abc"],
		["content-type", "application/json"],
	]);

	it("hides the sender's credentials wherever they stand, with and without their scheme", () => {
		const output = {
			headers: { authorization: "Bearer canary-1234" },
			note: 'key quoted"key, token canary-1234',
			type: "application/json",
		};
		expect(maskValues(output, secrets)).toEqual({
			headers: { authorization: "••••" },
			note: "key ••••, token ••••",
			type: "application/json",
		});
	});

	it("leaves everything else as it is, short values too", () => {
		const output = { a: [1, null, "abc"] };
		expect(maskValues(output, secrets)).toBe(output);
	});
});

describe("parameters of a query", () => {
	it.each([
		"token",
		"access_token",
		"accessToken",
		"hub.verify_token",
		"api_key",
		"apiKey",
		"apikey",
		"api-key",
		"secret",
		"sig",
		"signature",
		"Password",
		"X-Amz-Signature",
	])("hides the value of %s", (name) => expect(isSensitiveParameter(name)).toBe(true));

	it.each(["key", "order_key", "sku", "design", "signal", "tokenizer", "hub.challenge", "crc", "id", "monkeys", "from"])(
		"shows the value of %s",
		(name) => expect(isSensitiveParameter(name)).toBe(false),
	);
});
