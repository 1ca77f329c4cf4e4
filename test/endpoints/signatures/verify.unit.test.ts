import { createHmac, generateKeyPairSync, Hash, Hmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { SENDERS, senderOf } from "../../../worker/connectors/senders/index.ts";
import { customScheme } from "../../../worker/endpoints/signatures/custom.ts";
import { queryStringHashes } from "../../../worker/endpoints/signatures/query-string-hash.ts";
import { readingOf } from "../../../worker/endpoints/signatures/reading.ts";
import { prepare, verify } from "../../../worker/endpoints/signatures/verify.ts";
import { verifierOf, verifyFrom } from "../../../worker/endpoints/verifier.ts";
import { growth, LINEAR_MAX } from "../../given/growth.ts";
import { FILES, judged, NOW, requestOf, SECRET, schemeOf, vectorOf } from "./given.ts";

const EC_PEM = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }).toString();

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
		["wise", EC_PEM],
		["highlevel", EC_PEM],
		["sendgrid", EC_PEM],
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

describe("what a signature covers", () => {
	it("is the body, too, at Twilio: one that is no form must have its digest in the URL", () => {
		const sign = (text: string) => createHmac("sha1", SECRET).update(text).digest("base64");
		const url = "https://inlet.example/in/key";
		const json = { "content-type": "application/json" };
		const verdict = (headers: Record<string, string>, body: string, signed: string, at = url) =>
			judged("twilio", [SECRET], requestOf({ ...headers, "x-twilio-signature": sign(signed) }, body, at));
		expect(verdict(json, "", url)).toEqual({ status: "verified", by: 0 });
		expect(verdict(json, "{}", url)).toMatchObject({ reason: { kind: "part_missing", where: "query field bodySHA256" } });
		expect(verdict({ "content-type": "text/plain; application/x-www-form-urlencoded" }, "a=b", `${url}ab`)).toMatchObject({
			status: "rejected",
		});
		const wrong = `${url}?bodySHA256=${"0".repeat(64)}`;
		expect(verdict(json, "{}", wrong, wrong)).toMatchObject({ reason: { kind: "part_missing" } });
	});

	it("is all of Atlassian's query but the token", () => {
		const url = "https://inlet.example/in/key/events?b=2&a=1";
		expect(queryStringHashes("POST", `${url}&jwt=x.y.z`)).toEqual(queryStringHashes("POST", url));
		expect(queryStringHashes("POST", `${url}&jwt2=x.y.z`)).not.toEqual(queryStringHashes("POST", url));
		const repeated = (size: number) => `${url}${"&a".repeat(size)}`;
		expect(growth(repeated, (each) => queryStringHashes("POST", each), 8_000)).toBeLessThan(LINEAR_MAX);
	});
});

describe("a request from anybody", () => {
	it("is looked at for five signatures by a public key, since each hashes all of it again", () => {
		const { publicKey } = generateKeyPairSync("ed25519");
		const secret = `whpk_${publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64")}`;
		const signatures = (count: number) =>
			Array.from({ length: count }, (_, at) => `v1a,${Buffer.alloc(64, at + 1).toString("base64")}`).join(" ");
		const verdict = (count: number) =>
			judged(
				"standard-webhooks",
				[secret],
				requestOf({ "webhook-id": "m", "webhook-timestamp": String(NOW / 1000), "webhook-signature": signatures(count) }),
			);
		expect(verdict(5)).toMatchObject({ reason: { kind: "no_match", candidates: 5 } });
		expect(verdict(6)).toMatchObject({ reason: { kind: "malformed" } });
	});

	it("has its body hashed once a secret, however many signatures it offers", () => {
		const secret = `whsec_${Buffer.from(SECRET).toString("base64")}`;
		const prepared = prepare(schemeOf("standard-webhooks"), [secret]);
		const hashed = vi.spyOn(Hmac.prototype, "update");
		const signatures = Array.from({ length: 100 }, (_, at) => `v1,${Buffer.alloc(32, at + 1).toString("base64")}`).join(" ");
		const headers = { "webhook-id": "m", "webhook-timestamp": String(NOW / 1000), "webhook-signature": signatures };
		const request = requestOf(headers, "a body");
		expect(verify(prepared, request, NOW)).toMatchObject({ reason: { kind: "no_match", candidates: 100 } });
		expect(hashed.mock.calls.filter(([piece]) => typeof piece !== "string")).toHaveLength(1);
		hashed.mockRestore();
	});

	it("is not read as JSON where it is more than an execution would read", () => {
		const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
		const parsed = (body: string) => readingOf(requestOf({}, body)).json();
		expect(parsed(nested(64))).toBeInstanceOf(Array);
		const parse = vi.spyOn(JSON, "parse");
		for (const body of [nested(65), "[".repeat(5_000_000), `[${"[],".repeat(1_000_000)}0]`, `{${'"a":1,'.repeat(500_001)}"a":1}`])
			expect(parsed(body)).toBeUndefined();
		expect(parse).not.toHaveBeenCalled();
		parse.mockRestore();
	});
});

