import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { hashSecret } from "../../worker/api/secret";
import { openDatabase } from "../../worker/db/client";
import { memberships, sessions, throttles, users } from "../../worker/db/schema";
import { as, codeOf, cookieOf, givenIntegration, givenMember, givenPerson, ORIGIN, PASSWORD, send } from "../given/api";

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
	send("POST", "/api/auth/sign-in/email", { body: { email, password }, headers: { Origin: ORIGIN, ...headers } });

test("a new person has a session and a workspace of their own", async () => {
	const ada = await givenPerson({ name: "Ada" });
	expect(await ada.get("GET", "/api/me")).toMatchObject({
		user: { id: ada.userId, name: "Ada", email: ada.email, timeZone: "UTC" },
		workspaces: [{ name: "Ada's workspace", role: "owner" }],
	});
	expect(ada.userId).toMatch(/^usr_/);
});

test("the cookie is HttpOnly and Lax, and bound to its host where the page is https", async () => {
	const ada = await givenPerson();
	const plain = (await signIn(ada.email, PASSWORD)).headers.getSetCookie().join();
	expect(plain).toMatch(/^inlet=/);
	expect(plain).toMatch(/HttpOnly/i);
	expect(plain).toMatch(/SameSite=Lax/i);
	const origin = "https://inlet.example.com";
	const body = { email: ada.email, password: PASSWORD };
	const secure = await send("POST", "/api/auth/sign-in/email", { body, origin, headers: { Origin: origin } });
	const cookie = secure.headers.getSetCookie().join();
	expect(cookie).toMatch(/^__Host-inlet=.*Path=\/.*Secure/i);
	expect(cookie).not.toMatch(/Domain=/i);
	expect((await as(cookieOf(secure)).send("GET", "/api/me", { origin })).status).toBe(200);
});

test("the session's token is told to nobody but the cookie", async () => {
	const ada = await givenPerson();
	const response = await signIn(ada.email, PASSWORD);
	const token = cookieOf(response).slice("inlet=".length).split(".")[0] ?? "";
	expect(token.length).toBeGreaterThan(20);
	expect(await response.text()).not.toContain(token);
});

test("the database holds no token that opens a session, also after the session was renewed", async () => {
	const ada = await givenPerson();
	const db = openDatabase(env.DB);
	const mine = eq(sessions.userId, ada.userId);
	const token = ada.cookie.slice("inlet=".length).split(".")[0] ?? "";
	// As two days after log-in: the next request renews the session and its cookie.
	await db
		.update(sessions)
		.set({ expiresAt: new Date(Date.now() + 5 * 24 * 3_600_000) })
		.where(mine);
	const renewed = await ada.send("GET", "/api/me");
	expect(renewed.status).toBe(200);
	expect(cookieOf(renewed)).toContain(`inlet=${token}.`);
	expect((await as(cookieOf(renewed)).send("GET", "/api/me")).status).toBe(200);
	const [row] = await db.select().from(sessions).where(mine);
	expect(row?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 24 * 3_600_000);
	expect(JSON.stringify((await env.DB.prepare("SELECT * FROM sessions").all()).results)).not.toContain(token);
});

test("signing out ends the session on the server", async () => {
	const ada = await givenPerson();
	expect((await ada.send("POST", "/api/auth/sign-out")).status).toBe(200);
	expect((await ada.send("GET", "/api/me")).status).toBe(401);
});

test("a session ends thirty days after log-in, however busy it was", async () => {
	const ada = await givenPerson();
	const db = openDatabase(env.DB);
	const mine = eq(sessions.userId, ada.userId);
	await db
		.update(sessions)
		.set({ createdAt: new Date(Date.now() - 31 * 24 * 3_600_000) })
		.where(mine);
	expect((await ada.send("GET", "/api/me")).status).toBe(401);
	expect(await db.$count(sessions, mine)).toBe(0);
});

test("an idle session ends after a week", async () => {
	const ada = await givenPerson();
	await openDatabase(env.DB)
		.update(sessions)
		.set({ expiresAt: new Date(Date.now() - 1000) })
		.where(eq(sessions.userId, ada.userId));
	expect((await ada.send("GET", "/api/me")).status).toBe(401);
});

test("an unknown account cannot be told from a wrong password", async () => {
	const ada = await givenPerson();
	const wrong = await signIn(ada.email, "not the password");
	const unknown = await signIn("nobody@example.com", "not the password");
	expect([wrong.status, unknown.status]).toEqual([401, 401]);
	const strip = async (response: Response) => ({ ...(await response.json<{ error: object }>()).error, requestId: "" });
	expect(await strip(wrong)).toEqual(await strip(unknown));
	expect(await strip(await signIn("not an address", "x"))).toMatchObject({ code: "wrong_credentials" });
});

