import { createHash } from "node:crypto";
import type { DeliveryDetail, DeliverySummary, EventDetail, Integration, SenderView } from "../../worker/api/types.ts";
import type { Account } from "../given/account.ts";
import { type Answer, type Client, postIt, type Signed, withChangedBody } from "./client.ts";

export interface Case {
	name: string;
	/** What is not as it should be; none where it passed. */
	amiss: string[];
}

interface Endpoint {
	id: string;
	/** Of the integration, for its next save. */
	version: number;
	url: string;
	preset: SenderView;
}

/** Sends what a vendor's code makes to an endpoint that is set up for it as its preset says. */
export async function tryClient(account: Account, client: Client): Promise<Case[]> {
	const cases: Case[] = [];
	const attempt = async (name: string, look: () => Promise<string[]>): Promise<void> => {
		const amiss = await look().catch((error: Error) => [error.stack ?? error.message]);
		cases.push({ name, amiss });
	};
	const keys = client.keys();
	const endpoint = await givenEndpoint(account, client, keys.entered).catch((error: Error) => error);
	if (endpoint instanceof Error) return [{ name: "set up", amiss: [endpoint.message] }];
	const { sign, ask, post = postIt, change = withChangedBody } = client;
	if (ask) await attempt("handshake", async () => answered(account, endpoint, await ask(endpoint.url, keys.entered)));
	if (!sign) return cases;
	let first: Signed | null = null;
	await attempt("accepted", async () => {
		first = await sign(endpoint.url, keys.signing);
		return accepted(account, endpoint, first, await post(first));
	});
	await attempt(endpoint.preset.duplicates ? "again: duplicate" : "again: new event", async () =>
		first === null ? ["nothing was signed"] : again(account, endpoint, first, await post(first)),
	);
	await attempt("wrong secret", async () => {
		const signed = await sign(endpoint.url, client.keys().signing);
		return refused(account, endpoint, signed, await post(signed));
	});
	await attempt("changed", async () => {
		const signed = change(await sign(endpoint.url, keys.signing));
		return refused(account, endpoint, signed, await post(signed));
	});
	await attempt("two secrets", async () => {
		const newer = client.keys();
		await addSecret(account, endpoint, newer.entered);
		const amiss: string[] = [];
		for (const { signing } of [newer, keys]) {
			const signed = await sign(endpoint.url, signing);
			amiss.push(...(await accepted(account, endpoint, signed, await post(signed))));
		}
		return amiss;
	});
	return cases;
}

/** An integration whose webhook waits for this sender, with all that the UI sets when one chooses it. */
async function givenEndpoint(account: Account, { sender, options }: Client, secret: string): Promise<Endpoint> {
	const preset = await account.call<SenderView>("GET", `/api/senders/${sender}`);
	const { id, version } = await account.call<Integration>("POST", "/api/integrations", { name: `From ${preset.name}` });
	const saved = await account.call<Integration>("PATCH", `/api/integrations/${id}`, {
		version,
		webhook: {
			enabled: true,
			verification: { scheme: sender, secrets: [secret], ...options },
			dedupe: { mode: preset.duplicates ? "sender" : "off" },
			response: { status: preset.expects.status, body: preset.expects.emptyBody ? "empty" : "json" },
		},
	});
	if (saved.webhook.url === null) throw new Error("the webhook has no URL");
	return { id, version: saved.version, url: saved.webhook.url, preset };
}

/** A new secret beside the one that is there. */
async function addSecret(account: Account, { id, version, preset }: Endpoint, secret: string): Promise<void> {
	const verification = { scheme: preset.id, secrets: [secret, { keep: 0 }] };
	await account.call<Integration>("PATCH", `/api/integrations/${id}`, { version, webhook: { verification } });
}

async function accepted(account: Account, { id, preset }: Endpoint, signed: Signed, answer: Answer): Promise<string[]> {
	const delivery = await newestDelivery(account, id);
	const amiss = [...differs("status", answer.status, preset.expects.status), ...differs("delivery", delivery.status, "accepted")];
	amiss.push(...answerDiffers(answer, preset, { status: "accepted" }));
	if (delivery.eventId === null) return [...amiss, `no event came of it: ${delivery.reason}`];
	const event = await account.call<EventDetail>("GET", `/api/integrations/${id}/events/${delivery.eventId}`);
	amiss.push(...differs("sender", event.sender, preset.id), ...differs("event's name", event.name, signed.name ?? event.name));
	return [...amiss, ...differs("kept body", hash(event.body, event.bodyEncoding), hash(signed.body))];
}

async function again(account: Account, endpoint: Endpoint, signed: Signed, answer: Answer): Promise<string[]> {
	const { id, preset } = endpoint;
	const [newest, before] = await newestDeliveries(account, id);
	if (!newest || !before) return ["there are not two deliveries"];
	if (!preset.duplicates) {
		const amiss = newest.eventId === before.eventId ? ["it made no event of its own"] : [];
		return [...amiss, ...(await accepted(account, endpoint, signed, answer))];
	}
	return [
		...differs("status", answer.status, 200),
		...answerDiffers(answer, preset, { status: "duplicate" }),
		...differs("delivery", newest.status, "duplicate"),
		...differs("first event", newest.eventId, before.eventId),
	];
}

/** Turned down for its signature and nothing else, and kept as it came. */
async function refused(account: Account, { id, preset }: Endpoint, signed: Signed, answer: Answer): Promise<string[]> {
	const { id: deliveryId } = await newestDelivery(account, id);
	const delivery = await account.call<DeliveryDetail>("GET", `/api/integrations/${id}/deliveries/${deliveryId}`);
	return [
		...differs("status", answer.status, 401),
		...answerDiffers(answer, preset, { code: "signature_invalid" }),
		...differs("delivery", delivery.status, "rejected"),
		...differs("reason", delivery.reason, "signature_invalid"),
		...differs("event", delivery.eventId, null),
		...differs("kept body", hash(delivery.body, delivery.bodyEncoding), hash(signed.body)),
	];
}

async function answered(account: Account, { id }: Endpoint, { url, expected }: { url: string; expected: string }): Promise<string[]> {
	const response = await fetch(url);
	const delivery = await newestDelivery(account, id);
	return [
		...differs("status", response.status, 200),
		...differs("answer", await response.text(), expected),
		...differs("delivery", delivery.status, "handshake"),
	];
}

async function newestDeliveries(account: Account, id: string): Promise<DeliverySummary[]> {
	return (await account.call<{ items: DeliverySummary[] }>("GET", `/api/integrations/${id}/deliveries?limit=2`)).items;
}

async function newestDelivery(account: Account, id: string): Promise<DeliverySummary> {
	const [newest] = await newestDeliveries(account, id);
	if (!newest) throw new Error("there is no delivery");
	return newest;
}

/** The body that was sent back: the event's status, the error's code, or nothing at all where the sender wants that. */
function answerDiffers({ text }: Answer, { expects }: SenderView, expected: { status: string } | { code: string }): string[] {
	if (text === null) return [];
	if (expects.emptyBody) return differs("answer", text, "");
	const answer = JSON.parse(text) as { status?: string; error?: { code: string } };
	return "code" in expected ? differs("code", answer.error?.code, expected.code) : differs("answer", answer.status, expected.status);
}

function differs(what: string, found: unknown, expected: unknown): string[] {
	return found === expected ? [] : [`${what}: ${found} and not ${expected}`];
}

function hash(body: string, encoding: BufferEncoding = "utf8"): string {
	return createHash("sha256").update(Buffer.from(body, encoding)).digest("hex");
}