describe("Mercado Pago's joined text", () => {
	it("is not read as another one: an id does not hold the request's id, too", () => {
		const ts = NOW / 1000;
		const verdict = (signed: string, query: string, id?: string) => {
			const signature = createHmac("sha256", SECRET).update(`${signed}ts:${ts};`).digest("hex");
			const headers = { "x-signature": `ts=${ts},v1=${signature}`, ...(id !== undefined && { "x-request-id": id }) };
			return judged("mercado-pago", [SECRET], requestOf(headers, "{}", `https://inlet.example/in/key?${query}`));
		};
		const signed = "id:abc123;request-id:req-1;";
		expect(verdict(signed, "data.id=abc123", "req-1")).toEqual({ status: "verified", by: 0 });
		const where = "data.id or x-request-id";
		expect(verdict(signed, "data.id=abc123%3Brequest-id%3Areq-1")).toMatchObject({ reason: { kind: "malformed", where } });
		expect(verdict("request-id:a;request-id:b;", "", "a;request-id:b")).toMatchObject({ reason: { kind: "malformed", where } });
	});
});

describe("a form", () => {
	const url = "https://inlet.example/in/key";
	const asForm = { "content-type": "application/x-www-form-urlencoded" };
	const sign = (text: string) => createHmac("sha1", SECRET).update(text).digest("base64");
	const names = (fields: number) => Array.from({ length: fields }, (_, at) => `a${at}`);

	it.each(["mandrill", "twilio"])("of more fields than any sender writes is not taken apart for %s, though it is signed", (id) => {
		const verdict = (fields: number) => {
			const headers = { ...asForm, [`x-${id}-signature`]: sign(url + names(fields).toSorted().join("")) };
			return judged(id, [SECRET], requestOf(headers, names(fields).join("&"), url));
		};
		expect(verdict(2_000)).toEqual({ status: "verified", by: 0 });
		expect(verdict(2_001)).toMatchObject({ reason: { kind: "part_missing", where: "form: it has more than 2000 fields" } });
	});

	it("of that many fields has no field that is Braintree's", () => {
		const body = `bt_signature=a|00&bt_payload=aa&${names(2_000).join("&")}`;
		expect(judged("braintree", [SECRET], requestOf(asForm, body))).toMatchObject({
			reason: { kind: "signature_missing", looked: "form: it has more than 2000 fields" },
		});
	});

	it.each(["mandrill", "twilio"])("is taken apart and sorted once for all URLs and secrets of %s", async (id) => {
		const sender = senderOf(id);
		if (sender === null) throw new Error(`no sender ${id}`);
		const sorted = vi.spyOn(Array.prototype, "toSorted");
		const headers = Object.entries({ ...asForm, [`x-${id}-signature`]: sign("another text") });
		const request = { method: "POST", headers, body: new TextEncoder().encode("b=1&a=2").buffer };
		const urls = [url, `${url}/`, "http://inlet.example/in/key"];
		const verifier = verifierOf(sender, [SECRET, "another"], {});
		const verdict = await verifyFrom(
			verifier,
			request,
			() => urls,
			async () => null,
			NOW,
		);
		const sorts = sorted.mock.contexts.filter((list) => JSON.stringify(list).includes("b")).length;
		sorted.mockRestore();
		expect(verdict).toMatchObject({ reason: { kind: "no_match", secrets: 2 } });
		expect(sorts).toBe(1);
		const right = { ...request, headers: Object.entries({ ...asForm, [`x-${id}-signature`]: sign(`${urls[2]}a2b1`) }) };
		expect(
			await verifyFrom(
				verifier,
				right,
				() => urls,
				async () => null,
				NOW,
			),
		).toEqual({ status: "verified", by: 0 });
	});
});

