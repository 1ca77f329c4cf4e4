import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { DeliveryDetail, DeliverySummary, EventDetail, ExplanationView, Integration, Ledger, Page } from "../../worker/api/types";
import { givenIntegration, givenPerson } from "../given/api";

/** What somebody can do who has a webhook's URL and no secret: send a lot. */

vi.setConfig({ testTimeout: 30_000 });

const TOKEN = "secret_of-a-subscription";
const hmac = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex");

describe("a flood of forgeries", () => {
	it.each([
		["without a signature", {}],
		["with a wrong one", { "x-notion-signature": `sha256=${"0".repeat(64)}` }],
	])("%s takes nothing away that a person needs", async (_name, forged: Record<string, string>) => {
		const ada = await givenPerson();
		const { id, version } = await givenIntegration(ada);
		const notion = await ada.get<Integration>("PATCH", `/api/integrations/${id}`, {
			version,
			workflow: { steps: [{ id: "seen", type: "map", output: "{{ event.body }}" }] },
			webhook: { enabled: true, verification: { scheme: "notion" }, dedupe: { mode: "sender" } },
		});
		const send = async (body: string, headers: Record<string, string> = {}): Promise<number> => {
			const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
			return (await exports.default.fetch(notion.webhook.url ?? "", init)).status;
		};
		const sign = (body: string, secret = TOKEN) => send(body, { "x-notion-signature": `sha256=${hmac(secret, body)}` });
		const list = async () => (await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${id}/deliveries?limit=100`)).items;
		const newest = async (): Promise<string> => (await list())[0]?.id ?? "";
		const detail = (delivery: string) => ada.get<DeliveryDetail>("GET", `/api/integrations/${id}/deliveries/${delivery}`);
		const accept = (delivery: string) => ada.get<{ eventId: string }>("POST", `/api/integrations/${id}/deliveries/${delivery}/accept`, {});

		expect(await send(JSON.stringify({ verification_token: TOKEN }))).toBe(200);
		const handshake = await newest();
		expect(await sign('{"id":"a","stock":1}')).toBe(202);
		expect(await sign('{"id":"a","stock":2}'), "acknowledged").toBe(200);
		const conflict = await newest();
		const large = JSON.stringify({ id: "b", text: "z".repeat(200_000) });
		expect(await sign(large, "another secret")).toBe(401);
		const refused = await newest();

		const flood = "f".repeat(262_000);
		for (let n = 0; n < 60; n++) expect(await send(flood, forged)).toBe(401);

		const last = await newest();
		expect((await detail(handshake)).show).toMatchObject({ what: "code" });
		expect(await ada.get<ExplanationView>("GET", `/api/integrations/${id}/deliveries/${refused}/explanation`)).toMatchObject({
			cause: "wrong_secret",
			whole: true,
		});
		for (const [delivery, body] of [[conflict, '{"id":"a","stock":2}'] as const, [refused, large] as const]) {
			const { eventId } = await accept(delivery);
			expect((await ada.get<EventDetail>("GET", `/api/integrations/${id}/events/${eventId}`)).body).toBe(body);
		}
		const cut = await detail(last);
		expect([cut.missing, cut.body.length, cut.size], "the flood is kept as well, its end cut").toEqual(["cut", 16_384, 262_000]);
		expect(await ada.get<Ledger>("GET", `/api/integrations/${id}/ledger`)).toMatchObject({
			deliveries: { accepted: 3, duplicate: 0, rejected: 60 },
			balanced: true,
		});
	});
});
