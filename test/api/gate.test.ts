import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ACCESS, reaches } from "../../worker/api/access";
import { app } from "../../worker/api/app";
import { ROLES, type Role } from "../../worker/db/schema";
import { as, codeOf, givenIntegration, givenMember, givenPerson, ORIGIN, PASSWORD, type Someone, send } from "../given/api";

const routes = [...new Set(app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`))];
const parted = (route: string): [method: string, path: string] => route.split(" ") as [string, string];
/** The route with ids that lead nowhere. */
const filled = (path: string): string => path.replaceAll(/:[a-zA-Z]+/g, "nothing");
const isUnsafe = (method: string): boolean => method !== "GET";
const bodyFor = (method: string) => (isUnsafe(method) ? { body: {} } : {});
/** With what a foreign id must be refused for that id alone. */
const soundBodyFor = (route: string) => {
	if (route.endsWith("/check")) return { body: { workflow: {} } };
	return route.endsWith("/masked") ? { body: { redaction: { patterns: ["card"] } } } : bodyFor(parted(route)[0]);
};

describe("the table of access", () => {
	test("has a row for every route, and no row without a route", () => {
		expect(Object.keys(ACCESS).sort()).toEqual([...routes].sort());
	});

	test("is what every route obeys, for everyone who asks", async () => {
		const owner = await givenPerson();
		const people: Record<Role, Someone> = {
			owner,
			admin: await givenMember(owner, "admin"),
			member: await givenMember(owner, "member"),
			viewer: await givenMember(owner, "viewer"),
		};
		for (const route of routes) {
			const [method, path] = parted(route);
			// These would end the session or the membership under which the rest is asked.
			if (/sign-out|members\/me$/.test(path)) continue;
			const { least, workspaceInPath } = ACCESS[route] ?? { least: "owner" };
			const url = workspaceInPath ? path.replace(":id", owner.workspace.id) : filled(path);
			const nobody = await send(method, url, bodyFor(method));
			expect([route, "nobody", nobody.status === 401 && path !== "/api/auth/sign-in/email"]).toEqual([route, "nobody", least !== "anyone"]);
			if (least === "anyone" || (method === "DELETE" && workspaceInPath)) continue;
			for (const role of ROLES) {
				const response = await people[role].send(method, url, { ...bodyFor(method), headers: { "Inlet-Workspace": owner.workspace.id } });
				const allowed = least === "person" || reaches(role, least);
				expect([route, role, response.status !== 403]).toEqual([route, role, allowed]);
				expect([route, role, response.status < 500]).toEqual([route, role, true]);
			}
		}
	}, 60_000);

	test("answers 404 to everyone from another workspace, whatever the route", async () => {
		const owner = await givenPerson();
		const stranger = await givenPerson();
		const { id } = await givenIntegration(owner);
		for (const route of routes) {
			const [method, path] = parted(route);
			const { least, workspaceInPath } = ACCESS[route] ?? { least: "owner" };
			if (least === "anyone" || least === "person") continue;
			const named = await stranger.send(method, filled(path), { ...bodyFor(method), headers: { "Inlet-Workspace": owner.workspace.id } });
			expect([route, named.status]).toEqual([route, 404]);
			if (!path.includes(":id")) continue;
			const owners = path.startsWith("/api/integrations") ? id : owner.workspace.id;
			const foreign = await stranger.send(method, filled(path.replace(":id", owners)), soundBodyFor(route));
			if (workspaceInPath || path.startsWith("/api/integrations")) expect([route, foreign.status]).toEqual([route, 404]);
		}
		expect((await owner.send("GET", `/api/integrations/${id}`)).status).toBe(200);
	}, 60_000);
});

describe("an unsafe request", () => {
	const unsafe = routes.filter((route) => isUnsafe(parted(route)[0]));

	test("with a session is refused where it may come from another site", async () => {
		const ada = await givenPerson();
		const { cookie } = ada;
		const crossing: [string, Record<string, string>][] = [
			["no mark at all", {}],
			["another origin", { Origin: "https://evil.example" }],
			["an opaque origin", { Origin: "null" }],
			["another port", { Origin: "http://localhost:9999" }],
			["a lookalike", { Origin: "http://localhost.evil.example" }],
			["cross-site", { "Sec-Fetch-Site": "cross-site", Origin: ORIGIN }],
			["a sister site", { "Sec-Fetch-Site": "same-site", Origin: ORIGIN }],
		];
		for (const route of unsafe) {
			const [method, path] = parted(route);
			for (const [what, headers] of crossing) {
				const response = await send(method, filled(path), { body: {}, headers: { Cookie: cookie, ...headers } });
				expect([route, what, response.status, await codeOf(response)]).toEqual([route, what, 403, "cross_site"]);
			}
		}
		expect((await ada.send("GET", "/api/me")).status).toBe(200);
	}, 60_000);

	test("from our own pages is let through, by either mark", async () => {
		const { cookie } = await givenPerson();
		for (const headers of [{ Origin: ORIGIN }, { "Sec-Fetch-Site": "same-origin" }] as Record<string, string>[]) {
			const response = await send("POST", "/api/integrations", { body: { name: "x" }, headers: { Cookie: cookie, ...headers } });
			expect(response.status).toBe(201);
		}
	});

	test("cannot log anybody in from another site, even without a cookie", async () => {
		const { email } = await givenPerson();
		const body = { email, password: PASSWORD };
		expect((await send("POST", "/api/auth/sign-in/email", { body, headers: { Origin: "https://evil.example" } })).status).toBe(403);
		expect((await send("POST", "/api/auth/sign-in/email", { body })).status).toBe(200);
	});

	test("must be JSON, whatever its route", async () => {
		const { cookie } = await givenPerson();
		for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"]) {
			const headers = { Cookie: cookie, Origin: ORIGIN, "Content-Type": type };
			const response = await send("POST", "/api/integrations", { body: '{"name":"x"}', headers });
			expect([type, response.status]).toEqual([type, 415]);
		}
	});

	test("that is malformed or too large is refused", async () => {
		const ada = await givenPerson();
		const malformed = await ada.send("POST", "/api/integrations", { body: '{"name":' });
		expect([malformed.status, await codeOf(malformed)]).toEqual([400, "malformed_json"]);
		const large = await ada.send("POST", "/api/integrations", { body: { name: "x".repeat(1024 * 1024) } });
		expect([large.status, await codeOf(large)]).toEqual([413, "payload_too_large"]);
	});

	test("that is too large is refused also where it does not say its length", async () => {
		const { cookie } = await givenPerson();
		const stream = (bytes: number) =>
			new ReadableStream({
				start(controller) {
					controller.enqueue(new TextEncoder().encode(`{"name":"${"x".repeat(bytes)}"}`));
					controller.close();
				},
			});
		const headers = { Cookie: cookie, Origin: ORIGIN, "Content-Type": "application/json" };
		const post = (bytes: number) =>
			app.fetch(new Request(`${ORIGIN}/api/integrations`, { method: "POST", headers, body: stream(bytes) }), env);
		expect((await post(2 * 1024 * 1024)).status).toBe(413);
		expect((await post(10)).status).toBe(201);
	});
});

describe("an API token", () => {
	const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

	test("works without a cookie or Origin, within its role and workspace", async () => {
		const ada = await givenPerson();
		const { token } = await ada.get<{ token: string }>("POST", "/api/tokens", { name: "ci", role: "viewer" });
		expect(token).toMatch(/^inlet_/);
		expect((await send("GET", "/api/integrations", { headers: bearer(token) })).status).toBe(200);
		expect((await send("POST", "/api/integrations", { body: { name: "x" }, headers: bearer(token) })).status).toBe(403);
		const other = await ada.get<{ id: string }>("POST", "/api/workspaces", { name: "Other" });
		expect((await send("GET", "/api/integrations", { headers: { ...bearer(token), "Inlet-Workspace": other.id } })).status).toBe(404);
		const me = await (await send("GET", "/api/me", { headers: bearer(token) })).json();
		expect(me).toMatchObject({ workspaces: [{ id: ada.workspace.id, role: "viewer" }] });
	});

	test("cannot make tokens, nor touch the account", async () => {
		const ada = await givenPerson();
		const { token } = await ada.get<{ token: string }>("POST", "/api/tokens", { name: "all" });
		for (const route of routes.filter((one) => ACCESS[one]?.sessionOnly)) {
			const [method, path] = parted(route);
			const response = await send(method, filled(path), { ...bodyFor(method), headers: bearer(token) });
			expect([route, response.status, await codeOf(response)]).toEqual([route, 403, "session_required"]);
		}
	});

	test("is kept as a hash and shown once", async () => {
		const ada = await givenPerson();
		const { token } = await ada.get<{ token: string }>("POST", "/api/tokens", { name: "ci" });
		const rows = await env.DB.prepare("SELECT * FROM tokens").all();
		expect(JSON.stringify(rows.results)).not.toContain(token);
		expect(JSON.stringify(await ada.get("GET", "/api/tokens"))).not.toContain(token);
	});

	test("that is wrong, over or taken back is refused, also beside a good cookie", async () => {
		const ada = await givenPerson();
		const made = await ada.get<{ id: string; token: string }>("POST", "/api/tokens", { name: "ci", expiresInDays: 1 });
		expect((await send("GET", "/api/me", { headers: bearer(made.token) })).status).toBe(200);
		await env.DB.prepare("UPDATE tokens SET expires_at = ? WHERE id = ?")
			.bind(Date.now() - 1, made.id)
			.run();
		const second = await ada.get<{ id: string; token: string }>("POST", "/api/tokens", { name: "ci" });
		expect((await ada.send("DELETE", `/api/tokens/${second.id}`)).status).toBe(204);
		for (const token of [made.token, second.token, `inlet_${"A".repeat(43)}`, "nonsense"]) {
			const response = await send("GET", "/api/me", { headers: { ...bearer(token), Cookie: ada.cookie } });
			expect([response.status, await codeOf(response)]).toEqual([401, "invalid_token"]);
		}
	});

	test("can do no more than its maker can today, and nothing once they have left", async () => {
		const owner = await givenPerson();
		const member = await givenMember(owner, "admin");
		const { token } = await member.get<{ token: string }>("POST", "/api/tokens", { name: "ci" });
		const make = () => send("POST", "/api/integrations", { body: { name: "x" }, headers: bearer(token) });
		expect((await make()).status).toBe(201);
		await owner.get("PATCH", `/api/members/${member.userId}`, { role: "viewer" });
		expect((await make()).status).toBe(403);
		expect((await send("GET", "/api/integrations", { headers: bearer(token) })).status).toBe(200);
		await owner.get("DELETE", `/api/members/${member.userId}`);
		expect((await send("GET", "/api/integrations", { headers: bearer(token) })).status).toBe(401);
	});

	test("cannot have more than its maker's role", async () => {
		const owner = await givenPerson();
		const member = await givenMember(owner, "member");
		expect((await member.send("POST", "/api/tokens", { body: { name: "x", role: "admin" } })).status).toBe(403);
	});
});

describe("every answer", () => {
	test("is JSON, fresh, and carries its request's id", async () => {
		for (const [path, status] of [
			["/api/health", 200],
			["/api/nothing", 404],
			["/api/me", 401],
		] as const) {
			const response = await send("GET", path);
			expect(response.status).toBe(status);
			expect(response.headers.get("Content-Type")).toMatch(/^application\/json/);
			expect(response.headers.get("Cache-Control")).toBe("no-store");
			expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
			const id = response.headers.get("Inlet-Request-Id");
			expect(id).toMatch(/^req_/);
			if (status !== 200)
				expect(await response.json()).toMatchObject({ error: { requestId: id, code: expect.any(String), message: expect.any(String) } });
		}
	});

	test("says 404 for an unknown path, however it is spelt, and 405 with Allow for a wrong method", async () => {
		const ada = await givenPerson();
		for (const path of ["/api", "/api/", "/api/me/", "/api//me", "/api/ME", "/api/integrations/x/y/z", "/api/..%2fhealth"]) {
			expect([path, (await ada.send("GET", path)).status]).toEqual([path, 404]);
		}
		const wrong = await ada.send("PUT", "/api/integrations", { body: {} });
		expect(wrong.status).toBe(405);
		expect(wrong.headers.get("Allow")).toBe("GET, POST");
		expect((await ada.send("OPTIONS", "/api/me")).status).toBe(405);
	});

	test("says no more than a request id of what went wrong inside", async () => {
		const { cookie } = await givenPerson();
		const broken = {
			prepare: () => {
				throw new Error("SELECT secret FROM somewhere");
			},
		} as unknown as D1Database;
		const response = await as(cookie).send("GET", "/api/me", { env: { DB: broken } });
		expect(response.status).toBe(500);
		const text = await response.text();
		expect(text).toContain('"code":"internal"');
		expect(text).not.toContain("SELECT");
	});
});
