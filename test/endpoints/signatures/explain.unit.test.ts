import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { SENDERS, senderOf } from "../../../worker/connectors/senders/index.ts";
import type { SchemeOptions } from "../../../worker/endpoints/signatures/check.ts";
import { type Explanation, explain } from "../../../worker/endpoints/signatures/explain.ts";
import type { SignedRequest } from "../../../worker/endpoints/signatures/request.ts";
import { prepare, verify } from "../../../worker/endpoints/signatures/verify.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const URL_IN = `https://inlet.example/in/${"0123456789abcdef".repeat(4)}`;
const SECRET = "a-secret-that-is-long-enough";

interface Given {
	sender: string;
	headers: Record<string, string>;
	body?: string;
	url?: string;
	secrets?: string[];
	options?: SchemeOptions;
	now?: number;
}

const hex = (text: string, key: string | Buffer = SECRET) => createHmac("sha256", key).update(text).digest("hex");
const base64 = (text: string, key: string | Buffer = SECRET) => createHmac("sha256", key).update(text).digest("base64");

function explained({ sender, headers, body = '{"a":1}', url = URL_IN, secrets = [SECRET], options = {}, now = NOW }: Given): Explanation {
	const known = senderOf(sender);
	if (known === null) throw new Error(`no sender ${sender}`);
	const bytes = new TextEncoder().encode(body).slice().buffer;
	const request: SignedRequest = { method: "POST", url, headers: Object.entries(headers), body: bytes };
	const rejected = verify(prepare(known.signature, secrets, options), request, now);
	if (rejected.status !== "rejected") throw new Error(`expected a refusal, it is ${rejected.status}`);
	const explanation = explain({ sender: known, secrets, options, request, at: now, rejected }, SENDERS);
	for (const secret of secrets) if (secret.length > 5) expect(JSON.stringify(explanation)).not.toContain(secret.trim());
	return explanation;
}

