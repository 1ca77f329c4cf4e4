import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Sender } from "../../worker/connectors/sender.ts";
import { SENDERS } from "../../worker/connectors/senders/index.ts";
import { handshakeOf, replyTo } from "../../worker/endpoints/handshakes.ts";
import { readingOf } from "../../worker/endpoints/signatures/reading.ts";
import { verifierOf, verifyFrom } from "../../worker/endpoints/verifier.ts";
import { requestOf, trialOf, vectorFiles } from "../connectors/vectors.ts";

const URL_HERE = "https://inlet.example/in/key";
const SECRET = "0123456789abcdef0123456789abcdef";
const OPTIONS = { publicKey: "pub123" };
const FORM = "application/x-www-form-urlencoded";

/** How somebody who has the URL makes a delivery of what the endpoint has answered. */
const FORGERIES: Record<string, (asked: string, answer: string) => { headers: Record<string, string>; body: string }[]> = {
	x: (asked, answer) => [
		{ headers: { "x-twitter-webhooks-signature": (JSON.parse(answer) as { response_token: string }).response_token }, body: asked },
	],
	braintree: (asked, answer) => [
		{ headers: { "content-type": FORM }, body: new URLSearchParams({ bt_signature: answer, bt_payload: asked }).toString() },
		{
			headers: { "content-type": FORM },
			body: new URLSearchParams({ bt_signature: answer, bt_payload: asked, kind: "subscription_charged_successfully" }).toString(),
		},
	],
};

/** Texts that a forger would like to have signed, and some that a sender really asks. */
const TEXTS = [
	"9b4507b3-9040-4669-9ca3-6b94edb50553",
	"OGYwYjk4YzQtNzE3Ni00ZjM1LWE3ZDUtZWY1NTZkNGUzZjcz",
	"bm9uY2Utd2l0aC1wYWRkaW5n==",
	"deadbeefdeadbeefdeadbeefdeadbeef",
	"20f9f8ed05f77439fe955c977e4c8a53",
	"for_user_id=2244994945",
	"attackertext",
	"12345",
	"12345678901234567890",
	"-1234567",
	"1e10",
	"true",
	"false",
	"null",
	'"a text"',
	"[]",
	'{"tweet":"mine"}',
	"PG5vdGlmaWNhdGlvbj4",
	"",
];

const asking = SENDERS.filter(({ handshakes }: Sender) => handshakes?.some(({ verified, answer }) => !verified && answer.kind === "hmac"));

/** What a stranger is answered; null where nothing. */
function answerTo(sender: Sender, text: string): string | null {
	const [name = ""] = sender.handshakes?.flatMap(({ answer }) => ("of" in answer && "query" in answer.of ? [answer.of.query] : [])) ?? [];
	const url = `${URL_HERE}?${name}=${encodeURIComponent(text)}`;
	const reading = readingOf({ method: "GET", url, headers: [], body: new ArrayBuffer(0) });
	const handshake = handshakeOf(sender.handshakes ?? [], reading);
	return (handshake && replyTo(handshake, reading, { secrets: [SECRET], options: OPTIONS, url }))?.body ?? null;
}

async function statusOf(sender: Sender, headers: Record<string, string>, body: string): Promise<string> {
	const verifier = verifierOf(sender, [SECRET], OPTIONS);
	const request = { method: "POST", headers: Object.entries(headers), body: new TextEncoder().encode(body).buffer as ArrayBuffer };
	return (
		await verifyFrom(
			verifier,
			request,
			() => [URL_HERE],
			async () => null,
			Date.now(),
		)
	).status;
}

it("a way to forge is known for every sender whose questions are answered to anybody with a signature", () => {
	expect(Object.keys(FORGERIES).toSorted()).toEqual(asking.map(({ id }) => id));
});

describe.each(asking.map((sender) => [sender.id, sender] as const))("what %s asks", (id, sender: Sender) => {
	it("is answered, and its answer is the signature of no delivery", async () => {
		const answered = TEXTS.flatMap((text) => {
			const answer = answerTo(sender, text);
			return answer === null ? [] : [[text, answer] as const];
		});
		expect(answered.length).toBeGreaterThan(1);
		for (const [text, answer] of answered) {
			for (const { headers, body } of FORGERIES[id]?.(text, answer) ?? []) {
				expect([text, await statusOf(sender, headers, body)]).toEqual([text, "rejected"]);
			}
		}
	});

	it("takes nothing from a genuine delivery", async () => {
		for (const vector of vectorFiles().find((file) => file.sender === id)?.vectors ?? []) {
			const verifier = verifierOf(sender, vector.secrets, vector.options ?? {});
			const { url, ...request } = requestOf(trialOf(vector));
			expect(
				await verifyFrom(
					verifier,
					request,
					() => [url],
					async () => null,
					Date.parse(vector.at),
				),
			).toMatchObject({ status: "verified" });
		}
	});
});

describe("X", () => {
	it("is answered for tokens alone, and for no text that is a form, a number or JSON", () => {
		const x = asking.find(({ id }) => id === "x");
		const answered = TEXTS.filter((text) => x && answerTo(x, text) !== null);
		expect(answered).toEqual([
			"9b4507b3-9040-4669-9ca3-6b94edb50553",
			"OGYwYjk4YzQtNzE3Ni00ZjM1LWE3ZDUtZWY1NTZkNGUzZjcz",
			"bm9uY2Utd2l0aC1wYWRkaW5n==",
			"deadbeefdeadbeefdeadbeefdeadbeef",
			"20f9f8ed05f77439fe955c977e4c8a53",
			"attackertext",
			"PG5vdGlmaWNhdGlvbj4",
		]);
	});
});

it("Braintree's form holds what is signed and nothing beside it", async () => {
	const braintree = asking.find(({ id }) => id === "braintree");
	if (!braintree) throw new Error("there is no Braintree");
	const payload = Buffer.from("<notification><kind>check</kind></notification>").toString("base64");
	const mac = createHmac("sha1", createHash("sha1").update(SECRET).digest()).update(payload).digest("hex");
	const signed = { bt_signature: `pub123|${mac}`, bt_payload: payload };
	const sent = (fields: Record<string, string>) => statusOf(braintree, { "content-type": FORM }, new URLSearchParams(fields).toString());
	expect(await sent(signed)).toBe("verified");
	expect(await sent({ ...signed, kind: "subscription_charged_successfully" })).toBe("rejected");
	expect(await sent({ ...signed, bt_payload: `${payload} ` })).toBe("rejected");
});
