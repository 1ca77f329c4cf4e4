import { exports } from "cloudflare:workers";
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { DeliverySummary, Integration, Ledger, Page } from "../../worker/api/types";
import { SENDERS } from "../../worker/connectors/senders";
import snsVectors from "../connectors/vectors/aws-sns.json";
import { givenIntegration, givenPerson, type Someone } from "../given/api";
import { Outside } from "../given/outside";

/** One handshake: what the sender asks, byte for byte, and what it is answered. */
interface Story {
	sender: string;
	/** Beside the scheme's name. */
	verification?: Record<string, unknown>;
	method: string;
	/** Behind the endpoint's URL. */
	query?: string;
	headers?: Record<string, string>;
	body?: string;
	/** `answer` may depend on the endpoint's own URL. */
	answer: { status: number; body: string | ((url: string) => string); headers?: Record<string, string> };
	/** The same question by somebody who has the URL and nothing else. */
	forged?: { query?: string; headers?: Record<string, string>; body?: string };
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const hmac = (digest: string, key: string | Buffer, text: string) => createHmac(digest, key).update(text);
const now = () => Math.floor(Date.now() / 1000);

const meta = (sender: string): Story => ({
	sender,
	verification: { secrets: ["app-secret"], verifyToken: "my own text" },
	method: "GET",
	query: "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=my%20own%20text",
	answer: { status: 200, body: "1158201444", headers: TEXT },
	forged: { query: "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a%20guess" },
});
const looks = (sender: string, method: "GET" | "HEAD"): Story => ({
	sender,
	verification: { secrets: ["key"] },
	method,
	answer: { status: 200, body: "" },
});

function slack(): Story {
	const body =
		'{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}';
	const time = now();
	const signature = `v0=${hmac("sha256", "slack-secret", `v0:${time}:${body}`).digest("hex")}`;
	return {
		sender: "slack",
		verification: { secrets: ["slack-secret"] },
		method: "POST",
		headers: { "content-type": "application/json", "x-slack-request-timestamp": String(time), "x-slack-signature": signature },
		body,
		answer: { status: 200, body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}', headers: JSON_TYPE },
		forged: { headers: { "content-type": "application/json" } },
	};
}

function zoom(): Story {
	const body = '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}';
	const time = now();
	const signature = `v0=${hmac("sha256", "zoom-secret", `v0:${time}:${body}`).digest("hex")}`;
	const encrypted = hmac("sha256", "zoom-secret", "qgg8vlvZRS6UYooatFL8Aw").digest("hex");
	return {
		sender: "zoom",
		verification: { secrets: ["zoom-secret"] },
		method: "POST",
		headers: { "content-type": "application/json", "x-zm-request-timestamp": String(time), "x-zm-signature": signature },
		body,
		answer: { status: 200, body: `{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"${encrypted}"}`, headers: JSON_TYPE },
		forged: { headers: { "content-type": "application/json" } },
	};
}

function twitch(): Story {
	const body = '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{"id":"f1c2a387"}}';
	const [id, time] = ["e76c6bd4-55c9-4987-8304-da1588d8988b", new Date().toISOString()];
	return {
		sender: "twitch",
		verification: { secrets: ["s3cre7-of-10"] },
		method: "POST",
		headers: {
			"content-type": "application/json",
			"twitch-eventsub-message-type": "webhook_callback_verification",
			"twitch-eventsub-message-id": id,
			"twitch-eventsub-message-timestamp": time,
			"twitch-eventsub-message-signature": `sha256=${hmac("sha256", "s3cre7-of-10", id + time + body).digest("hex")}`,
		},
		body,
		answer: { status: 200, body: "pogchamp-kappa-360noscope-vohiyo", headers: TEXT },
		forged: { headers: { "content-type": "application/json", "twitch-eventsub-message-type": "webhook_callback_verification" } },
	};
}

function discord(type: 0 | 1): Story {
	const { publicKey, privateKey } = generateKeyPairSync("ed25519");
	const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("hex");
	const body =
		type === 1 ? '{"id":"1","token":"unique","type":1,"version":1}' : '{"version":1,"application_id":"1234560123453231555","type":0}';
	const time = String(now());
	return {
		sender: "discord",
		verification: { secrets: [raw] },
		method: "POST",
		headers: {
			"content-type": "application/json",
			"x-signature-timestamp": time,
			"x-signature-ed25519": sign(null, Buffer.from(time + body), privateKey).toString("hex"),
		},
		body,
		answer: type === 1 ? { status: 200, body: '{"type":1}', headers: JSON_TYPE } : { status: 204, body: "" },
		forged: { headers: { "content-type": "application/json", "x-signature-timestamp": time, "x-signature-ed25519": "00".repeat(64) } },
	};
}

function xero(): Story {
	const body = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "S0m3r4Nd0mt3xt"}';
	return {
		sender: "xero",
		verification: { secrets: ["xero-key"] },
		method: "POST",
		headers: { "content-type": "application/json", "x-xero-signature": hmac("sha256", "xero-key", body).digest("base64") },
		body,
		answer: { status: 200, body: "" },
		forged: { headers: { "content-type": "application/json", "x-xero-signature": hmac("sha256", "another", body).digest("base64") } },
	};
}

