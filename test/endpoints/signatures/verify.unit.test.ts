import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SignatureScheme } from "../../../worker/connectors/scheme.ts";
import { SENDERS, senderOf } from "../../../worker/connectors/senders/index.ts";
import type { SchemeOptions } from "../../../worker/endpoints/signatures/check.ts";
import { customScheme } from "../../../worker/endpoints/signatures/custom.ts";
import type { SignedRequest } from "../../../worker/endpoints/signatures/request.ts";
import type { Fetched } from "../../../worker/endpoints/signatures/verdict.ts";
import { prepare, verify } from "../../../worker/endpoints/signatures/verify.ts";
import { trialOf, type Vector, vectorFiles, requestOf as vectorRequest } from "../../connectors/vectors.ts";

const FILES = vectorFiles();
const NOW = Date.parse("2026-11-22T10:00:00Z");
const SECRET = "a-secret-that-is-long-enough";

function requestOf(headers: Record<string, string>, body = "{}", url = "https://inlet.example/in/key"): SignedRequest {
	return { method: "POST", url, headers: Object.entries(headers), body: Uint8Array.from(new TextEncoder().encode(body)).buffer };
}

function schemeOf(id: string): SignatureScheme {
	const sender = senderOf(id);
	if (sender === null) throw new Error(`no sender ${id}`);
	return sender.signature;
}

function judged(id: string, secrets: string[], request: SignedRequest, options: SchemeOptions = {}, fetched?: Fetched) {
	return verify(prepare(schemeOf(id), secrets, options), request, NOW, fetched);
}

function vectorOf(sender: string): Vector {
	const vector = FILES.find((file) => file.sender === sender)?.vectors[0];
	if (vector === undefined) throw new Error(`no vector of ${sender}`);
	return vector;
}

