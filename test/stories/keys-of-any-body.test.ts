import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { eventId } from "../../worker/ids";
import { KEY_XML_MAX_BYTES } from "../../worker/integrations/key-source";
import { dedupeSchema, orderingSchema, webhookSchema } from "../../worker/integrations/settings";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

/** An ordering key and the recognition of duplicates read what the workflow reads, whatever was sent. */

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (one) => one.charCodeAt(0));
const FORM =
	'--x\r\nContent-Disposition: form-data; name="order"\r\n\r\n4711\r\n--x\r\nContent-Disposition: form-data; name="label"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n';

interface Case {
	type: string;
	body: string | Uint8Array<ArrayBuffer>;
	/** As an ordering key, and as a workflow's expression where the two are spelled differently. */
	path: string;
	expression?: string;
	value: unknown;
	query?: string;
	headers?: Record<string, string>;
}

const CASES: [name: string, given: Case][] = [
	["JSON", { type: "application/json", body: '{"order":{"id":4711}}', path: "event.body.order.id", value: 4711 }],
	["JSON of a name of its own", { type: "application/vnd.shop+json", body: '{"id":"4711"}', path: "event.body.id", value: "4711" }],
	["a form", { type: "application/x-www-form-urlencoded", body: "order=4711&x=1", path: "event.body.order", value: "4711" }],
	[
		"a form that says a name twice",
		{ type: "application/x-www-form-urlencoded", body: "line=1&line=2", path: "event.body.line", value: ["1", "2"] },
	],
	["a field of a multipart form", { type: "multipart/form-data; boundary=x", body: FORM, path: "event.body.order", value: "4711" }],
	["a file's name", { type: "multipart/form-data; boundary=x", body: FORM, path: "event.body.label.filename", value: "a.pdf" }],
	[
		"JSON lines",
		{
			type: "application/x-ndjson",
			body: '{"id":4711}\n\n{"id":2}\n',
			path: "event.body.0.id",
			expression: "event.body[0].id",
			value: 4711,
		},
	],
	["XML", { type: "application/xml", body: "<order><id>0815</id></order>", path: "event.body.order.id", value: "0815" }],
	[
		"an attribute of XML in another charset",
		{
			type: "text/xml; charset=iso-8859-1",
			body: latin1("<order><name>Möbel</name></order>"),
			path: "event.body.order.name",
			value: "Möbel",
		},
	],
	[
		"the claims of a JWT",
		{
			type: "application/jwt",
			body: `${base64url({ alg: "HS256" })}.${base64url({ sub: "shop-7" })}.c2ln`,
			path: "event.body.claims.sub",
			value: "shop-7",
		},
	],
	["a query that says a name twice", { type: "text/plain", body: "x", query: "?id=1&id=2", path: "event.query.id", value: ["1", "2"] }],
	[
		"a header",
		{
			type: "text/plain",
			body: "x",
			headers: { "x-shop": "7" },
			path: "event.headers.x-shop",
			expression: "event.headers.`x-shop`",
			value: "7",
		},
	],
];