describe("why a delivery was refused", () => {
	it("says that there is no signature, and which headers came", () => {
		const explanation = explained({ sender: "github", headers: { "content-type": "application/json", "x-other": "1" } });
		expect(explanation).toMatchObject({ cause: "no_signature", proven: false, how: "header x-hub-signature-256" });
		expect(explanation.headers).toEqual(["content-type", "x-other"]);
	});

	it("names another sender whose signature is there and fits", () => {
		const headers = { "x-hub-signature-256": `sha256=${hex('{"a":1}')}` };
		expect(explained({ sender: "stripe", headers })).toMatchObject({ cause: "other_sender", proven: true });
	});

	it("names a sender whose signature is there, even where it does not fit", () => {
		const explanation = explained({ sender: "github", headers: { "stripe-signature": `t=1,v1=${"0".repeat(64)}` } });
		expect(explanation).toMatchObject({ cause: "other_sender", proven: false, senderId: "stripe", how: "Stripe" });
	});

	it("names of several with one scheme the one whose further headers came, and before all the one that they have it from", () => {
		const signed = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
		expect(explained({ sender: "stripe", headers: signed }).senderId).toBeNull();
		expect(explained({ sender: "stripe", headers: { ...signed, "x-github-event": "push" } })).toMatchObject({
			senderId: "github",
			how: "GitHub",
		});
		const standard = { "webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA" };
		const { senderId, how } = explained({ sender: "stripe", headers: standard });
		expect([senderId, how?.split(", ")[0], how?.endsWith(" or another")]).toEqual([null, "Standard Webhooks", true]);
	});

	it("takes a token in a header that everybody uses for no sender's signature", () => {
		const explanation = explained({ sender: "stripe", headers: { authorization: "Bearer of something else" } });
		expect(explanation).toMatchObject({ cause: "no_signature", proven: false });
	});

	it("names a sender that needs a module of its own", () => {
		const headers = { "x-twilio-signature": createHmac("sha1", "another").update("x").digest("base64"), "content-type": "text/plain" };
		expect(explained({ sender: "github", headers, body: "" })).toMatchObject({ cause: "other_sender", senderId: "twilio" });
	});

	it("supposes a wrong secret where nothing fits", () => {
		const headers = { "x-hub-signature-256": `sha256=${hex('{"a":1}', "another secret")}` };
		expect(explained({ sender: "github", headers })).toMatchObject({ cause: "wrong_secret", proven: false, complete: true });
	});

	it.each([
		["white space around it", `${SECRET}\n`, SECRET],
		["quotation marks", `"${SECRET}"`, SECRET],
		["base64 to be decoded", Buffer.from("raw key bytes here").toString("base64"), Buffer.from("raw key bytes here")],
		["hex to be decoded", "00ff10203040506070", Buffer.from("00ff10203040506070", "hex")],
	])("finds that the secret has another form: %s", (_, entered, key) => {
		const headers = { "x-hub-signature-256": `sha256=${hex('{"a":1}', key)}` };
		expect(explained({ sender: "github", headers, secrets: [entered] })).toMatchObject({ cause: "secret_form", proven: true });
	});

	it("finds that whsec_ is part of the key, or that it is not", () => {
		const secret = `whsec_${Buffer.from("0123456789abcdef01234567").toString("base64")}`;
		const headers = { "webhook-id": "m", "webhook-timestamp": String(NOW / 1000) };
		const signed = `m.${NOW / 1000}.{"a":1}`;
		const signature = `v1,${base64(signed, secret)}`;
		expect(
			explained({ sender: "standard-webhooks", headers: { ...headers, "webhook-signature": signature }, secrets: [secret] }),
		).toMatchObject({ cause: "secret_form", proven: true, how: "its plain text is the key" });
	});

	it.each([
		["its JSON was written anew", '{"a":1,"ü":"x/y"}', '{"a": 1,  "ü":"x/y"}'],
		["its JSON was written anew, with spaces", '{"a": 1, "ü": "x/y"}', '{"a":1,"ü":"x/y"}'],
		["slashes in its JSON were written differently", '{"a":1,"ü":"x\\/y"}', '{"a":1,"ü":"x/y"}'],
		["letters beyond ASCII were written differently", '{"a":1,"\\u00fc":"x/y"}', '{"a":1,"ü":"x/y"}'],
		["a line end after it was removed", '{"a":1}\n', '{"a":1}'],
		["white space around it was removed or added", '{"a":1}', '{"a":1}\n'],
		["a byte order mark was removed", '\ufeff{"a":1}', '{"a":1}'],
		["line ends were rewritten", "a\nb", "a\r\nb"],
	])("finds that the body was changed on the way: %s", (how, signed, arrived) => {
		const headers = { "x-hub-signature-256": `sha256=${hex(signed)}` };
		expect(explained({ sender: "github", headers, body: arrived })).toMatchObject({ cause: "body_changed", proven: true, how });
	});

	it.each([
		["it signs http://", URL_IN.replace("https", "http"), URL_IN],
		["it signs the port, too", URL_IN.replace("example", "example:443"), URL_IN],
		["it signs the host without the port", URL_IN, URL_IN.replace("example", "example:8443")],
		["it signs a slash at the end", `${URL_IN}/`, URL_IN],
		["it signs no slash at the end", `${URL_IN}/orders`, `${URL_IN}/orders/`],
		["it signs the URL without the query", URL_IN, `${URL_IN}?x=1`],
		["it signs the URL without what follows the key", URL_IN, `${URL_IN}/orders`],
	])("finds that the sender knows another URL: %s", (how, signed, url) => {
		const headers = { "x-square-hmacsha256-signature": base64(`${signed}{"a":1}`) };
		expect(explained({ sender: "square", headers, url })).toMatchObject({ cause: "url_differs", proven: true, how });
	});

	it("tells by how much the clock differs, where all else is right", () => {
		const then = NOW / 1000 - 3_600;
		const headers = { "stripe-signature": `t=${then},v1=${hex(`${then}.{"a":1}`)}` };
		expect(explained({ sender: "stripe", headers })).toMatchObject({ cause: "clock", proven: true, differenceSeconds: 3_600 });
	});

	describe("of a token that is right but for what it says", () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
		const now = NOW / 1000;
		const jwt = (claims: object, sender = "jwt", options: SchemeOptions = { algorithm: "HS256", audience: "inlet", issuer: "shop" }) => {
			const text = `${part({ alg: "HS256" })}.${part(claims)}`;
			const token = `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
			return explained({ sender, headers: { authorization: token }, options });
		};
		const right = { aud: "inlet", iss: "shop", iat: now, exp: now + 60 };

		it("names the audience or the issuer, and blames no URL and no secret for it", () => {
			expect(jwt({ ...right, aud: "others" })).toMatchObject({ cause: "claim_differs", proven: true, how: "audience (aud)" });
			expect(jwt({ ...right, iss: "others" })).toMatchObject({ cause: "claim_differs", proven: true, how: "issuer (iss)" });
		});

		it("says of an audience that is the URL by its sender's rules that the URL differs", () => {
			expect(jwt({ aud: `${URL_IN}/other`, exp: now + 60 }, "monday", {})).toMatchObject({ cause: "url_differs", proven: true });
		});

		it("says when it ran out or begins, which is not when it was signed", () => {
			expect(jwt({ ...right, exp: now - 500 })).toMatchObject({ cause: "expired", proven: true, differenceSeconds: 500 });
			expect(jwt({ ...right, nbf: now + 500 })).toMatchObject({ cause: "not_yet", proven: true, differenceSeconds: -500 });
		});
	});

	it("knows GitHub's older header for what it is, and takes it for nobody else's", () => {
		const sha1 = (key: string) => ({ "x-hub-signature": `sha1=${createHmac("sha1", key).update('{"a":1}').digest("hex")}` });
		const how = "header x-hub-signature-256";
		expect(explained({ sender: "github", headers: sha1(SECRET) })).toMatchObject({
			cause: "older_signature",
			proven: true,
			senderId: null,
			how,
		});
		expect(explained({ sender: "github", headers: sha1("another") })).toMatchObject({
			cause: "older_signature",
			proven: false,
			senderId: null,
		});
	});

	it("finds the form of the secret also in a delivery that is old by now", () => {
		const then = NOW / 1000 - 3_600;
		const headers = { "stripe-signature": `t=${then},v1=${hex(`${then}.{"a":1}`)}` };
		expect(explained({ sender: "stripe", headers, secrets: [` ${SECRET}`] })).toMatchObject({ cause: "secret_form", proven: true });
	});

	it("finds that a time counts in milliseconds", () => {
		const options = { header: "x-sig", algorithm: "sha256", encoding: "hex", parts: "{timestamp}.{body}", timestampHeader: "x-time" };
		const headers = { "x-time": String(NOW), "x-sig": hex(`${NOW}.{"a":1}`) };
		expect(explained({ sender: "hmac", headers, options })).toMatchObject({ cause: "other_time", proven: true });
	});

	it("finds that a custom signature has another algorithm or encoding", () => {
		const options = { header: "x-sig", algorithm: "sha256", encoding: "hex" };
		const signature = createHmac("sha512", SECRET).update('{"a":1}').digest("base64");
		expect(explained({ sender: "hmac", headers: { "x-sig": signature }, options })).toMatchObject({
			cause: "other_algorithm",
			proven: true,
			how: "SHA-512 in base64",
		});
	});

	it("says that a header came twice", () => {
		const signature = `sha256=${hex('{"a":1}')}`;
		expect(explained({ sender: "github", headers: { "x-hub-signature-256": `${signature}, ${signature}` } })).toMatchObject({
			cause: "sent_twice",
			proven: true,
		});
	});

	it("says that a stored secret has not the sender's form", () => {
		expect(explained({ sender: "discord", headers: {}, secrets: ["no public key"] })).toMatchObject({ cause: "secret_form", proven: true });
	});

	it("ends soon with a body of 10 MB, and says that not everything was tried", () => {
		const body = `{"a":"${"x".repeat(10_000_000)}"}`;
		const before = performance.now();
		const explanation = explained({ sender: "github", headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, body });
		expect(explanation).toMatchObject({ cause: "wrong_secret", complete: false });
		expect(performance.now() - before).toBeLessThan(5_000);
	});

	it("reads a form once for all that it tries with it", () => {
		const sorted = vi.spyOn(Array.prototype, "toSorted");
		const headers = { "x-mandrill-signature": createHmac("sha1", "another").update("x").digest("base64") };
		const explanation = explained({ sender: "mandrill", headers, body: "b=1&a=2", url: `${URL_IN}/orders?x=1` });
		const sorts = sorted.mock.contexts.filter((list) => JSON.stringify(list) === '[["b","1"],["a","2"]]').length;
		sorted.mockRestore();
		expect(explanation).toMatchObject({ cause: "wrong_secret", complete: true });
		// Once when it came, and once for the explanation.
		expect(sorts).toBe(2);
	});

	it("names the number of its fields where a form has more than any sender writes", () => {
		const headers = { "x-mandrill-signature": createHmac("sha1", "another").update("x").digest("base64") };
		expect(explained({ sender: "mandrill", headers, body: "a&".repeat(3_000) })).toMatchObject({
			cause: "malformed",
			how: "form: it has more than 2000 fields",
		});
	});

	it("ends with JSON nested too deeply to be written again", () => {
		const body = "[".repeat(200_000) + "]".repeat(200_000);
		const headers = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
		expect(explained({ sender: "github", headers, body })).toMatchObject({ cause: "wrong_secret" });
	});
});
