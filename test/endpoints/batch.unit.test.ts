import { describe, expect, it } from "vitest";
import { batchArrivalOf } from "../../worker/endpoints/batch.ts";
import type { Parts } from "../../worker/endpoints/parts.ts";
import type { EndpointSettings } from "../../worker/events/protocol/delivery.ts";
import { orderingSchema, webhookSchema } from "../../worker/integrations/settings.ts";
import { WORKSPACE } from "../given/settings.ts";

const NOW = Date.UTC(2026, 10, 22);

function settingsFor(scheme: string, path: string): EndpointSettings {
	const webhook = webhookSchema.parse({ enabled: true, batch: { path }, verification: { scheme }, dedupe: { mode: "sender" } });
	return { revision: 1, webhook, ordering: orderingSchema.parse({}), workspaceId: WORKSPACE, signing: null, origin: "" };
}

function deliveryOf(body: unknown, headers: [string, string][] = []): Parts {
	const bytes = new TextEncoder().encode(JSON.stringify(body));
	return {
		url: "https://inlet.example/in/key",
		method: "POST",
		path: "/",
		query: "",
		headers: [["content-type", "application/json"], ...headers],
		encoding: null,
		askers: () => [],
		read: { status: "read", body: bytes.buffer as ArrayBuffer },
		hops: 0,
	};
}

function keysOf(delivery: Parts, scheme: string, path: string): (string | null)[] {
	const arrival = batchArrivalOf(delivery, path, settingsFor(scheme, path), NOW);
	if (arrival === null || !("items" in arrival)) throw new Error("The delivery is no batch.");
	return arrival.items.map(({ duplicateKey }) => duplicateKey?.key ?? null);
}

const change = (eventId: number, more = {}) => ({ eventId, subscriptionId: 25, occurredAt: 1790000000000, attemptNumber: 0, ...more });

describe("an item of a known sender's list", () => {
	it("is known again by what the sender says of it, in another delivery and at another place", () => {
		const [first] = keysOf(deliveryOf([change(1), change(2)]), "hubspot", "event.body");
		const again = keysOf(deliveryOf([change(3), change(1, { attemptNumber: 1 })]), "hubspot", "event.body");
		expect(first).toEqual(expect.any(String));
		expect(again[1]).toBe(first);
		expect(again[0]).not.toBe(first);
	});

	it("goes by its delivery's id and its place where the sender names the delivery alone", () => {
		const delivery = deliveryOf([{ event: "a" }, { event: "a" }], [["x-enode-delivery", "d1"]]);
		const keys = keysOf(delivery, "enode", "event.body");
		expect(new Set(keys).size).toBe(2);
		expect(keysOf(delivery, "enode", "event.body")).toEqual(keys);
	});

	it("is not taken for one of the sender's own where the list stands somewhere else", () => {
		expect(keysOf(deliveryOf({ mine: [change(1)] }), "hubspot", "event.body.mine")).toEqual([null]);
	});
});

it("a list is refused whose events would carry more headers together than one message between objects holds", () => {
	const long: [string, string][] = [["x-long", "x".repeat(15_000)]];
	const settings = settingsFor("none", "event.body");
	const take = (items: number) =>
		batchArrivalOf(
			deliveryOf(
				Array.from({ length: items }, (_, n) => ({ n })),
				long,
			),
			"event.body",
			settings,
			NOW,
		);
	expect(take(900)).toMatchObject({ code: "batch_too_large", httpStatus: 413, detail: { most: expect.any(Number) } });
	expect(take(700)).toMatchObject({ items: expect.objectContaining({ length: 700 }) });
});