describe("a list in the body", () => {
	it("of half a million elements is refused at the first that has no token, and breaks nothing", () => {
		const body = `{"value":[${"0,".repeat(500_000)}0]}`;
		expect(judged("microsoft-graph", [SECRET], requestOf({}, body))).toMatchObject({ reason: { kind: "signature_missing" } });
	});

	it("of many tokens has one of them hashed, since all have to be the same", () => {
		const digested = vi.spyOn(Hash.prototype, "update");
		const verdict = (states: string[]) => {
			const body = JSON.stringify({ value: states.map((clientState) => ({ clientState })) });
			return judged("microsoft-graph", [SECRET], requestOf({}, body));
		};
		expect(verdict([...Array<string>(1_000).fill(SECRET), "x"])).toMatchObject({ reason: { kind: "no_match", candidates: 1_001 } });
		expect(digested.mock.calls.length).toBeLessThan(10);
		digested.mockRestore();
		expect(verdict(Array<string>(1_000).fill(SECRET))).toEqual({ status: "verified", by: 0 });
	});

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

	it.each([
		["its success is no text", { success: true }],
		["its reference is no text", { pspReference: 7914 }],
		["a colon moves what follows", { pspReference: "7914:", originalReference: "M", merchantAccountCode: "a", merchantReference: "b" }],
		["a colon moves what stands before", { merchantReference: "a", amount: { value: "b:", currency: "" } }],
	])("is refused where an item of Adyen's signs the same and %s", (_, other) => {
		const key = "0a".repeat(32);
		const item = { pspReference: "7914", merchantAccountCode: "M", merchantReference: "a:b", eventCode: "REFUND", success: "true" };
		const hmacSignature = createHmac("sha256", Buffer.from(key, "hex")).update("7914::M:a:b:::REFUND:true").digest("base64");
		const verdict = (more: object) => {
			const NotificationRequestItem = { ...item, ...more, additionalData: { hmacSignature } };
			return judged("adyen", [key], requestOf({}, JSON.stringify({ notificationItems: [{ NotificationRequestItem }] })));
		};
		expect(verdict({})).toEqual({ status: "verified", by: 0 });
		expect(verdict(other)).toMatchObject({ reason: { kind: "malformed" } });
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

describe("signatures in several headers", () => {
	const hmac = (key: string, text: string, encoding: "hex" | "base64") => createHmac("sha256", key).update(text).digest(encoding);
	const at = new Date(NOW).toISOString();
	const box = (headers: Record<string, string>) =>
		judged("box", ["the primary of before", SECRET], requestOf({ "box-delivery-timestamp": at, ...headers }));
	const [right, unknown] = [hmac(SECRET, `{}${at}`, "base64"), hmac("a key that was replaced", `{}${at}`, "base64")];

	it("count each: the second key of Box goes on while its first is replaced", () => {
		expect(box({ "box-signature-primary": unknown, "box-signature-secondary": right })).toEqual({ status: "verified", by: 1 });
		expect(box({ "box-signature-primary": right, "box-signature-secondary": unknown })).toEqual({ status: "verified", by: 1 });
		expect(box({ "box-signature-primary": "", "box-signature-secondary": right })).toEqual({ status: "verified", by: 1 });
		expect(box({ "box-signature-primary": unknown, "box-signature-secondary": unknown })).toMatchObject({
			reason: { kind: "no_match", candidates: 2 },
		});
	});

	it("are refused where one of them came twice, or is none", () => {
		expect(box({ "box-signature-primary": `${right}, ${right}`, "box-signature-secondary": right })).toMatchObject({
			reason: { kind: "doubled" },
		});
		expect(box({ "box-signature-primary": "no base64!", "box-signature-secondary": right })).toMatchObject({
			reason: { kind: "malformed" },
		});
		const body = hmac(SECRET, "{}", "hex");
		const attio = (headers: [string, string][]) => judged("attio", [SECRET], { ...requestOf({}), headers });
		const both: [string, string][] = [
			["attio-signature", body],
			["x-attio-signature", body],
		];
		expect(attio(both)).toEqual({ status: "verified", by: 0 });
		expect(attio([...both, ["x-attio-signature", body]])).toMatchObject({ reason: { kind: "doubled" } });
		expect(attio([...both, ["attio-signature", body]])).toMatchObject({ reason: { kind: "doubled" } });
	});

	it("are found behind a number that is missing, up to Docusign's hundredth", () => {
		const docusign = (numbers: number[]) => {
			const signed = numbers.map((number, at): [string, string] => [
				`x-docusign-signature-${number}`,
				hmac(at === numbers.length - 1 ? SECRET : "another", "{}", "base64"),
			]);
			return judged("docusign", [SECRET], requestOf(Object.fromEntries(signed)));
		};
		for (const numbers of [[1], [2], [1, 3], [100]]) expect([numbers, docusign(numbers).status]).toEqual([numbers, "verified"]);
		expect(docusign([101])).toMatchObject({ code: "signature_missing" });
	});
});

describe("a delivery whose age is exactly the tolerance", () => {
	const at = (now: number, id: string, headers: Record<string, string>) =>
		verify(prepare(schemeOf(id), [SECRET]), requestOf(headers), now).status;
	const sign = (text: string) => createHmac("sha256", SECRET).update(text).digest("hex");
	const seconds = NOW / 1000;

	it("is taken on either side to the end of the second, where its stamp is in seconds", () => {
		const stripe = { "stripe-signature": `t=${seconds},v1=${sign(`${seconds}.{}`)}` };
		expect([-300_001, -300_000, 300_000, 300_999, 301_000].map((age) => at(NOW + age, "stripe", stripe))).toEqual([
			"rejected",
			"verified",
			"verified",
			"verified",
			"rejected",
		]);
	});

	it("is taken to the millisecond where its stamp is in milliseconds", () => {
		const webflow = { "x-webflow-timestamp": String(NOW), "x-webflow-signature": sign(`${NOW}:{}`) };
		expect([-300_001, -300_000, 300_000, 300_001].map((age) => at(NOW + age, "webflow", webflow))).toEqual([
			"rejected",
			"verified",
			"verified",
			"rejected",
		]);
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