test("the email is the same account in any case of letters", async () => {
	const ada = await givenPerson();
	expect((await signIn(ada.email.toUpperCase(), PASSWORD)).status).toBe(200);
	const again = await send("POST", "/api/auth/sign-up/email", { body: { name: "x", email: ada.email.toUpperCase(), password: PASSWORD } });
	expect([again.status, await codeOf(again)]).toEqual([422, "email_taken"]);
});

test("guessing is slowed down per account, and a right password forgives", async () => {
	const ada = await givenPerson();
	for (let i = 0; i < 4; i++) expect((await signIn(ada.email, "wrong")).status).toBe(401);
	expect((await signIn(ada.email, PASSWORD)).status).toBe(200);
	for (let i = 0; i < 5; i++) expect((await signIn(ada.email, "wrong")).status).toBe(401);
	const slowed = await signIn(ada.email, PASSWORD);
	expect([slowed.status, await codeOf(slowed)]).toEqual([429, "too_many_attempts"]);
	expect(Number(slowed.headers.get("Retry-After"))).toBeGreaterThan(0);
});

test("guesses made at the same time gain nothing", async () => {
	const ada = await givenPerson();
	const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(ada.email, "wrong")));
	expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
	expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
});

test("guesses from elsewhere do not keep an account's owner out", async () => {
	const ada = await givenPerson();
	const from = (address: string) => ({ "CF-Connecting-IP": address });
	for (let i = 0; i < 6; i++) await signIn(ada.email, "wrong", from("203.0.113.1"));
	expect((await signIn(ada.email, PASSWORD, from("203.0.113.1"))).status).toBe(429);
	expect((await signIn(ada.email, PASSWORD, from("203.0.113.2"))).status).toBe(200);
	expect((await signIn(ada.email, PASSWORD, from("203.0.113.1"))).status).toBe(429);
});

test("guesses from many addresses slow an account down, by half a minute at most, known or not", async () => {
	const ada = await givenPerson();
	for (const email of [ada.email, `${crypto.randomUUID()}@example.com`]) {
		// As after many failures long enough ago to try again: the next one begins the longest wait.
		const key = `account:${await hashSecret(email)}`;
		const tries = { failures: 500, blockedUntil: 0, admitted: "", updatedAt: Date.now() };
		await openDatabase(env.DB)
			.insert(throttles)
			.values({ key, ...tries });
		expect((await signIn(email, "wrong", { "CF-Connecting-IP": "203.0.113.10" })).status).toBe(401);
		for (let i = 0; i < 8; i++) {
			const slowed = await signIn(email, PASSWORD, { "CF-Connecting-IP": "203.0.113.11" });
			expect([slowed.status, await codeOf(slowed)]).toEqual([429, "too_many_attempts"]);
			expect(Number(slowed.headers.get("Retry-After"))).toBeLessThanOrEqual(30);
		}
		await openDatabase(env.DB).update(throttles).set({ blockedUntil: 0 }).where(eq(throttles.key, key));
		// The tries that had to wait for others' sake were not counted against their own address.
		expect((await signIn(email, PASSWORD, { "CF-Connecting-IP": "203.0.113.11" })).status).toBe(email === ada.email ? 200 : 401);
	}
});

test("wrong passwords within a session slow that session, and log-in failures do not", async () => {
	const ada = await givenPerson();
	const change = (currentPassword: string) =>
		ada.send("POST", "/api/auth/change-password", {
			body: { currentPassword, newPassword: "another password", revokeOtherSessions: false },
		});
	for (let i = 0; i < 6; i++) await signIn(ada.email, "wrong");
	expect((await signIn(ada.email, PASSWORD)).status).toBe(429);
	for (let i = 0; i < 5; i++) expect((await change("wrong")).status).toBe(403);
	const slowed = await change(PASSWORD);
	expect([slowed.status, await codeOf(slowed)]).toEqual([429, "too_many_attempts"]);
	const other = await ada.send("POST", "/api/auth/delete-user", { body: { password: "wrong" } });
	expect(other.status).toBe(429);
});

