import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Connection, ConnectionPut } from "../../worker/connections/connection";
import { newId } from "../../worker/ids";

const SECRET = "canary-5f2c9a";

/** A sealed connection and a way to ask for its headers. */
async function givenConnection(changes: Partial<ConnectionPut> = {}) {
	const connectionId = newId("con");
	const put: ConnectionPut = { workspaceId: "wsp_1", connectionId, kind: "bearer", hosts: ["shop.example"], secret: SECRET, ...changes };
	const stub = env.CONNECTION.getByName(connectionId) as DurableObjectStub<Connection>;
	expect(await stub.put(put)).toEqual({ ok: true });
	return {
		stub,
		put,
		authorize: (url = "https://shop.example/x", workspaceId = "wsp_1") => stub.authorize({ workspaceId, url }),
	};
}

const rowOf = (stub: DurableObjectStub<Connection>) =>
	runInDurableObject(stub, (_, state) => state.storage.sql.exec("SELECT * FROM credential").toArray()[0] as Record<string, string>);
const changeRow = (stub: DurableObjectStub<Connection>, column: string, value: string) =>
	runInDurableObject(stub, (_, state) => void state.storage.sql.exec(`UPDATE credential SET ${column} = ?`, value));

test.each([
	[{ kind: "bearer" }, ["Authorization", `Bearer ${SECRET}`]],
	[{ kind: "header", headerName: "X-Shop-Key" }, ["X-Shop-Key", SECRET]],
	[
		{ kind: "basic", username: "ädä" },
		["Authorization", `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`ädä:${SECRET}`)))}`],
	],
] as [Partial<ConnectionPut>, [string, string]][])("lends the header of its kind: %j", async (changes, header) => {
	const { authorize } = await givenConnection(changes);
	expect(await authorize()).toEqual({ ok: true, headers: [header] });
});

test("lends to its own workspace only", async () => {
	const { authorize, put, stub } = await givenConnection();
	expect(await authorize(undefined, "wsp_2")).toMatchObject({ ok: false, code: "unknown_connection" });
	expect(await stub.put({ ...put, workspaceId: "wsp_2", secret: "other" })).toMatchObject({ ok: false, code: "unknown_connection" });
	await stub.remove("wsp_2");
	expect(await authorize()).toMatchObject({ ok: true });
});

test.each([
	["https://shop.example/", true],
	["https://SHOP.example./path?x", true],
	["http://shop.example:8080/", true],
	["https://shop.example.evil.com/", false],
	["https://evilshop.example/", false],
	["https://sub.shop.example/", false],
	["https://a.wide.example/", true],
	["https://a.b.wide.example/", true],
	["https://wide.example/", false],
	["https://evilwide.example/", false],
	["https://port.example:8443/", true],
	["https://port.example/", false],
	["https://default.example/", true],
	["http://default.example/", false],
	["nonsense", false],
])("bound to hosts: %s → %s", async (url, allowed) => {
	const { authorize } = await givenConnection({ hosts: ["shop.example", "*.wide.example", "port.example:8443", "default.example:443"] });
	expect(await authorize(url)).toMatchObject(allowed ? { ok: true } : { ok: false, code: "host_not_allowed" });
});

test.each([
	[{ hosts: [] }, "hosts"],
	[{ hosts: ["https://shop.example"] }, "hosts"],
	[{ hosts: ["*"] }, "hosts"],
	[{ hosts: ["*.com"] }, "hosts"],
	[{ hosts: ["shop.example/path"] }, "hosts"],
	[{ hosts: ["a*.example.com"] }, "hosts"],
	[{ secret: "" }, "secret"],
	[{ secret: "a\r\nX-Injected: 1" }, "secret"],
	[{ kind: "header", headerName: "X: 1" }, "headerName"],
	[{ kind: "header" }, "headerName"],
	[{ kind: "basic", username: "a:b" }, "username"],
] as [Partial<ConnectionPut>, string][])("refused: %j", async (changes, field) => {
	const { stub, put, authorize } = await givenConnection();
	expect(await stub.put({ ...put, ...changes })).toMatchObject({ ok: false, code: "invalid_connection", field });
	expect(await authorize()).toMatchObject({ ok: true });
});

