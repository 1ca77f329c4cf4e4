import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { webhookSchema } from "../../worker/integrations/settings";
import { eventually } from "../given/eventually";
import { GivenSequencer } from "../given/sequencer-object";

const SEEN = { id: "seen", type: "map", output: "{{ event }}" };
const given = (webhook: object = {}) => GivenSequencer.with({ webhook: webhookSchema.parse({ enabled: true, ...webhook }), steps: [SEEN] });

interface Seen {
	id: string;
	sequence: number;
	method: string;
	path: string;
	query: unknown;
	headers: Record<string, string>;
	body: unknown;
}

/** The newest event as its workflow saw it. */
async function seen(shop: GivenSequencer, sequence: number): Promise<Seen> {
	const execution = await shop.reached("succeeded", sequence);
	return execution.steps[0]?.output as Seen;
}

const send = (shop: GivenSequencer, init: RequestInit, rest = ""): Promise<Response> => exports.default.fetch(shop.url + rest, init);

describe("methods", () => {
	it("GET where it is allowed: its query is the event", async () => {
		const shop = await given({ methods: ["GET"] });
		expect((await send(shop, { method: "GET" }, "/ping/7?sku=A&size=1&size=2&empty=")).status).toBe(202);
		expect(await seen(shop, 1)).toMatchObject({
			...{ method: "GET", path: "/ping/7", body: null },
			query: { sku: "A", size: ["1", "2"], empty: "" },
		});
	});

	it("that are not allowed are refused with those that are, and kept", async () => {
		const shop = await given({ methods: ["POST", "PUT"] });
		for (const method of ["GET", "PATCH", "DELETE", "PROPFIND"]) {
			const response = await send(shop, { method });
			expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, PUT"]);
		}
		expect((await send(shop, { method: "PUT", body: "x" })).status).toBe(202);
		expect(await shop.ledger()).toMatchObject({ deliveries: { received: 5, accepted: 1, rejected: 4 }, balanced: true });
		await shop.reached("succeeded", 1);
	});

	it("HEAD and OPTIONS are answered and are no deliveries", async () => {
		const shop = await given({ methods: ["POST"] });
		const head = await send(shop, { method: "HEAD" });
		expect([head.status, await head.text()]).toEqual([200, ""]);
		const options = await send(shop, { method: "OPTIONS", headers: { origin: "https://elsewhere.example" } });
		expect([options.status, await options.text(), options.headers.get("allow")]).toEqual([204, "", "POST"]);
		expect(options.headers.get("access-control-allow-origin")).toBeNull();
		expect(await shop.ledger()).toMatchObject({ deliveries: { received: 0 } });
		await shop.save({ webhook: webhookSchema.parse({ enabled: false }) });
		expect((await send(shop, { method: "HEAD" })).status).toBe(404);
		expect((await send(shop, { method: "OPTIONS" })).status).toBe(404);
	});
});

describe("the path and the query", () => {
	it.each([
		["", "/", {}],
		["/", "/", {}],
		["/a%2Fb/ü?x=%20y&x=z", "/a%2Fb/%C3%BC", { x: [" y", "z"] }],
		["//double//", "//double//", {}],
		["?__proto__=1&constructor=2", "/", JSON.parse('{"__proto__":"1","constructor":"2"}')],
	])("%j are kept as they came", async (rest, path, query) => {
		const shop = await given();
		expect((await send(shop, { method: "POST", body: "{}" }, rest)).status).toBe(202);
		const event = await seen(shop, 1);
		expect([event.path, JSON.stringify(event.query)]).toEqual([path, JSON.stringify(query)]);
	});
});

