import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import { receive } from "../../worker/endpoints/receive";
import { webhookSchema } from "../../worker/integrations/settings";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

const listed = (allowedIps: string[]) => GivenSequencer.with({ webhook: webhookSchema.parse({ enabled: true, allowedIps }) });
/** As the Worker is deployed, where Cloudflare names the address. */
const from = (shop: GivenSequencer, address: string | null, { method = "POST", hops = 0 } = {}) =>
	receive(
		new Request(shop.url, { method, headers: address === null ? {} : { "cf-connecting-ip": address } }),
		{ ...env, ENVIRONMENT: "production" },
		createExecutionContext() as Parameters<typeof receive>[2],
		hops,
	);

it("a webhook with a list takes deliveries from its addresses alone, and keeps the others with theirs", async () => {
	const shop = await listed(["203.0.113.0/24", "2001:db8::1"]);
	expect((await from(shop, "203.0.113.9")).status).toBe(202);
	expect((await from(shop, "2001:db8:0::1")).status).toBe(202);
	const refused = await from(shop, "198.51.100.7");
	expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: "address_not_allowed" } }]);
	const [kept] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
	expect(kept).toMatchObject({ status: "rejected", reason: "address_not_allowed", httpStatus: 403 });
	expect(await shop.remote.getDelivery(WORKSPACE, kept?.id ?? "")).toMatchObject({ address: "198.51.100.7" });
	expect(await shop.remote.acceptAfterAll(WORKSPACE, kept?.id ?? "")).toMatchObject({ status: "accepted" });
	expect(await shop.ledger()).toMatchObject({ deliveries: { received: 3, accepted: 3, rejected: 0 }, balanced: true });
});

it("whoever is not on the list is not even told what the webhook takes", async () => {
	const shop = await listed(["203.0.113.0/24"]);
	for (const method of ["HEAD", "OPTIONS", "GET"]) {
		const response = await from(shop, "198.51.100.7", { method });
		expect([response.status, response.headers.get("allow")]).toEqual([403, null]);
	}
	expect((await from(shop, "203.0.113.7", { method: "HEAD" })).status).toBe(200);
});

it("where no address is known a list lets nobody in", async () => {
	expect((await from(await listed(["127.0.0.1", "0.0.0.0/0", "::/0"]), null)).status).toBe(403);
});

it("in development everybody is the own machine, whatever a sender writes", async () => {
	const post = (shop: GivenSequencer) =>
		exports.default.fetch(shop.url, { method: "POST", headers: { "cf-connecting-ip": "203.0.113.7" } });
	expect((await post(await listed(["127.0.0.1"]))).status).toBe(202);
	expect((await post(await listed(["::1"]))).status).toBe(202);
	expect((await post(await listed(["203.0.113.7"]))).status).toBe(403);
});

it("an integration that calls cannot say that it is somebody else", async () => {
	const shop = await listed(["203.0.113.7"]);
	expect((await from(shop, "203.0.113.7")).status).toBe(202);
	expect((await from(shop, "203.0.113.7", { hops: 1 })).status).toBe(403);
});

it("an empty list takes deliveries from anywhere", async () => {
	const shop = await listed([]);
	expect((await from(shop, "198.51.100.7")).status).toBe(202);
	expect((await from(shop, null)).status).toBe(202);
});