describe("a secret's form decides", () => {
	it("so that GitLab's signing token is never taken as a plain one", () => {
		const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
		expect(judged("gitlab", [secret], requestOf({ "x-gitlab-token": secret }))).toMatchObject({ code: "signature_missing" });
		expect(judged("gitlab", ["plain"], requestOf({ "x-gitlab-token": "plain" }))).toEqual({ status: "verified", by: 0 });
	});

	it("so that two live secrets of different forms are told apart", () => {
		const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "plain"];
		expect(judged("gitlab", secrets, requestOf({ "x-gitlab-token": "plain" }))).toEqual({ status: "verified", by: 1 });
	});

	it.each([
		["discord", "not a key"],
		["sendgrid", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"],
		["wise", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"],
		["adyen", "no hex"],
		["standard-webhooks", "whsec_!!!"],
		["basic", "no colon"],
		["ebay", "no pair"],
		["aws-sns", "no arn"],
		["bearer", "  "],
		["github", ""],
		["github", "   "],
	])("so that %s refuses everything with %j", (id, secret) => {
		expect(judged(id, [secret], requestOf({}))).toMatchObject({ status: "rejected", reason: { kind: "secret_unusable" } });
	});
});

describe("tokens", () => {
	const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const hs256 = (header: object, claims: object, key: string) => {
		const text = `${part(header)}.${part(claims)}`;
		return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
	};
	const verdict = (token: string, secret: string, options: SchemeOptions) =>
		judged("jwt", [secret], requestOf({ authorization: `Bearer ${token}` }), options);
	const iat = NOW / 1000;

	it("do not make a public key a shared one", () => {
		const forged = hs256({ alg: "HS256" }, { iat }, pem);
		expect(verdict(forged, pem, { algorithm: "RS256" })).toMatchObject({ reason: { kind: "algorithm_refused", algorithm: "HS256" } });
		expect(verdict(forged, pem, { algorithm: "HS256" })).toMatchObject({ reason: { kind: "secret_unusable" } });
	});

	it("that name RS256 and are an HMAC of the public key are refused", () => {
		expect(verdict(hs256({ alg: "RS256" }, { iat }, pem), pem, { algorithm: "RS256" })).toMatchObject({ reason: { kind: "no_match" } });
	});

	it("without a signature, with none, or with what must be understood are refused", () => {
		const claims = part({ iat });
		expect(verdict(`${part({ alg: "none" })}.${claims}.`, SECRET, { algorithm: "HS256" })).toMatchObject({ reason: { kind: "malformed" } });
		expect(verdict(`${part({ alg: "none" })}.${claims}.AAAA`, SECRET, { algorithm: "HS256" })).toMatchObject({
			reason: { kind: "algorithm_refused" },
		});
		expect(verdict(hs256({ alg: "HS256", crit: ["b64"], b64: false }, { iat }, SECRET), SECRET, { algorithm: "HS256" })).toMatchObject({
			reason: { kind: "malformed" },
		});
	});

	it("are held to exp, nbf and iat, and to numbers there", () => {
		const at = (claims: object, options: SchemeOptions = {}) =>
			verdict(hs256({ alg: "HS256" }, claims, SECRET), SECRET, { algorithm: "HS256", ...options });
		expect(at({ exp: iat + 1 })).toMatchObject({ status: "verified" });
		expect(at({ exp: iat - 61 })).toMatchObject({ code: "timestamp_out_of_range" });
		expect(at({ nbf: iat + 61 })).toMatchObject({ code: "timestamp_out_of_range" });
		expect(at({ exp: "tomorrow" })).toMatchObject({ code: "signature_invalid" });
		expect(at({}, { toleranceSeconds: 60 })).toMatchObject({ code: "signature_missing" });
	});

	it("for somebody else, or of somebody else, are refused", () => {
		const token = hs256({ alg: "HS256" }, { iat, aud: ["a", "b"], iss: "sender" }, SECRET);
		expect(verdict(token, SECRET, { algorithm: "HS256", audience: "b", issuer: "sender" })).toMatchObject({ status: "verified" });
		expect(verdict(token, SECRET, { algorithm: "HS256", audience: "c" })).toMatchObject({
			reason: { kind: "claim_mismatch", claim: "aud" },
		});
		expect(verdict(token, SECRET, { algorithm: "HS256", issuer: "x" })).toMatchObject({ reason: { kind: "claim_mismatch", claim: "iss" } });
	});

	it("signed with RS256 by the right key are accepted, as proof that the others fail for their own fault", () => {
		const text = `${part({ alg: "RS256" })}.${part({ iat })}`;
		const token = `${text}.${createSign("sha256").update(text).sign(privateKey).toString("base64url")}`;
		expect(verdict(token, pem, { algorithm: "RS256" })).toEqual({ status: "verified", by: 0 });
	});
});

describe("a certificate named by the request", () => {
	const paypal = vectorOf("paypal");
	const withUrl = (url: string) => {
		const { headers } = paypal.request;
		return judged("paypal", paypal.secrets, requestOf({ ...headers, "paypal-cert-url": url }, paypal.request.body));
	};

	it("is asked for at PayPal's own host", () => {
		const url = paypal.request.headers["paypal-cert-url"] ?? "";
		expect(withUrl(url)).toEqual({
			status: "needs",
			fetch: expect.objectContaining({ url, hosts: ["api.sandbox.paypal.com"], method: "GET", headers: {} }),
		});
	});

	it.each([
		"http://api.paypal.com/v1/notifications/certs/CERT-1",
		"https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
		"https://evil.example/v1/notifications/certs/CERT-1",
		"https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
		"https://evil.example\\@api.paypal.com/v1/notifications/certs/CERT-1",
		"https://user@api.paypal.com/v1/notifications/certs/CERT-1",
		"https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
		"https://api.paypal.com/v1/notifications/certs/../../oauth2/token",
		"https://api.paypal.com/v1/notifications/certs/CERT-1?x=1",
		"https://api.paypal.com/v1/payments",
		"//api.paypal.com/v1/notifications/certs/CERT-1",
		"not a url",
	])("is never asked for at %s", (url) => {
		expect(withUrl(url)).toMatchObject({ status: "rejected", reason: { kind: "key_refused" } });
	});

	it("is refused where it is none, of another kind, or out of its time; and missed where it cannot be had", () => {
		const name = `certificate ${paypal.request.headers["paypal-cert-url"]}`;
		const request = vectorRequest(trialOf(paypal));
		const withAnswer = (answer: Uint8Array | null, at = NOW) =>
			verify(prepare(schemeOf("paypal"), paypal.secrets), request, at, new Map([[name, answer]]));
		expect(withAnswer(new TextEncoder().encode("no certificate"))).toMatchObject({ reason: { kind: "key_refused" } });
		expect(withAnswer(null)).toMatchObject({ reason: { kind: "key_unavailable" } });
		const certificate = new TextEncoder().encode(paypal.fetched?.[name]);
		expect(withAnswer(certificate)).toEqual({ status: "verified", by: 0 });
		expect(withAnswer(certificate, Date.parse("2046-01-01"))).toMatchObject({ reason: { kind: "key_refused" } });
	});

	it.each([
		"https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem",
		"https://sns.us-east-1.amazonaws.com/bucket/SimpleNotificationService-0.pem",
		"https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem?x",
		"https://sns.amazonaws.com/SimpleNotificationService-0.pem",
		"https://s3.amazonaws.com/SimpleNotificationService-0.pem",
		"https://snsXus-east-1.amazonaws.com/SimpleNotificationService-0.pem",
	])("is never asked of SNS at %s", (url) => {
		const sns = vectorOf("aws-sns");
		const body = JSON.stringify({ ...JSON.parse(sns.request.body ?? ""), SigningCertURL: url });
		expect(judged("aws-sns", sns.secrets, requestOf({}, body))).toMatchObject({ status: "rejected", reason: { kind: "key_refused" } });
	});
});

describe("a key handed out by the sender", () => {
	it("is asked for with the owner's credentials and filed under their name alone", () => {
		const { secrets, request, options = {} } = vectorOf("plaid");
		const first = judged("plaid", secrets, requestOf(request.headers, request.body), options);
		const second = judged("plaid", ["another-secret"], requestOf(request.headers, request.body), options);
		if (first.status !== "needs" || second.status !== "needs") throw new Error("expected both to ask for a key");
		expect(first.fetch).toMatchObject({ hosts: ["sandbox.plaid.com"], method: "POST" });
		expect(first.fetch.name).not.toBe(second.fetch.name);
		expect(first.fetch.name).not.toContain(secrets[0]);
	});

	it("is asked for at eBay with a token that is asked for first", () => {
		const { secrets, request, fetched = {} } = vectorOf("ebay");
		const first = judged("ebay", secrets, requestOf(request.headers, request.body));
		if (first.status !== "needs") throw new Error("expected a token to be asked for");
		expect(first.fetch.url).toBe("https://api.ebay.com/identity/v1/oauth2/token");
		const token = new Map([[first.fetch.name, new TextEncoder().encode(fetched[first.fetch.name])]]);
		expect(judged("ebay", secrets, requestOf(request.headers, request.body), {}, token)).toMatchObject({
			status: "needs",
			fetch: {
				url: expect.stringContaining("https://api.ebay.com/commerce/notification/v1/public_key/"),
				headers: { authorization: "Bearer v^1.1" },
			},
		});
	});
});

describe("a list in the body", () => {
	it.each([
		["one element without the state", { value: [{ clientState: SECRET }, {}] }],
		["one with another", { value: [{ clientState: SECRET }, { clientState: "x" }] }],
		["one that is an object", { value: [{ clientState: SECRET }, { clientState: { toString: SECRET } }] }],
		["no elements", { value: [] }],
		["no list", { value: { clientState: SECRET } }],
		["a state of the prototype", { value: [{ __proto__: { clientState: SECRET } }] }],
	])("is refused with %s", (_, body) => {
		expect(judged("microsoft-graph", [SECRET], requestOf({}, JSON.stringify(body)))).toMatchObject({ status: "rejected" });
	});

	it.each(["adyen", "aws-sns", "mailgun", "microsoft-graph"])("of %s is refused where lists stand deep in place of texts", (id) => {
		const { request, secrets, fetched = {} } = vectorOf(id);
		const answers = new Map(Object.entries(fetched).map(([name, text]) => [name, new TextEncoder().encode(text)]));
		const deep = "[".repeat(50_000) + "]".repeat(50_000);
		const members = [...(request.body ?? "").matchAll(/:("(?:[^"\\]|\\.)*"|\d+)/g)];
		expect(members.length).toBeGreaterThan(2);
		for (const member of members) {
			const body = `${request.body?.slice(0, member.index)}:${deep}${request.body?.slice(member.index + member[0].length)}`;
			expect(["rejected", "verified"]).toContain(judged(id, secrets, requestOf(request.headers, body), {}, answers).status);
		}
		expect(judged(id, secrets, requestOf(request.headers, deep), {}, answers)).toMatchObject({ status: "rejected" });
	});

	it("is refused where its bytes are no UTF-8, whatever they would be read as", () => {
		const secret = "state-\ufffd-of-the-client";
		const body = JSON.stringify({ value: [{ clientState: secret }] });
		expect(judged("microsoft-graph", [secret], requestOf({}, body))).toEqual({ status: "verified", by: 0 });
		const bytes = Buffer.from(body.replace("\ufffd", "\u00ff"), "latin1");
		const request = { ...requestOf({}), body: Uint8Array.from(bytes).buffer };
		expect(judged("microsoft-graph", [secret], request)).toMatchObject({ code: "signature_missing" });
	});

	it("is refused where one item of Adyen's is not signed", () => {
		const { secrets, request } = vectorOf("adyen");
		const body = JSON.parse(request.body ?? "") as { notificationItems: { NotificationRequestItem: Record<string, unknown> }[] };
		const [signed] = body.notificationItems;
		const unsigned = { NotificationRequestItem: { ...signed?.NotificationRequestItem, pspReference: "forged", additionalData: {} } };
		const more = { ...body, notificationItems: [signed, unsigned] };
		expect(judged("adyen", secrets, requestOf({}, JSON.stringify(more)))).toMatchObject({ code: "signature_missing" });
		expect(judged("adyen", secrets, requestOf({}, JSON.stringify({ ...body, notificationItems: [] })))).toMatchObject({
			code: "signature_missing",
		});
	});
});

describe("hostile headers", () => {
	it("with more signatures than any sender sends are refused before a hash is made", () => {
		const signature = `t=${NOW / 1000},${Array.from({ length: 101 }, () => `v1=${"0".repeat(64)}`).join(",")}`;
		expect(judged("stripe", [SECRET], requestOf({ "stripe-signature": signature }))).toMatchObject({ reason: { kind: "malformed" } });
	});

	it("with two timestamps are refused, whichever is signed", () => {
		const time = NOW / 1000;
		const signature = createHmac("sha256", SECRET).update(`${time}.{}`).digest("hex");
		expect(judged("stripe", [SECRET], requestOf({ "stripe-signature": `t=${time},v1=${signature}` }))).toMatchObject({
			status: "verified",
		});
		for (const header of [`t=${time},t=1,v1=${signature}`, `t=1,t=${time},v1=${signature}`, `t=${time},v1=${signature},t=${time}`]) {
			expect(judged("stripe", [SECRET], requestOf({ "stripe-signature": header }))).toMatchObject({ reason: { kind: "malformed" } });
		}
	});

	it("with one signature that is none beside a right one are refused", () => {
		const time = NOW / 1000;
		const signature = createHmac("sha256", SECRET).update(`${time}.{}`).digest("hex");
		for (const header of [`t=${time},v1=${signature},v1=zz`, `t=${time},v1=,v1=${signature}`, `t=${time},v1=${signature},\tt=1`]) {
			expect(judged("stripe", [SECRET], requestOf({ "stripe-signature": header }))).toMatchObject({ reason: { kind: "malformed" } });
		}
	});

	it("with two sets of pairs are refused where their times differ", () => {
		const time = NOW / 1000;
		const set = (at: number, key: string) => `t=${at},v1=${createHmac("sha256", key).update(`${at}.{}`).digest("hex")}`;
		const verdict = (header: string) => judged("persona", [SECRET], requestOf({ "persona-signature": header }));
		expect(verdict(`${set(time, "another")} ${set(time, SECRET)}`)).toEqual({ status: "verified", by: 0 });
		expect(verdict(`${set(time, "another")} ${set(time - 10_000, SECRET)}`)).toMatchObject({ reason: { kind: "malformed" } });
	});

	it("that leave out what is signed are told apart from those that are wrong", () => {
		const { request, secrets } = vectorOf("standard-webhooks");
		const { "webhook-id": _, ...others } = request.headers;
		expect(judged("standard-webhooks", secrets, requestOf(others, request.body))).toMatchObject({
			reason: { kind: "part_missing", where: "header webhook-id" },
		});
	});

	it("that Contentful signs are refused where the time is not among them", () => {
		const secret = "0a1b2c3d".repeat(8);
		const verdict = (list: string) => {
			const headers: Record<string, string> = { "x-contentful-signed-headers": list, "x-contentful-timestamp": String(NOW) };
			const lines = list.split(",").map((name) => `${name}:${headers[name]}`);
			const signature = createHmac("sha256", secret)
				.update(`POST\n/in/key\n${lines.join(";")}\n{}`)
				.digest("hex");
			return judged("contentful", [secret], requestOf({ ...headers, "x-contentful-signature": signature }));
		};
		expect(verdict("x-contentful-signed-headers,x-contentful-timestamp")).toEqual({ status: "verified", by: 0 });
		expect(verdict("x-contentful-signed-headers")).toMatchObject({ reason: { kind: "part_missing" } });
		expect(verdict("x-contentful-timestamp")).toMatchObject({ reason: { kind: "part_missing" } });
	});

	it("and bodies of any kind are refused by every sender, and break nothing", () => {
		const header = fc.oneof(
			fc.string(),
			fc.string({ unit: "binary" }),
			fc.base64String(),
			fc.constantFrom("t=1,v1=00", "v1,AAAA", "Basic Og==", "a.b.c", "{}"),
		);
		const body = fc.oneof(
			fc.uint8Array({ maxLength: 60 }),
			fc.json().map((text) => new TextEncoder().encode(text)),
		);
		const prepared = SENDERS.map((sender) => {
			const vector = FILES.find((file) => file.sender === sender.id)?.vectors[0];
			return {
				sender,
				names: Object.keys(vector?.request.headers ?? {}),
				prepared: prepare(sender.signature, [vector?.secrets[0] ?? SECRET], vector?.options),
			};
		});
		fc.assert(
			fc.property(fc.infiniteStream(header), body, (values, bytes) => {
				for (const { sender, names, prepared: own } of prepared) {
					const headers = names.map((name): [string, string] => [name, values.next().value ?? ""]);
					const request = { method: "POST", url: "https://inlet.example/in/key?x=%", headers, body: Uint8Array.from(bytes).buffer };
					const verdict = verify(own, request, NOW);
					if (verdict.status !== "rejected") throw new Error(`${sender.id} says ${verdict.status}`);
				}
			}),
			{ numRuns: 100 },
		);
	});
});

describe("a description of one's own", () => {
	it.each([
		["header", {}],
		["header", { header: "bad header" }],
		["algorithm", { header: "x-sig", algorithm: "md5" }],
		["encoding", { header: "x-sig", encoding: "binary" }],
		["key", { header: "x-sig", key: "rot13" }],
		["parts", { header: "x-sig", parts: "{timestamp}", timestampHeader: "x-time" }],
		["timestampHeader", { header: "x-sig", parts: "{timestamp}{body}" }],
		["timestampHeader", { header: "x-sig", timestampHeader: "x-time" }],
		["timestampUnit", { header: "x-sig", timestampUnit: "minutes" }],
		["toleranceSeconds", { header: "x-sig", toleranceSeconds: 0 }],
	])("is refused for its %s: %j", (option, options) => {
		expect(customScheme("hmac", options)).toMatchObject({ status: "wrong", option });
		expect(verify(prepare({ kind: "custom", as: "hmac" }, [SECRET], options), requestOf({ "x-sig": "00" }), NOW)).toMatchObject({
			status: "rejected",
		});
	});

	it("takes a text with other braces as it stands", () => {
		const answer = customScheme("hmac", { header: "x-sig", parts: "{x}{body}{" });
		expect(answer).toMatchObject({ status: "scheme", scheme: { message: [{ text: "{x}" }, "body", { text: "{" }] } });
	});
});
