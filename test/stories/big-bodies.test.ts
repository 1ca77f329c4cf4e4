import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
});

const MEGABYTE = 1024 * 1024;
const send = (shop: GivenSequencer, body: string | Uint8Array<ArrayBuffer>, type: string) =>
	exports.default.fetch(shop.url, { method: "POST", headers: { "content-type": type }, body });

describe("a body", () => {
	it("of 10 MB is kept byte for byte and runs; one byte more is rejected with 413, and counted", async () => {
		const shop = await GivenSequencer.with({ steps: [{ id: "map", type: "map", output: "{{ $length(event.body.text) }}" }] });
		const text = "x".repeat(10 * MEGABYTE - '{"text":""}'.length);
		const accepted = await send(shop, `{"text":"${text}"}`, "application/json");
		expect(accepted.status).toBe(202);
		const execution = await shop.reached("succeeded", 1);
		expect(execution.steps[0]?.output).toBe(text.length);
		const event = await shop.remote.getEvent(shop.settings.workspaceId, execution.eventId);
		expect(event?.size).toBe(10 * MEGABYTE);
		expect(event?.body === `{"text":"${text}"}`).toBe(true);

		const refused = await send(shop, `{"text":"${text}x"}`, "application/json");
		expect(refused.status).toBe(413);
		expect(await refused.json()).toMatchObject({ error: { code: "payload_too_large" } });
		const deliveries = await shop.remote.listDeliveries(shop.settings.workspaceId, {});
		expect(deliveries?.items.map(({ status, httpStatus }) => [status, httpStatus])).toEqual([
			["rejected", 413],
			["accepted", 202],
		]);
		expect(await shop.ledger()).toMatchObject({ balanced: true, deliveries: { received: 2, accepted: 1, rejected: 1 } });
	});

	it("that is no text is kept as its bytes", async () => {
		const shop = await GivenSequencer.with();
		const bytes = new Uint8Array(3000).map((_, index) => index % 256);
		await send(shop, bytes, "application/octet-stream");
		const execution = await shop.reached("succeeded", 1);
		const event = await shop.remote.getEvent(shop.settings.workspaceId, execution.eventId);
		expect(event?.bodyEncoding).toBe("base64");
		expect(Buffer.from(event?.body ?? "", "base64").equals(Buffer.from(bytes))).toBe(true);
	});

	it("that is compressed is rejected with 415, so that nobody is surprised by bytes that mean nothing", async () => {
		const shop = await GivenSequencer.with();
		const response = await exports.default.fetch(shop.url, { method: "POST", headers: { "content-encoding": "gzip" }, body: "x" });
		expect(response.status).toBe(415);
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 0, deliveries: { received: 1, rejected: 1 } });
	});
});

describe("a step", () => {
	it("with megabytes of output is journaled, survives its retries and is shown whole", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 503 }) : Response.json({ ok: true })));
		const shop = await GivenSequencer.with({
			steps: [
				{ id: "map", type: "map", output: { text: "{{ event.body.text }}" } },
				{ id: "push", type: "http", url: "https://shop.example/", body: "small", retry: { initialMs: 10, backoff: "fixed" } },
			],
		});
		const text = "é".repeat(2 * MEGABYTE);
		await send(shop, JSON.stringify({ text }), "application/json");
		const { steps } = await shop.reached("succeeded", 1);
		expect((steps[0]?.output as { text: string } | undefined)?.text === text).toBe(true);
		expect(steps[0]?.attempts).toHaveLength(1);
		expect(steps[1]?.attempts).toHaveLength(2);
	});

	it("whose call is answered with more than 5 MB fails with a clear error", async () => {
		outside = new Outside(() => new Response("x".repeat(5 * MEGABYTE + 1)));
		const shop = await GivenSequencer.with({ steps: [{ id: "push", type: "http", url: "https://shop.example/" }] });
		await shop.post({});
		expect((await shop.reached("failed", 1)).error).toMatchObject({ code: "response_too_large", stepId: "push" });
		expect(outside.calls).toHaveLength(1);
	});
});
