import { describe, expect, it } from "vitest";
import type { Sample, Sender } from "../../worker/connectors/sender";
import { SENDERS, senderOf } from "../../worker/connectors/senders";
import { PAGES } from "../../worker/connectors/senders/pages";
import { duplicateKeyOf } from "../../worker/integrations/duplicates";
import { keySource } from "../../worker/integrations/key-source";

/** Senders name objects by ids, too, and an object has many events: what recognizes a delivery must not be one of those. */

const BY_SENDER = { mode: "sender", windowSeconds: 86_400 } as const;

type Sent = Pick<Sample, "body" | "headers" | "contentType">;

function keyOf(sender: Sender, { body, headers = {}, contentType = "application/json" }: Sent): string | null {
	const bytes = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)).buffer as ArrayBuffer;
	const sent: [string, string][] = [["content-type", contentType], ...Object.entries(headers)];
	const source = keySource({ method: "POST", path: "", query: "", headers: sent, body: bytes });
	return duplicateKeyOf(BY_SENDER, source, { query: "", headers: sent, body: bytes }, sender)?.key ?? null;
}

const keyed = SENDERS.map(
	(sender: Sender) =>
		[sender.id, (PAGES[sender.id]?.samples ?? []).map((sample) => keyOf(sender, sample)).filter((key) => key !== null)] as const,
).filter(([, keys]) => keys.length > 1);

it.each(keyed)("the samples of %s are told apart by what recognizes a delivery", (_, keys) => {
	expect(new Set(keys).size).toBe(keys.length);
});

/** One delivery, signed, and the same as whoever saw it may send it: with other headers, or with members that nobody signs. */
const ADYEN_ITEM = { pspReference: "p1", eventCode: "AUTHORISATION", success: "true" };
const adyen = (more: object): Sent => ({ body: { notificationItems: [{ NotificationRequestItem: { ...ADYEN_ITEM, ...more } }] } });
const sns = (header: string, id: string): Sent => ({
	headers: { "x-amz-sns-message-id": header },
	contentType: "application/json",
	body: { Type: "Notification", MessageId: id, Message: "hello" },
});

it.each<[string, Sent, Sent, Sent]>([
	["adyen", adyen({}), adyen({ reason: "forged", additionalData: { more: 1 } }), adyen({ success: "false" })],
	["aws-sns", sns("m1", "m1"), sns("forged", "m1"), sns("m1", "m2")],
])("%s is recognized by what it signs alone", (id, sent, again, another) => {
	const sender = senderOf(id);
	if (sender === null) throw new Error(`There is no sender ${id}.`);
	expect(keyOf(sender, sent)).not.toBeNull();
	expect(keyOf(sender, again)).toBe(keyOf(sender, sent));
	expect(keyOf(sender, another)).not.toBe(keyOf(sender, sent));
});

const item = (triggerType: string, lastUpdated?: string): Sent => ({ body: { triggerType, payload: { id: "i1", lastUpdated } } });
const message = (message: object, timestamp: number): Sent => ({
	body: { object: "instagram", entry: [{ id: "a", time: timestamp, messaging: [{ sender: { id: "1" }, timestamp, message }] }] },
});
const woo = (body: object): Sent => ({ headers: { "x-wc-webhook-topic": "order.updated", "x-wc-webhook-delivery-id": "d1" }, body });
const shopify = (body: object): Sent => ({
	headers: { "x-shopify-topic": "products/update", "x-shopify-event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5" },
	body,
});
const decision = (status: string, attemptId: string): Sent => ({ body: { verification: { id: "v", status, attemptId } } });

/** Two events of one object, or of one second, each. */
const PAIRS: Record<string, [string, Sent, Sent][]> = {
	webflow: [
		[
			"created and changed",
			item("collection_item_created", "2026-11-01T10:00:00Z"),
			item("collection_item_changed", "2026-11-01T10:01:00Z"),
		],
		["changed twice", item("collection_item_changed", "2026-11-01T10:01:00Z"), item("collection_item_changed", "2026-11-01T10:02:00Z")],
		["changed and deleted", item("collection_item_changed", "2026-11-01T10:02:00Z"), item("collection_item_deleted")],
	],
	instagram: [["written and taken back", message({ mid: "m1", text: "Hi" }, 1), message({ mid: "m1", is_deleted: true }, 2)]],
	woocommerce: [["two orders within one second", woo({ id: 1 }), woo({ id: 2 })]],
	shopify: [["two products that one action changed", shopify({ id: 1 }), shopify({ id: 2 })]],
	paystack: [
		[
			"two reminders of a dispute",
			{ body: { event: "charge.dispute.remind", data: { id: 7, updated_at: "2026-11-01" } } },
			{ body: { event: "charge.dispute.remind", data: { id: 7, updated_at: "2026-11-02" } } },
		],
	],
	veriff: [["two attempts of a session", decision("resubmission_requested", "a1"), decision("resubmission_requested", "a2")]],
	courier: [
		[
			"two links followed",
			{ body: { type: "message:updated", data: { id: "1", status: "CLICKED", clicked: 1 } } },
			{ body: { type: "message:updated", data: { id: "1", status: "CLICKED", clicked: 2 } } },
		],
	],
	expo: [["failed, and finished after all", { body: { id: "b", status: "errored" } }, { body: { id: "b", status: "finished" } }]],
	"cloudflare-stream": [
		[
			"ready twice",
			{ body: { uid: "u", status: { state: "ready" }, modified: "2026-11-01T10:00:00Z" } },
			{ body: { uid: "u", status: { state: "ready" }, modified: "2026-11-01T11:00:00Z" } },
		],
	],
	pipedrive: [
		[
			"added and changed, in its older form",
			{ body: { meta: { id: 3, action: "added", timestamp: 1790000000 } } },
			{ body: { meta: { id: 3, action: "updated", timestamp: 1790000000 } } },
		],
	],
};

describe.each(Object.entries(PAIRS))("%s", (id, pairs) => {
	const sender = senderOf(id);
	if (sender === null) throw new Error(`There is no ${id}.`);

	it.each(pairs)("takes what was %s for two events, and each sent again for a repeat", (_, first, second) => {
		const key = keyOf(sender, first);
		expect(key).not.toBeNull();
		expect(keyOf(sender, second)).not.toBe(key);
		expect(keyOf(sender, structuredClone(first))).toBe(key);
	});
});