describe("the value by which an event is ordered and recognized", () => {
	it.each(CASES)("is the workflow's, of %s", async (_name, given) => {
		const { path, expression = path, value, headers = {} } = given;
		const shop = await GivenSequencer.with({
			webhook: webhookSchema.parse({ enabled: true, dedupe: dedupeSchema.parse({ mode: "fields", fields: [path] }) }),
			ordering: orderingSchema.parse({ mode: "key", key: path }),
			steps: [{ id: "seen", type: "map", output: { value: `{{ ${expression} }}` } }],
		});
		const { current } = shop.settings;
		await shop.save({ current: { ...current, version: 2, filter: `$exists(${expression})` } });
		const send = async (body: Case["body"]): Promise<unknown> => {
			const init = { method: "POST", headers: { "content-type": given.type, ...headers }, body };
			return (await exports.default.fetch(`${shop.url}${given.query ?? ""}`, init)).json();
		};
		expect(await send(given.body)).toMatchObject({ status: "accepted", sequence: 1 });
		expect((await shop.reached("succeeded", 1)).steps[0]?.output).toEqual({ value });
		const page = await shop.remote.listEvents(WORKSPACE, {});
		expect(page?.items[0]?.lane).toBe(JSON.stringify([value]));
		expect(await send(given.body)).toMatchObject({ status: "duplicate", sequence: 1 });
	});

	it.each([
		["text", "text/plain", '{"id":1}'],
		["text of no type", "", '{"id":1}'],
		["bytes that are no text", "application/octet-stream", latin1("\xff\xfe\x00")],
		["no body", "application/json", ""],
	])("is none, and to the workflow nothing either, of %s", async (_name, type, body) => {
		const shop = await GivenSequencer.with({
			ordering: orderingSchema.parse({ mode: "key", key: "event.body.id" }),
			steps: [{ id: "seen", type: "map", output: { exists: "{{ $exists(event.body.id) }}" } }],
		});
		await exports.default.fetch(shop.url, { method: "POST", headers: { "content-type": type }, body });
		expect((await shop.reached("succeeded", 1)).steps[0]?.output).toEqual({ exists: false });
		expect((await shop.remote.listEvents(WORKSPACE, {}))?.items[0]?.lane).toBeNull();
	});

	it("is none of XML that is too large to read while the sender waits, as the Webhook tab says", async () => {
		const shop = await GivenSequencer.with({ ordering: orderingSchema.parse({ mode: "key", key: "event.body.a.id" }) });
		const lanes = async (filling: number): Promise<unknown> => {
			const body = `<a><id>7</id><note>${"x".repeat(filling)}</note></a>`;
			await exports.default.fetch(shop.url, { method: "POST", headers: { "content-type": "text/xml" }, body });
			return (await shop.remote.listEvents(WORKSPACE, {}))?.items[0]?.lane;
		};
		expect(await lanes(KEY_XML_MAX_BYTES - 100)).toBe('["7"]');
		expect(await lanes(KEY_XML_MAX_BYTES)).toBeNull();
	});

	it("is that of the event with the new body, when its payload is edited, and the new one is JSON whatever the old one was", async () => {
		const shop = await GivenSequencer.with({
			ordering: orderingSchema.parse({ mode: "key", key: "event.headers.x-shop,event.body.order.id" }),
			steps: [{ id: "seen", type: "map", output: { id: "{{ event.body.order.id }}", shop: "{{ event.headers.`x-shop` }}" } }],
		});
		const headers = { "content-type": "text/xml", "x-shop": "7" };
		await exports.default.fetch(shop.url, { method: "POST", headers, body: "<order><id>1</id></order>" });
		expect((await shop.reached("succeeded", 1)).steps[0]?.output).toEqual({ id: "1", shop: "7" });
		const body = new TextEncoder().encode('{"order":{"id":2}}').buffer as ArrayBuffer;
		await shop.remote.replay(WORKSPACE, eventId(shop.settings.integrationId, 1), { from: "start", version: "current", body });
		expect((await shop.reached("succeeded", 1, 2)).steps[0]?.output).toEqual({ id: 2, shop: "7" });
		const lanes = await runInDurableObject(shop.stub, (_, { storage }) =>
			storage.sql.exec<{ lane: string | null }>("SELECT lane FROM executions ORDER BY key").toArray(),
		);
		expect(lanes.at(-1)?.lane).toBe('["7",2]');
	});

	it("is none where the body is not what its type says: the event runs without an order, and says why it fails", async () => {
		const shop = await GivenSequencer.with({
			ordering: orderingSchema.parse({ mode: "key", key: "event.body.order.id" }),
			steps: [{ id: "seen", type: "map", output: "{{ event.body }}" }],
		});
		await exports.default.fetch(shop.url, { method: "POST", headers: { "content-type": "application/xml" }, body: "<order><id>1</order>" });
		expect((await shop.reached("failed", 1)).error).toMatchObject({ code: "body_invalid" });
		expect((await shop.remote.listEvents(WORKSPACE, {}))?.items[0]?.lane).toBeNull();
	});
});
