import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Connection } from "../../worker/api/types";
import { codeOf, givenIntegration, givenPerson, type Someone } from "../given/api";

const SECRET = "sk_canary_4f1c";
const given = (ada: Someone, fields: Record<string, unknown> = {}) =>
	ada.get<Connection>("POST", "/api/connections", {
		name: "Shop",
		kind: "header",
		hosts: ["Shop.Example "],
		headerName: "X-Api-Key",
		secret: SECRET,
		...fields,
	});

test("a connection says all but its secret", async () => {
	const ada = await givenPerson();
	const made = await given(ada);
	expect(made).toMatchObject({ name: "Shop", kind: "header", hosts: ["shop.example"], fields: { headerName: "X-Api-Key" }, usedBy: [] });
	expect(JSON.stringify([made, await ada.get("GET", "/api/connections")])).not.toContain(SECRET);
	expect(JSON.stringify((await env.DB.prepare("SELECT * FROM connections").all()).results)).not.toContain(SECRET);
});

test("a connection is refused where it says too little, or what cannot be", async () => {
	const ada = await givenPerson();
	const good = { name: "Shop", kind: "bearer", hosts: ["shop.example"], secret: SECRET };
	for (const [bad, field] of [
		[{ hosts: [] }, "hosts"],
		[{ hosts: ["https://shop.example/"] }, "hosts.0"],
		[{ hosts: ["*.com"] }, "hosts.0"],
		[{ secret: "two\nlines" }, "secret"],
		[{ secret: "" }, "secret"],
		[{ kind: "header" }, "headerName"],
		[{ kind: "header", headerName: "Host" }, "headerName"],
		[{ kind: "header", headerName: "X Y" }, "headerName"],
		[{ kind: "header", headerName: "X-Forwarded-For" }, "headerName"],
		[{ kind: "header", headerName: "Sec-Fetch-Site" }, "headerName"],
		[{ kind: "header", headerName: "upgrade" }, "headerName"],
		[{ kind: "header", headerName: "TE" }, "headerName"],
		[{ kind: "header", headerName: "Idempotency-Key" }, "headerName"],
		[{ kind: "header", headerName: "CF-Connecting-IP" }, "headerName"],
		[{ name: "\u200b\u2060" }, "name"],
		[{ kind: "basic" }, "username"],
		[{ kind: "oauth" }, "kind"],
	] as const) {
		const response = await ada.send("POST", "/api/connections", { body: { ...good, ...bad } });
		expect([field, response.status]).toEqual([field, 422]);
		expect(await response.json()).toMatchObject({ error: { details: { problems: [{ field }] } } });
	}
	expect(await ada.get("GET", "/api/connections")).toEqual({ items: [], cursor: null });
});

test("a secret is kept through a new name, and asked for again where it would go elsewhere", async () => {
	const ada = await givenPerson();
	const { id } = await given(ada);
	const change = (body: unknown) => ada.send("PATCH", `/api/connections/${id}`, { body });
	expect(await (await change({ name: "Online shop" })).json()).toMatchObject({ name: "Online shop", hosts: ["shop.example"] });
	for (const body of [{ hosts: ["evil.example"] }, { headerName: "X-Other" }, { kind: "bearer" }]) {
		const refused = await change(body);
		expect([refused.status, await codeOf(refused)]).toEqual([422, "secret_required"]);
	}
	expect((await change({ hosts: ["shop.example"] })).status).toBe(200);
	expect(await (await change({ kind: "basic", username: "ada", secret: "new" })).json()).toMatchObject({
		kind: "basic",
		fields: { username: "ada" },
	});
});

test("a connection in use is deleted only by force", async () => {
	const ada = await givenPerson();
	const { id } = await given(ada);
	const user = await givenIntegration(ada, {
		workflow: { steps: [{ id: "push", type: "http", url: "https://shop.example/", connectionId: id }] },
	});
	const usedBy = [{ id: user.id, name: "Stock sync" }];
	expect(await ada.get("GET", "/api/connections")).toMatchObject({ items: [{ id, usedBy }] });
	const refused = await ada.send("DELETE", `/api/connections/${id}`);
	expect(refused.status).toBe(409);
	expect(await refused.json()).toMatchObject({ error: { code: "in_use", details: { usedBy } } });
	expect((await ada.send("DELETE", `/api/connections/${id}?force=true`)).status).toBe(204);
	expect((await ada.send("DELETE", `/api/connections/${id}`)).status).toBe(404);
});

test("another workspace's connection does not exist", async () => {
	const { id } = await given(await givenPerson());
	const eve = await givenPerson();
	expect((await eve.send("PATCH", `/api/connections/${id}`, { body: { name: "mine" } })).status).toBe(404);
	expect((await eve.send("DELETE", `/api/connections/${id}?force=true`)).status).toBe(404);
	expect(await eve.get("GET", "/api/connections")).toEqual({ items: [], cursor: null });
});