const STORIES: Story[] = [
	meta("meta"),
	meta("whatsapp"),
	meta("instagram"),
	slack(),
	zoom(),
	twitch(),
	discord(1),
	discord(0),
	xero(),
	looks("trello", "HEAD"),
	looks("mandrill", "HEAD"),
	looks("mailchimp", "GET"),
	{
		sender: "woocommerce",
		verification: { secrets: ["key"] },
		method: "POST",
		headers: { "content-type": "application/x-www-form-urlencoded" },
		body: "webhook_id=7",
		answer: { status: 200, body: "" },
		forged: { headers: { "content-type": "application/json" }, body: '{"note":"me&webhook_id=7"}' },
	},
	{
		sender: "adobe-sign",
		verification: { secrets: ["CBJCHBCAABAAo8wrZdtJ"] },
		method: "GET",
		headers: { "x-adobesign-clientid": "CBJCHBCAABAAo8wrZdtJ" },
		answer: { status: 200, body: "", headers: { "x-adobesign-clientid": "CBJCHBCAABAAo8wrZdtJ" } },
		forged: { headers: { "x-adobesign-clientid": "somebody-else" } },
	},
	{
		sender: "asana",
		method: "POST",
		headers: { "x-hook-secret": "b537207f20cbfa02357cf448134da559" },
		body: "",
		answer: { status: 200, body: "", headers: { "x-hook-secret": "b537207f20cbfa02357cf448134da559" } },
	},
	{
		sender: "braintree",
		verification: { secrets: ["private_key"], publicKey: "integration_public_key" },
		method: "GET",
		query: "?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53",
		answer: {
			status: 200,
			body: `integration_public_key|${hmac("sha1", createHash("sha1").update("private_key").digest(), "20f9f8ed05f77439fe955c977e4c8a53").digest("hex")}`,
			headers: TEXT,
		},
		forged: { query: "?bt_challenge=bt_payload-that-is-no-nonce" },
	},
	{
		sender: "dropbox",
		verification: { secrets: ["app-secret"] },
		method: "GET",
		query: "?challenge=A1b2-C3_d4%20e5",
		answer: { status: 200, body: "A1b2-C3_d4 e5", headers: { ...TEXT, "x-content-type-options": "nosniff" } },
	},
	{
		sender: "nylas",
		verification: { secrets: ["key"] },
		method: "GET",
		query: "?challenge=bc609b38",
		answer: { status: 200, body: "bc609b38", headers: TEXT },
	},
	{
		sender: "onfleet",
		verification: { secrets: ["00ff"] },
		method: "GET",
		query: "?check=7hUcs9",
		answer: { status: 200, body: "7hUcs9", headers: TEXT },
	},
	{
		sender: "ebay",
		verification: { secrets: ["app:cert"], verificationToken: "71745723-d031-455c-bfa5-f90d11b4f20a" },
		method: "GET",
		query: "?challenge_code=a8628072-3d33-45ee-9004-bee86830a22d",
		answer: {
			status: 200,
			body: (url) => {
				const parts = ["a8628072-3d33-45ee-9004-bee86830a22d", "71745723-d031-455c-bfa5-f90d11b4f20a", url];
				return `{"challengeResponse":"${createHash("sha256").update(parts.join("")).digest("hex")}"}`;
			},
			headers: JSON_TYPE,
		},
	},
	{
		sender: "front",
		verification: { secrets: ["key"] },
		method: "POST",
		...(() => {
			const body = '{"type":"sync","authorization":{"id":"cmp_1"}}';
			const time = String(Date.now());
			return {
				headers: {
					"content-type": "application/json",
					"x-front-challenge": "abc-123",
					"x-front-request-timestamp": time,
					"x-front-signature": hmac("sha256", "key", `${time}:${body}`).digest("base64"),
				},
				body,
			};
		})(),
		answer: { status: 200, body: '{"challenge":"abc-123"}', headers: JSON_TYPE },
		forged: { headers: { "content-type": "application/json", "x-front-challenge": "abc-123" } },
	},
	{
		sender: "microsoft-graph",
		verification: { secrets: ["client-state"] },
		method: "POST",
		query: "?validationToken=Validation%3A+Testing+client+%2B+token",
		answer: { status: 200, body: "Validation: Testing client + token", headers: TEXT },
	},
	{
		sender: "monday",
		verification: { secrets: ["key"] },
		method: "POST",
		headers: { "content-type": "application/json" },
		body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
		answer: { status: 200, body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}', headers: JSON_TYPE },
		forged: { body: '{"challenge":"<script>alert(1)</script>"}' },
	},
	{
		sender: "notion",
		method: "POST",
		headers: { "content-type": "application/json" },
		body: '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}',
		answer: { status: 200, body: "" },
	},
	{
		sender: "okta",
		verification: { secrets: ["our-secret"] },
		method: "GET",
		headers: { authorization: "our-secret", "x-okta-verification-challenge": "Gv5QzFdtVXWVYx0" },
		answer: { status: 200, body: '{"verification":"Gv5QzFdtVXWVYx0"}', headers: JSON_TYPE },
		forged: { headers: { "x-okta-verification-challenge": "Gv5QzFdtVXWVYx0" } },
	},
	{
		sender: "x",
		verification: { secrets: ["consumer-secret"] },
		method: "GET",
		query: "?crc_token=9b4507b3-9040-4669-9ca3-6b94edb50553",
		answer: {
			status: 200,
			body: `{"response_token":"sha256=${hmac("sha256", "consumer-secret", "9b4507b3-9040-4669-9ca3-6b94edb50553").digest("base64")}"}`,
			headers: JSON_TYPE,
		},
		// A text that is a message would be a signature for it.
		forged: { query: `?crc_token=${encodeURIComponent('{"tweet":"mine"}')}` },
	},
];