/** A body that pretends to be more than a body. */
const POSING = JSON.stringify({
	...{
		id: "evt_forged",
		sequence: 9_999,
		receivedAt: "1999-01-01T00:00:00.000Z",
		method: "DELETE",
		path: "/forged",
		query: { a: "forged" },
	},
	...{ headers: { "x-forged": "1" }, files: [{ filepath: "/etc/passwd" }], meta: { lane: "forged" }, lane: "forged", body: "forged" },
	event: { id: "evt_forged", method: "DELETE" },
});
const FORM = "id=evt_forged&sequence=9999&method=DELETE&headers[x-forged]=1&files[0][filepath]=/etc/passwd&__proto__[polluted]=1";
const PARTS = [
	...["--b", 'Content-Disposition: form-data; name="headers"; filename="../../etc/passwd"', "Content-Type: text/html", "", "x"],
	...["--b", 'Content-Disposition: form-data; name="__proto__"', "", "forged", "--b--", ""],
].join("\r\n");
const XML = '<?xml version="1.0"?><event id="evt_forged"><method>DELETE</method><headers>forged</headers></event>';

describe("whatever type a body is said to be, no field but the body changes", () => {
	const types: [type: string | string[] | null, bodies: string[]][] = [
		["application/json", [POSING]],
		["application/json; charset=utf-7", [POSING]],
		["APPLICATION/JSON;CHARSET=UTF-8", [POSING]],
		["application/json; boundary=b", [POSING]],
		["application/vnd.api+json", [POSING]],
		["application/x-ndjson", [POSING]],
		["text/plain", [POSING, FORM, PARTS, XML]],
		["text/html", [POSING, XML]],
		["application/x-www-form-urlencoded", [POSING, FORM, PARTS, XML]],
		["multipart/form-data; boundary=b", [PARTS]],
		["multipart/mixed; boundary=b", [PARTS]],
		["application/xml", [XML]],
		["image/svg+xml", [XML]],
		["application/octet-stream", [POSING, FORM, PARTS]],
		["message/http", [POSING]],
		["nonsense", [POSING]],
		[";", [POSING]],
		["", [POSING]],
		[null, [POSING, FORM]],
		[["application/json", "text/plain"], [POSING]],
		[["text/plain", "application/json"], [POSING]],
		[
			["multipart/form-data; boundary=b", "application/json"],
			[PARTS, POSING],
		],
	];
	const table = types.flatMap(([type, bodies]) => bodies.map((body) => [JSON.stringify(type), body.slice(0, 12), type, body] as const));

	it.each(table)("%s with %j", async (_type, _start, type, body) => {
		const shop = await given();
		const headers = new Headers({ "x-shop": "7" });
		for (const one of typeof type === "string" ? [type] : (type ?? [])) headers.append("content-type", one);
		const sent = new TextEncoder().encode(body);
		const response = await send(shop, { method: "POST", headers, body: sent }, "/orders?a=1");
		const answered = (await response.json()) as { id: string };
		expect(answered).toMatchObject({ sequence: 1, status: "accepted" });
		const kept = await shop.remote.getEvent(shop.settings.workspaceId, answered.id);
		expect(kept).toMatchObject({ body, method: "POST", path: "/orders", query: "?a=1", lane: null, sender: null, name: null });

		const execution = await eventually(async () => {
			const one = await shop.execution(1);
			if (one.endedAt === null) throw new Error(`it is ${one.status}`);
			return one;
		});
		if (execution.status === "failed") {
			expect(execution.error).toMatchObject({ code: "body_invalid", field: "event.body" });
			return;
		}
		const { receivedAt, body: _body, ...event } = (execution.steps[0]?.output ?? {}) as Seen & { receivedAt: string };
		expect(event).toEqual({
			...{ id: answered.id, sequence: 1, method: "POST", path: "/orders", query: { a: "1" } },
			...{ headers: Object.fromEntries(kept?.headers ?? []), sender: null, name: null, occurredAt: null },
		});
		expect(event.headers["x-shop"]).toBe("7");
		expect(event.headers["x-forged"]).toBeUndefined();
		expect(Date.parse(receivedAt)).toBeGreaterThan(Date.UTC(2020, 0));
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
});
