import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { DeliverySummary, Integration, Ledger, Page } from "../../worker/api/types";
import type { Sender } from "../../worker/connectors/sender";
import { SENDERS } from "../../worker/connectors/senders";
import { givenIntegration, givenMember, givenPerson, type Someone } from "../given/api";
import { stripe } from "../given/stripe";

let ada: Someone;
beforeEach(async () => {
	ada = await givenPerson();
});

const save = (integration: Integration, webhook: object) =>
	ada.send("PATCH", `/api/integrations/${integration.id}`, { body: { version: integration.version, webhook } });

async function givenEndpoint(verification: object, more: object = {}): Promise<Integration> {
	const saved = await save(await givenIntegration(ada), { enabled: true, verification, ...more });
	expect(saved.status, await saved.clone().text()).toBe(200);
	return saved.json();
}

const post = ({ webhook }: Integration, body: string, headers: Record<string, string> = {}): Promise<Response> =>
	exports.default.fetch(webhook.url ?? "", { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

const deliveries = ({ id }: Integration) => ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${id}/deliveries`);
const ledger = ({ id }: Integration) => ada.get<Ledger>("GET", `/api/integrations/${id}/ledger`);
const codeOf = async (response: Response) => [response.status, (await response.json<{ error: { code: string } }>()).error.code];

describe("an endpoint with a sender", () => {
	test("accepts what its secret signed, and keeps what another one signed with the reason", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: ["whsec_first"] });
		const body = '{"id":"evt_1","type":"invoice.paid"}';
		expect((await post(shop, body, stripe("whsec_first", body))).status).toBe(202);
		expect(await codeOf(await post(shop, body, stripe("whsec_other", body)))).toEqual([401, "signature_invalid"]);
		expect(await codeOf(await post(shop, body))).toEqual([401, "signature_missing"]);
		expect(await codeOf(await post(shop, body, stripe("whsec_first", body, Date.now() - 3_600_000)))).toEqual([
			401,
			"timestamp_out_of_range",
		]);
		expect((await deliveries(shop)).items.map(({ status, reason }) => [status, reason])).toEqual([
			["rejected", "timestamp_out_of_range"],
			["rejected", "signature_missing"],
			["rejected", "signature_invalid"],
			["accepted", null],
		]);
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 4, accepted: 1, rejected: 3 }, balanced: true });
	});

	test("never sends a secret back, and keeps it when what was read is saved again", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: ["whsec_first"] });
		expect(shop.webhook.verification).toEqual({ scheme: "stripe", secrets: { count: 1 } });
		const again = await save(shop, { verification: shop.webhook.verification });
		expect(again.status).toBe(200);
		const text = await again.text();
		expect(text).not.toContain("whsec_first");
		expect((await post(shop, "{}", stripe("whsec_first", "{}"))).status).toBe(202);
	});

	test("never stops asking who sends by a null, and stops where it is told so", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: ["whsec_first"] });
		for (const verification of [null, { scheme: null }]) {
			const refused = await save(shop, { verification });
			expect([refused.status, (await refused.text()).includes("webhook.verification")]).toEqual([422, true]);
			expect((await post(shop, "{}")).status).toBe(401);
		}
		expect((await save(shop, { verification: { scheme: "none" } })).status).toBe(200);
		expect((await post(shop, "{}")).status).toBe(202);
	});

	test("takes two secrets while one is changed for the other, and then the new one alone", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: ["whsec_old"] });
		const both: Integration = await (await save(shop, { verification: { secrets: [{ keep: 0 }, "whsec_new"] } })).json();
		expect(both.webhook.verification).toEqual({ scheme: "stripe", secrets: { count: 2 } });
		for (const secret of ["whsec_old", "whsec_new"]) expect((await post(shop, "{}", stripe(secret, "{}"))).status).toBe(202);
		expect((await save(both, { verification: { secrets: [{ keep: 1 }] } })).status).toBe(200);
		expect((await post(shop, "{}", stripe("whsec_old", "{}"))).status).toBe(401);
		expect((await post(shop, "{}", stripe("whsec_new", "{}"))).status).toBe(202);
	});

	test("refuses everything until it has a secret, and after another sender was chosen", async () => {
		const shop = await givenEndpoint({ scheme: "stripe" });
		expect((await post(shop, "{}", stripe("", "{}"))).status).toBe(401);
		const set: Integration = await (await save(shop, { verification: { secrets: ["whsec_first"] } })).json();
		expect((await post(shop, "{}", stripe("whsec_first", "{}"))).status).toBe(202);
		const github: Integration = await (await save(set, { verification: { scheme: "github" } })).json();
		expect(github.webhook.verification).toEqual({ scheme: "github", secrets: { count: 0 } });
		expect((await post(shop, "{}", stripe("whsec_first", "{}"))).status).toBe(401);
	});

	test("a copy of it has no secrets, and a version that is restored leaves the verification as it is now", async () => {
		const plain = await givenIntegration(ada);
		const shop: Integration = await (
			await save(plain, { enabled: true, verification: { scheme: "stripe", secrets: ["whsec_first"] } })
		).json();
		const copy = await ada.get<Integration>("POST", `/api/integrations/${shop.id}/duplicate`);
		expect(copy.webhook.verification).toEqual({ scheme: "stripe", secrets: { count: 0 } });
		const restored = await ada.get<Integration>("POST", `/api/integrations/${shop.id}/versions/${plain.version}/restore`);
		expect(restored.webhook.verification).toEqual({ scheme: "stripe", secrets: { count: 1 } });
		expect((await post(shop, "{}")).status).toBe(401);
	});

	test("says which setting is wrong or missing", async () => {
		const integration = await givenIntegration(ada);
		const refusal = async (verification: object) => {
			const response = await save(integration, { verification });
			return [response.status, (await response.json<{ error: { message: string } }>()).error.message];
		};
		expect(await refusal({ scheme: "nobody" })).toEqual([422, expect.stringContaining("GET /api/senders")]);
		expect(await refusal({ scheme: "hmac", secrets: ["s"] })).toEqual([422, expect.stringContaining("Header is needed")]);
		expect(await refusal({ scheme: "hmac", secrets: ["s"], header: "x-sig", algorithm: "md5", encoding: "hex" })).toEqual([
			422,
			expect.stringContaining("sha256"),
		]);
		expect(await refusal({ scheme: "stripe", secrets: ["a", "b", "c"] })).toEqual([422, expect.stringContaining("two")]);
		expect(await refusal({ scheme: "none", secrets: ["a"] })).toEqual([422, expect.stringContaining("Choose a sender")]);
	});

	test("refuses an empty secret and one that is there twice, at its own place", async () => {
		const plain = await givenIntegration(ada);
		const place = async (integration: Integration, verification: object) => {
			const response = await save(integration, { verification });
			const { error } = await response.json<{ error: { message: string; details: { fields: object } } }>();
			return [response.status, error.message];
		};
		const at = (index: number, words: string) => [422, expect.stringContaining(`webhook.verification.secrets.${index}: ${words}`)];
		const [empty, same] = ["This is empty.", "This is the same as the other one."];
		expect(await place(plain, { scheme: "stripe", secrets: [" "] })).toEqual(at(0, empty));
		expect(await place(plain, { scheme: "stripe", secrets: ["whsec_a", "whsec_a"] })).toEqual(at(1, same));

		const shop = await givenEndpoint({ scheme: "stripe", secrets: ["whsec_a"] });
		expect(await place(shop, { secrets: [{ keep: 0 }, ""] })).toEqual(at(1, empty));
		expect(await place(shop, { secrets: [{ keep: 0 }, " whsec_a"] })).toEqual(at(1, same));
		expect(await place(shop, { secrets: ["whsec_a", { keep: 0 }] })).toEqual(at(0, same));
		expect(await place(shop, { secrets: [{ keep: 0 }, { keep: 0 }] })).toEqual(at(1, same));
		expect((await save(shop, { verification: { secrets: [{ keep: 0 }, "whsec_b"] } })).status).toBe(200);
	});

	test("refuses a secret with which nothing could ever be right, by its place and without repeating it", async () => {
		const integration = await givenIntegration(ada);
		const refused = await save(integration, {
			verification: { scheme: "svix", secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!"] },
		});
		const { error } = await refused.json<{ error: { details: unknown } }>();
		expect([refused.status, JSON.stringify(error.details)]).toEqual([422, expect.stringContaining("webhook.verification.secrets.1")]);
		expect(JSON.stringify(error)).not.toContain("!!!");
		expect((await save(integration, { verification: { scheme: "basic", secrets: ["nocolon"] } })).status).toBe(422);
		expect((await save(integration, { verification: { scheme: "basic", secrets: ["me:pass"] } })).status).toBe(200);
	});

	test("a custom HMAC is as the person describes it", async () => {
		const shop = await givenEndpoint({
			scheme: "hmac",
			header: "X-Sig",
			algorithm: "sha512",
			encoding: "base64",
			prefix: "v1=",
			secrets: ["s3cret"],
		});
		const signature = `v1=${createHmac("sha512", "s3cret").update("{}").digest("base64")}`;
		expect((await post(shop, "{}", { "x-sig": signature })).status).toBe(202);
		expect((await post(shop, "{ }", { "x-sig": signature })).status).toBe(401);
	});

	test("recognizes a repeated delivery by the id that its sender gives", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: ["whsec_first"] }, { dedupe: { mode: "sender" } });
		const body = '{"id":"evt_1","type":"invoice.paid"}';
		expect((await post(shop, body, stripe("whsec_first", body))).status).toBe(202);
		expect((await post(shop, body, stripe("whsec_first", body, Date.now() - 5_000))).status).toBe(200);
	});

	test("answers with no bytes where its sender wants none, also when it refuses", async () => {
		const shop = await givenEndpoint({ scheme: "xero", secrets: ["key"] }, { response: { status: 200, body: "empty" } });
		const body = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"X"}';
		const good = await post(shop, body, { "x-xero-signature": createHmac("sha256", "key").update(body).digest("base64") });
		expect([good.status, await good.text()]).toEqual([200, ""]);
		const bad = await post(shop, body, { "x-xero-signature": createHmac("sha256", "other").update(body).digest("base64") });
		expect([bad.status, await bad.text(), bad.headers.get("set-cookie")]).toEqual([401, "", null]);
	});
});

describe("a sender that hands its secret over", () => {
	test("is answered and its secret kept, once: whoever else has the URL cannot replace it", async () => {
		const tasks = await givenEndpoint({ scheme: "asana" });
		const hello = await post(tasks, "", { "x-hook-secret": "given-by-asana" });
		expect([hello.status, hello.headers.get("x-hook-secret")]).toEqual([200, "given-by-asana"]);
		const sign = (secret: string) => ({ "x-hook-signature": createHmac("sha256", secret).update('{"events":[]}').digest("hex") });
		expect((await post(tasks, '{"events":[]}', sign("given-by-asana"))).status).toBe(202);
		expect((await post(tasks, "", { "x-hook-secret": "mine" })).status).toBe(403);
		expect((await post(tasks, '{"events":[]}', sign("mine"))).status).toBe(401);
		const now = await ada.get<Integration>("GET", `/api/integrations/${tasks.id}`);
		expect(now.webhook.verification).toEqual({ scheme: "asana", secrets: { count: 1 } });
		expect(await ledger(tasks)).toMatchObject({ deliveries: { handshake: 1, accepted: 1, rejected: 2 }, balanced: true });
	});
});

describe("the list of senders", () => {
	test("can be read by everybody in the workspace, and names what each one needs", async () => {
		const viewer = await givenMember(ada, "viewer");
		const { items } = await viewer.get<{ items: { id: string; name: string }[] }>("GET", "/api/senders");
		expect(items.length).toBeGreaterThan(90);
		const meta = await viewer.get<{ options: { id: string; secret: boolean }[]; handshake: boolean }>("GET", "/api/senders/meta");
		expect(meta).toMatchObject({ handshake: true, options: [{ secret: true }] });
		for (const { id, batch } of SENDERS.filter((sender: Sender) => sender.batch || sender.id === "stripe"))
			expect(await viewer.get<object>("GET", `/api/senders/${id}`)).toMatchObject({
				id,
				batch: batch ? { ...batch, duplicateId: batch.duplicateId ?? [] } : null,
			});
		expect((await viewer.send("GET", "/api/senders/nobody")).status).toBe(404);
	});
});
