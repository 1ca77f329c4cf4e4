import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../worker/db/client";
import { invitations, memberships, users, workspaces } from "../../worker/db/schema";
import { sweep } from "../../worker/integrations/sweep";
import { as, codeOf, cookieOf, givenIntegration, givenMember, givenPerson, ORIGIN, PASSWORD, type Someone, send } from "../given/api";

const db = openDatabase(env.DB);

async function invite(owner: Someone, body: Record<string, unknown> = { role: "member" }): Promise<string> {
	const { url } = await owner.get<{ url: string }>("POST", "/api/invitations", body);
	expect(url).toMatch(/^http:\/\/localhost\/invitation\/invitation_/);
	return url.split("/").at(-1) ?? "";
}

const signUp = (fields: Record<string, unknown>, bindings: Partial<Env>) =>
	send("POST", "/api/auth/sign-up/email", {
		body: { name: "Eve", email: `${crypto.randomUUID()}@example.com`, password: PASSWORD, ...fields },
		headers: { Origin: ORIGIN },
		env: { ENVIRONMENT: "production", ...bindings },
	});

describe("sign-up on a deployment", () => {
	test("is for the first person alone, even where two come at once", async () => {
		await db.delete(users);
		expect(await (await send("GET", "/api/sign-up", { env: { ENVIRONMENT: "production", SIGN_UP: "first" } })).json()).toEqual({
			open: true,
			mode: "first",
		});
		const answers = await Promise.all([1, 2, 3].map(() => signUp({}, { SIGN_UP: "first" })));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
		expect(await db.$count(users)).toBe(1);
		const late = await signUp({}, { SIGN_UP: "first" });
		expect([late.status, await codeOf(late)]).toEqual([403, "sign_up_closed"]);
		expect(await (await send("GET", "/api/sign-up", { env: { ENVIRONMENT: "production", SIGN_UP: "first" } })).json()).toEqual({
			open: false,
			mode: "first",
		});
	});

	test("is open to whoever holds an invitation, once", async () => {
		const owner = await givenPerson();
		const invitation = await invite(owner);
		const answers = await Promise.all([1, 2].map(() => signUp({ invitation }, { SIGN_UP: "invited" })));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
		expect((await signUp({}, { SIGN_UP: "invited" })).status).toBe(403);
		expect((await signUp({ invitation: "invitation_guess" }, { SIGN_UP: "invited" })).status).toBe(410);
		const { items } = await owner.get<{ items: unknown[] }>("GET", "/api/members");
		expect(items).toHaveLength(2);
	});
});

describe("an invitation", () => {
	test("shows its workspace to whoever holds it, and is kept as a hash", async () => {
		const owner = await givenPerson({ name: "Ada" });
		const token = await invite(owner, { role: "viewer" });
		expect(await (await send("GET", `/api/invitations/by-token/${token}`)).json()).toMatchObject({
			workspaceName: "Ada's workspace",
			role: "viewer",
		});
		expect(JSON.stringify(await db.select().from(invitations))).not.toContain(token);
	});

	test("lets a person join who has an account, and then is used up", async () => {
		const owner = await givenPerson();
		const bob = await givenPerson();
		const token = await invite(owner, { role: "admin" });
		expect(await bob.get("POST", `/api/invitations/by-token/${token}/accept`)).toMatchObject({ id: owner.workspace.id, role: "admin" });
		expect((await bob.send("POST", `/api/invitations/by-token/${token}/accept`)).status).toBe(410);
		const { workspaces: all } = await bob.get<{ workspaces: unknown[] }>("GET", "/api/me");
		expect(all).toHaveLength(2);
	});

	test("does not change the role of who belongs to the workspace already", async () => {
		const owner = await givenPerson();
		const token = await invite(owner, { role: "viewer" });
		await owner.send("POST", `/api/invitations/by-token/${token}/accept`);
		expect(await owner.get("GET", "/api/me")).toMatchObject({ workspaces: [{ role: "owner" }] });
	});

	test("for an address is for that address alone", async () => {
		const owner = await givenPerson();
		const token = await invite(owner, { role: "member", email: "bob@example.com" });
		const eve = await givenPerson();
		expect((await eve.send("POST", `/api/invitations/by-token/${token}/accept`)).status).toBe(403);
		expect((await signUp({ invitation: token }, { SIGN_UP: "open" })).status).toBe(403);
		expect((await signUp({ invitation: token, email: "Bob@Example.com" }, { SIGN_UP: "first" })).status).toBe(200);
	});

	test("that was withdrawn or is too old is gone", async () => {
		const owner = await givenPerson();
		const old = await invite(owner);
		await db
			.update(invitations)
			.set({ expiresAt: Date.now() - 1 })
			.where(eq(invitations.workspaceId, owner.workspace.id));
		const withdrawn = await invite(owner);
		const { items } = await owner.get<{ items: { id: string }[] }>("GET", "/api/invitations");
		expect(items).toHaveLength(1);
		expect((await owner.send("DELETE", `/api/invitations/${items[0]?.id}`)).status).toBe(204);
		for (const token of [old, withdrawn]) expect((await send("GET", `/api/invitations/by-token/${token}`)).status).toBe(410);
	});

	test("cannot give more than its maker has", async () => {
		const admin = await givenMember(await givenPerson(), "admin");
		expect((await admin.send("POST", "/api/invitations", { body: { role: "owner" } })).status).toBe(403);
		expect((await admin.send("POST", "/api/invitations", { body: { role: "admin" } })).status).toBe(201);
	});
});