test("one IPv6 network that guesses at many accounts is slowed down", async () => {
	const from = (end: number) => ({ "CF-Connecting-IP": `2001:db8:1:2::${end.toString(16)}` });
	const statuses: number[] = [];
	for (let i = 1; i <= 31; i++) statuses.push((await signIn(`guess${i}@example.com`, "wrong", from(i))).status);
	expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
	expect(statuses[30]).toBe(429);
	expect((await signIn("guess99@example.com", "wrong", { "CF-Connecting-IP": "2001:db8:1:3::1" })).status).toBe(401);
}, 30_000);

test("a changed password ends the other sessions and opens new ones", async () => {
	const ada = await givenPerson();
	const elsewhere = as(cookieOf(await signIn(ada.email, PASSWORD)));
	const wrong = await ada.send("POST", "/api/auth/change-password", {
		body: { currentPassword: "wrong", newPassword: "another password" },
	});
	expect([wrong.status, await codeOf(wrong)]).toEqual([403, "wrong_password"]);
	const changed = await ada.send("POST", "/api/auth/change-password", {
		body: { currentPassword: PASSWORD, newPassword: "another password" },
	});
	expect(changed.status).toBe(204);
	expect((await elsewhere.send("GET", "/api/me")).status).toBe(401);
	expect((await as(cookieOf(changed)).send("GET", "/api/me")).status).toBe(200);
	expect((await signIn(ada.email, PASSWORD)).status).toBe(401);
	expect((await signIn(ada.email, "another password")).status).toBe(200);
});

test("the wrong name, address, password or field is refused by name, and nothing is made", async () => {
	const before = await openDatabase(env.DB).$count(users);
	const good = { name: "A", email: "someone@example.com", password: PASSWORD };
	for (const [bad, field] of [
		[{ password: "short" }, "password"],
		[{ email: "nonsense" }, "email"],
		[{ name: " " }, "name"],
		[{ timeZone: "Mars/Olympus" }, "timeZone"],
		[{ role: "owner" }, "role"],
	] as const) {
		const response = await send("POST", "/api/auth/sign-up/email", { body: { ...good, ...bad } });
		expect(response.status).toBe(422);
		expect(await response.json()).toMatchObject({ error: { details: { problems: [{ field }] } } });
	}
	expect(await openDatabase(env.DB).$count(users)).toBe(before);
});

test("deleting an account asks for the password and takes its lone workspace with it", async () => {
	const ada = await givenPerson();
	const integration = await givenIntegration(ada);
	expect((await ada.send("POST", "/api/auth/delete-user", { body: { password: "wrong" } })).status).toBe(403);
	expect((await ada.send("GET", `/api/integrations/${integration.id}`)).status).toBe(200);
	expect((await ada.send("POST", "/api/auth/delete-user", { body: { password: PASSWORD } })).status).toBe(204);
	expect((await ada.send("GET", "/api/me")).status).toBe(401);
	expect((await signIn(ada.email, PASSWORD)).status).toBe(401);
	const [row] = await openDatabase(env.DB).query.workspaces.findMany({ where: (table, { eq }) => eq(table.id, ada.workspace.id) });
	expect(row?.deletedAt).not.toBeNull();
});

test("the only owner of a workspace with others cannot delete their account", async () => {
	const ada = await givenPerson();
	await givenMember(ada, "admin");
	const refused = await ada.send("POST", "/api/auth/delete-user", { body: { password: PASSWORD } });
	expect([refused.status, await codeOf(refused)]).toEqual([409, "last_owner"]);
	expect((await ada.send("GET", "/api/me")).status).toBe(200);
});

test("one's name and time zone can be changed", async () => {
	const ada = await givenPerson();
	expect(await ada.get("PATCH", "/api/me", { name: "Ada L.", timeZone: "Europe/Warsaw" })).toMatchObject({
		name: "Ada L.",
		timeZone: "Europe/Warsaw",
	});
	expect(await ada.get("GET", "/api/me")).toMatchObject({ user: { name: "Ada L.", timeZone: "Europe/Warsaw" } });
	const made = await givenIntegration(ada);
	expect(made.schedule.timeZone).toBe("Europe/Warsaw");
});

test("a person whose sign-up broke off half way gets a workspace at the next log-in", async () => {
	const ada = await givenPerson();
	await openDatabase(env.DB).delete(memberships).where(eq(memberships.userId, ada.userId));
	expect(await ada.get("GET", "/api/me")).toMatchObject({ workspaces: [] });
	await signIn(ada.email, PASSWORD);
	expect(await ada.get("GET", "/api/me")).toMatchObject({ workspaces: [{ name: "Ada's workspace", role: "owner" }] });
});
