import { expect, test } from "vitest";
import { codeOf, givenIntegration, givenPerson, ORIGIN, PASSWORD, send } from "../given/api";

/** Bodies and queries that programs send by mistake or by malice. */

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

test("a body nested too deep is refused on every route, before anything walks it", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	for (const [method, path, field] of [
		["PATCH", `/api/integrations/${id}`, "vars"],
		["POST", `/api/integrations/${id}/run`, "body"],
		["POST", `/api/integrations/${id}/check`, "workflow"],
		["POST", "/api/integrations", "answers"],
	] as const) {
		for (const depth of [64, 20_000]) {
			const refused = await ada.send(method, path, { body: `{"version":1,"${field}":${nested(depth)}}` });
			expect([path, depth, refused.status, await codeOf(refused)]).toEqual([path, depth, 422, "too_deep"]);
		}
	}
	expect((await ada.send("PATCH", `/api/integrations/${id}`, { body: `{"version":1,"vars":{"deep":${nested(62)}}}` })).status).toBe(200);
});

test("a limit or a cursor that is none of ours is refused on every list", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const lists = ["versions", "events", "executions", "deliveries", "lanes"].map((list) => `/api/integrations/${id}/${list}`);
	for (const path of ["/api/integrations", ...lists]) {
		for (const limit of ["0", "201", "abc", ""])
			expect([path, limit, (await ada.send("GET", `${path}?limit=${limit}`)).status]).toEqual([path, limit, 422]);
		expect((await ada.send("GET", `${path}?limit=200`)).status).toBe(200);
		for (const cursor of ["not%20ours", "1.int", "-1"]) {
			const refused = await ada.send("GET", `${path}?cursor=${cursor}`);
			expect([path, cursor, refused.status]).toEqual([path, cursor, 422]);
			expect(await refused.json()).toMatchObject({ error: { code: "invalid_cursor", details: { problems: [{ field: "cursor" }] } } });
		}
	}
});

test("a name that nobody could read is refused, whatever it names", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const connection = { kind: "bearer", hosts: ["shop.example"], secret: "x" };
	const account = { email: "somebody@example.com", password: PASSWORD };
	for (const [method, path, rest] of [
		["POST", "/api/integrations", {}],
		["PATCH", `/api/integrations/${id}`, { version: 1 }],
		["POST", "/api/workspaces", {}],
		["PATCH", `/api/workspaces/${ada.workspace.id}`, {}],
		["PATCH", "/api/me", {}],
		["POST", "/api/auth/sign-up/email", account],
		["POST", "/api/tokens", {}],
		["POST", "/api/connections", connection],
	] as const) {
		for (const name of ["\u200b", "a\u0000b", "a\nb", "\ufffd", "\u3164"]) {
			const refused = await ada.send(method, path, { body: { ...rest, name } });
			expect([path, name, refused.status]).toEqual([path, name, 422]);
			expect(await refused.json()).toMatchObject({ error: { details: { problems: [{ field: "name" }] } } });
		}
	}
});

test("what is neither a route nor a page is not found, in JSON, by every method", async () => {
	for (const path of ["/api", "/api/", "/api/nothing", "/in"]) {
		for (const method of ["GET", "POST", "DELETE"]) {
			const response = await send(method, path, { headers: { Origin: ORIGIN } });
			expect([path, method, response.status, await codeOf(response)]).toEqual([path, method, 404, "not_found"]);
			expect(response.headers.get("Inlet-Request-Id")).toMatch(/^req_/);
			expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
		}
	}
});