describe("roles", () => {
	test("above one's own can be neither given nor taken", async () => {
		const owner = await givenPerson();
		const admin = await givenMember(owner, "admin");
		const member = await givenMember(owner, "member");
		const change = (who: Someone, role: string) => admin.send("PATCH", `/api/members/${who.userId}`, { body: { role } });
		expect((await change(member, "owner")).status).toBe(403);
		expect((await change(owner, "viewer")).status).toBe(403);
		expect((await admin.send("DELETE", `/api/members/${owner.userId}`)).status).toBe(403);
		expect((await change(member, "admin")).status).toBe(204);
	});

	test("never leave a workspace without an owner", async () => {
		const owner = await givenPerson();
		const other = await givenMember(owner, "member");
		for (const response of [
			await owner.send("PATCH", `/api/members/${owner.userId}`, { body: { role: "admin" } }),
			await owner.send("DELETE", `/api/members/${owner.userId}`),
			await owner.send("DELETE", "/api/members/me"),
		]) {
			expect([response.status, await codeOf(response)]).toEqual([409, "last_owner"]);
		}
		await owner.get("PATCH", `/api/members/${other.userId}`, { role: "owner" });
		expect((await owner.send("DELETE", "/api/members/me")).status).toBe(204);
		expect((await owner.send("GET", "/api/integrations")).status).toBe(404);
	});

	test("of strangers are nobody's business", async () => {
		const owner = await givenPerson();
		const stranger = await givenPerson();
		expect((await owner.send("PATCH", `/api/members/${stranger.userId}`, { body: { role: "viewer" } })).status).toBe(404);
		expect((await owner.send("POST", `/api/members/${stranger.userId}/reset-link`)).status).toBe(404);
	});
});

describe("a link that resets a password", () => {
	test("works once, and ends every session of before", async () => {
		const owner = await givenPerson();
		const bob = await givenMember(owner, "member");
		const { url } = await owner.get<{ url: string }>("POST", `/api/members/${bob.userId}/reset-link`);
		const token = new URL(url).searchParams.get("token");
		expect(JSON.stringify((await env.DB.prepare("SELECT * FROM verifications").all()).results)).not.toContain(token);
		const reset = (newPassword: string) => send("POST", "/api/auth/reset-password", { body: { newPassword, token } });
		expect((await reset("short")).status).toBe(422);
		expect((await reset("a whole new password")).status).toBe(204);
		expect((await bob.send("GET", "/api/me")).status).toBe(401);
		const again = await reset("and another one");
		expect([again.status, await codeOf(again)]).toEqual([410, "link_expired"]);
		const body = { email: bob.email, password: "a whole new password" };
		const signedIn = await send("POST", "/api/auth/sign-in/email", { body, headers: { Origin: ORIGIN } });
		expect((await as(cookieOf(signedIn)).send("GET", "/api/me")).status).toBe(200);
	});

	test("cannot be made for an account that reaches beyond the maker's own workspaces", async () => {
		const owner = await givenPerson();
		const guest = await givenPerson();
		await guest.send("POST", `/api/invitations/by-token/${await invite(owner)}/accept`);
		const bob = await givenMember(owner, "member");
		await bob.get("POST", "/api/workspaces", { name: "Bob's own" });
		for (const { userId } of [guest, bob]) {
			const refused = await owner.send("POST", `/api/members/${userId}/reset-link`);
			expect([refused.status, await codeOf(refused)]).toEqual([409, "not_yours_to_reset"]);
		}
	});
});

test("a deleted workspace is gone at once, with its integrations, and in the end without a trace", async () => {
	const owner = await givenPerson();
	const member = await givenMember(owner, "admin");
	const { id } = await givenIntegration(owner);
	await owner.get("POST", "/api/connections", { name: "shop", kind: "bearer", hosts: ["shop.example"], secret: "s" });
	expect((await member.send("DELETE", `/api/workspaces/${owner.workspace.id}`)).status).toBe(403);
	expect((await owner.send("DELETE", `/api/workspaces/${owner.workspace.id}`)).status).toBe(204);
	expect((await owner.send("GET", `/api/integrations/${id}`)).status).toBe(404);
	expect((await member.send("GET", "/api/members")).status).toBe(404);
	await sweep(env, Date.now());
	expect(await db.$count(workspaces, eq(workspaces.id, owner.workspace.id))).toBe(0);
	expect(await db.$count(memberships, eq(memberships.workspaceId, owner.workspace.id))).toBe(0);
});

test("a workspace has a name and a time zone", async () => {
	const owner = await givenPerson();
	const path = `/api/workspaces/${owner.workspace.id}`;
	expect(await owner.get("PATCH", path, { name: "Shop", timeZone: "Europe/Paris" })).toMatchObject({
		name: "Shop",
		timeZone: "Europe/Paris",
		role: "owner",
	});
	expect((await owner.send("PATCH", path, { body: { timeZone: "Nowhere" } })).status).toBe(422);
});