test("the secret is nowhere in the object's storage", async () => {
	const { stub } = await givenConnection();
	expect(JSON.stringify(await rowOf(stub))).not.toContain(SECRET);
	const again = await givenConnection();
	expect(JSON.parse((await rowOf(stub)).sealed ?? "").ciphertext).not.toBe(JSON.parse((await rowOf(again.stub)).sealed ?? "").ciphertext);
});

test("what was sealed in one object does not open in another", async () => {
	const one = await givenConnection();
	const other = await givenConnection();
	await changeRow(other.stub, "sealed", (await rowOf(one.stub)).sealed ?? "");
	expect(await other.authorize()).toMatchObject({ ok: false, code: "credential_unreadable" });
	expect(await one.authorize()).toMatchObject({ ok: true });
});

test.each([
	["hosts", '["evil.example"]', "https://evil.example/", "wsp_1"],
	["workspace_id", "wsp_2", "https://shop.example/", "wsp_2"],
	["kind", "basic", "https://shop.example/", "wsp_1"],
	["header_name", "X-Other", "https://shop.example/", "wsp_1"],
])("a changed %s makes it unreadable", async (column, value, url, workspaceId) => {
	const { stub, authorize } = await givenConnection();
	await changeRow(stub, column, value);
	expect(await authorize(url, workspaceId)).toMatchObject({ ok: false, code: "credential_unreadable" });
});

test("a put for another object's id is refused", async () => {
	const { stub, put } = await givenConnection();
	expect(await stub.put({ ...put, connectionId: newId("con") })).toMatchObject({ ok: false, code: "unknown_connection" });
});

test("a new key of the vault: old seals open, rewrap moves them, and then the old key may go", async () => {
	const old = `1:${"2".repeat(64)}`;
	const both = `2:${"3".repeat(64)},${old}`;
	const { stub, authorize } = await givenConnection();
	const under = <T>(keys: string, work: (object: Connection) => Promise<T>) =>
		runInDurableObject(stub, async (object) => {
			const holder = object as unknown as { env: Env };
			const { env: before } = holder;
			holder.env = { ...before, VAULT_KEYS: keys, CONNECTION: before.CONNECTION };
			try {
				return await work(object);
			} finally {
				holder.env = before;
			}
		});
	const wanted = { workspaceId: "wsp_1", url: "https://shop.example/" };
	const before = await rowOf(stub);
	expect(await under(both, (object) => object.authorize(wanted))).toMatchObject({ ok: true });
	expect(await under(both, (object) => object.rewrap("wsp_2"))).toBeNull();
	expect(await under(`2:${"3".repeat(64)}`, (object) => object.rewrap("wsp_1"))).toBeNull(); // its own key is gone
	expect(await rowOf(stub)).toEqual(before);
	expect(await under(both, (object) => object.rewrap("wsp_1"))).toBe(2);
	expect(await under(both, (object) => object.rewrap("wsp_1"))).toBe(2);
	const after = await rowOf(stub);
	expect(JSON.parse(after.sealed ?? "")).toMatchObject({ keyVersion: 2, ciphertext: JSON.parse(before.sealed ?? "").ciphertext });
	expect(await under(`2:${"3".repeat(64)}`, (object) => object.authorize(wanted))).toEqual({
		ok: true,
		headers: [["Authorization", `Bearer ${SECRET}`]],
	});
	expect(await authorize()).toMatchObject({ ok: false, code: "credential_unreadable" }); // the first key alone
});

test("a removed credential is gone, and removing it again is fine", async () => {
	const { stub, authorize, put } = await givenConnection();
	await stub.remove("wsp_1");
	await stub.remove("wsp_1");
	expect(await authorize()).toMatchObject({ ok: false, code: "unknown_connection" });
	expect(await stub.put(put)).toEqual({ ok: true });
	expect(await authorize()).toMatchObject({ ok: true });
});