let ada: Someone;
beforeAll(async () => {
	ada = await givenPerson();
});

async function givenEndpoint(verification: object): Promise<Integration> {
	const { id, version } = await givenIntegration(ada);
	return ada.get<Integration>("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true, verification } });
}

const ask = (url: string, { method, query = "", headers = {}, body }: Pick<Story, "method" | "query" | "headers" | "body">) =>
	exports.default.fetch(url + query, { method, headers, redirect: "manual", ...(method === "POST" && { body: body ?? "" }) });
const ledger = ({ id }: Integration) => ada.get<Ledger>("GET", `/api/integrations/${id}/ledger`);

describe("a handshake", () => {
	it.each(STORIES)("of $sender is answered byte for byte ($method $query), makes no event, and is refused to a stranger", async (story) => {
		const { sender, verification, answer, forged } = story;
		const integration = await givenEndpoint({ scheme: sender, ...verification });
		const url = integration.webhook.url ?? "";
		const response = await ask(url, story);
		const expected = typeof answer.body === "string" ? answer.body : answer.body(url + (story.query ?? "").replace(/\?.*/, ""));
		expect([response.status, await response.text()]).toEqual([answer.status, expected]);
		expect(Object.fromEntries(response.headers)).toMatchObject(answer.headers ?? {});
		expect([response.headers.get("set-cookie"), response.headers.get("x-content-type-options")]).toEqual([null, "nosniff"]);
		expect(await ledger(integration)).toMatchObject({ deliveries: { received: 1, handshake: 1 }, events: { total: 0 }, balanced: true });
		if (!forged) return;
		const refused = await ask(url, { ...story, headers: {}, ...forged });
		expect([401, 403]).toContain(refused.status);
		expect(await ledger(integration)).toMatchObject({ deliveries: { received: 2, handshake: 1, rejected: 1 }, balanced: true });
	});

	it("is answered while the integration is paused as well", async () => {
		const integration = await givenEndpoint({ scheme: "dropbox", secrets: ["app-secret"] });
		await ada.get("PATCH", `/api/integrations/${integration.id}`, { status: "paused" });
		const response = await ask(integration.webhook.url ?? "", { method: "GET", query: "?challenge=hello" });
		expect([response.status, await response.text()]).toEqual([200, "hello"]);
	});

	it.each([
		["asana", { headers: { "x-hook-secret": "b537207f20cbfa02357cf448134da559" } }, { headers: { "x-hook-secret": "somebody-elses" } }],
		["notion", { body: '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZ"}' }, { body: '{"verification_token":"somebody-elses"}' }],
	])("by which %s gives its secret is answered once more, since our answer may be lost, and to nobody else", async (scheme, own, other) => {
		const integration = await givenEndpoint({ scheme });
		const url = integration.webhook.url ?? "";
		const statuses = [];
		for (const question of [own, own, other, own]) statuses.push((await ask(url, { method: "POST", ...question })).status);
		expect(statuses).toEqual([200, 200, 403, 200]);
		expect(await ledger(integration)).toMatchObject({ deliveries: { handshake: 3, rejected: 1 }, events: { total: 0 }, balanced: true });
	});

	it("stands here for every sender that has one", () => {
		const told = new Set([...STORIES.map(({ sender }) => sender), "aws-sns"]);
		const untold = SENDERS.filter(({ id, handshakes }) => handshakes && !told.has(id)).map(({ id }) => id);
		expect(untold).toEqual([]);
	});
});

describe("Acrobat Sign", () => {
	const CLIENT = "CBJCHBCAABAAo8wrZdtJ";
	const JSON_BODY = { "content-type": "application/json" };
	const notice = {
		method: "POST",
		headers: { ...JSON_BODY, "x-adobesign-clientid": CLIENT },
		body: '{"webhookNotificationId":"n-1","event":"SIGNED"}',
	};

	it("has its client ID back with every notification, a repeated one and while paused as well", async () => {
		const { id, version } = await givenIntegration(ada);
		const verification = { scheme: "adobe-sign", secrets: [CLIENT] };
		const settings = { enabled: true, verification, dedupe: { mode: "sender" }, response: { status: 200 } };
		const { webhook } = await ada.get<Integration>("PATCH", `/api/integrations/${id}`, { version, webhook: settings });
		const answers = [];
		for (const body of [notice.body, notice.body]) answers.push(await ask(webhook.url ?? "", { ...notice, body }));
		await ada.get("PATCH", `/api/integrations/${id}`, { status: "paused" });
		answers.push(await ask(webhook.url ?? "", { ...notice, body: notice.body.replace("n-1", "n-2") }));
		expect(await Promise.all(answers.map(async (answer) => (await answer.json<{ status: string }>()).status))).toEqual([
			...["accepted", "duplicate", "accepted"],
		]);
		expect(answers.map((answer) => [answer.status, answer.headers.get("x-adobesign-clientid")])).toEqual(Array(3).fill([200, CLIENT]));
	});

	it("has nothing back for another client ID", async () => {
		const { webhook } = await givenEndpoint({ scheme: "adobe-sign", secrets: [CLIENT] });
		const answer = await ask(webhook.url ?? "", { ...notice, headers: { ...JSON_BODY, "x-adobesign-clientid": "somebody-else" } });
		expect([answer.status, answer.headers.get("x-adobesign-clientid")]).toEqual([401, null]);
	});
});

describe("Amazon SNS", () => {
	let outside: Outside | null = null;
	afterEach(() => {
		outside?.close();
		vi.restoreAllMocks();
	});

	it("has its confirmation shown to a person where its pinned certificate signed it, and nothing is called by itself", async () => {
		const vector = snsVectors.vectors.find(({ request }) => request.body?.includes('"SubscriptionConfirmation"'));
		if (!vector?.fetched) throw new Error("there is no vector of a confirmation");
		const [certificate] = Object.values(vector.fetched);
		outside = new Outside(() => new Response(certificate));
		const [topic] = vector.secrets;
		const integration = await givenEndpoint({ scheme: "aws-sns", secrets: [topic] });
		vi.spyOn(Date, "now").mockReturnValue(Date.parse(vector.at));
		const url = integration.webhook.url ?? "";
		const story = { method: "POST", headers: vector.request.headers, body: vector.request.body ?? "" };
		const response = await ask(url, story);
		expect([response.status, await response.text()]).toEqual([200, ""]);
		expect(outside.calls.map((call) => new URL(call.url).hostname)).toEqual([new URL(JSON.parse(story.body).SigningCertURL).hostname]);
		const page = await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${integration.id}/deliveries`);
		expect(page.items.map(({ status }) => status)).toEqual(["handshake"]);
		const forged = await ask(url, { ...story, body: story.body.replace("SubscribeURL", "SubscribeUrl") });
		expect(forged.status).toBe(401);
	});

	it("shows no link of a stranger's: a signed message is no confirmation, whatever its headers and unsigned members say", async () => {
		const vector = snsVectors.vectors.find(({ request }) => request.body?.includes('"Type":"Notification"'));
		if (!vector?.fetched) throw new Error("there is no vector of a notification");
		const [certificate] = Object.values(vector.fetched);
		outside = new Outside(() => new Response(certificate));
		const integration = await givenEndpoint({ scheme: "aws-sns", secrets: vector.secrets });
		vi.spyOn(Date, "now").mockReturnValue(Date.parse(vector.at));
		const SubscribeURL = "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=strangers&Token=1";
		const response = await ask(integration.webhook.url ?? "", {
			method: "POST",
			headers: { ...vector.request.headers, "x-amz-sns-message-type": "SubscriptionConfirmation" },
			body: JSON.stringify({ ...JSON.parse(vector.request.body ?? ""), SubscribeURL }),
		});
		expect(response.status).toBe(202);
		const page = await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${integration.id}/deliveries`);
		expect(page.items.map(({ status }) => status)).toEqual(["accepted"]);
	});
});
