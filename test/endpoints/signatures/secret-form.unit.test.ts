import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { senderOf } from "../../../worker/connectors/senders";
import type { SchemeOptions } from "../../../worker/endpoints/signatures/check";
import { secretProblem } from "../../../worker/endpoints/signatures/secret-form";
import { senderOfFile, vectorFiles } from "../../connectors/vectors";

function problem(id: string, secret: string, options: SchemeOptions = {}): string | null {
	const sender = senderOf(id);
	if (sender === null) throw new Error(`There is no ${id}.`);
	return secretProblem(sender, secret, options);
}

const pem = (type: "rsa" | "ed25519") =>
	(type === "rsa" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ed25519")).publicKey.export({
		format: "pem",
		type: "spki",
	}) as string;

describe("a secret that can never be right", () => {
	it.each([
		["svix", "whsec_!!!", "base64 after whsec_"],
		["standard-webhooks", "whsec_a b", "base64"],
		["adyen", "xyz", "64 signs"],
		["authorize-net", "é", null],
		["squarespace", "not hex", "hexadecimal"],
		["basic", "nocolon", "colon in between"],
		["chargebee", "nocolon", "colon in between"],
		["discord", "abc", "64 signs"],
		["wise", "x", "BEGIN PUBLIC KEY"],
		["wise", '{"kty":"RSA"}', "JWK"],
		["ebay", "app only", "AppID:CertID"],
		["aws-sns", "orders", "arn:aws"],
	])("of %s, such as %s, is named for what it lacks", (id, secret, words) => {
		if (words === null) expect(problem(id, secret)).toBeNull();
		else expect(problem(id, secret)).toContain(words);
	});

	it("is a shared text where a token is signed with a key pair, or the other way round", () => {
		expect(problem("jwt", "x", { algorithm: "RS256" })).toContain("For RS256: Paste the public key");
		expect(problem("jwt", pem("ed25519"), { algorithm: "RS256" })).toContain("RS256");
		expect(problem("jwt", pem("rsa"), { algorithm: "HS256" })).toContain("shared secret");
		expect(problem("jwt", pem("rsa"), { algorithm: "RS256" })).toBeNull();
		expect(problem("jwt", "shared", { algorithm: "HS256" })).toBeNull();
	});

	it("is none of those that senders gave out", () => {
		const refused = vectorFiles().flatMap((file) =>
			file.vectors.flatMap(({ secrets, options = {} }) =>
				secrets.map((secret) => [file.sender, secretProblem(senderOfFile(file), secret, options)]).filter(([, words]) => words !== null),
			),
		);
		expect(refused).toEqual([]);
	});

	it("is no text that merely looks unusual: whoever signs with it may", () => {
		expect(problem("stripe", "pk_live_1")).toBeNull();
		expect(problem("header-token", "!")).toBeNull();
	});
});
