import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Connection } from "../../worker/connections/connection";
import { moveToNewestKey } from "../../worker/connections/objects";
import { openDatabase } from "../../worker/db/client";
import { alertSettings, connections, integrations } from "../../worker/db/schema";
import { moveAlertSecrets, openAlertSecret } from "../../worker/integrations/alerts-settings";
import { openSigning } from "../../worker/integrations/signing";
import { moveSigning } from "../../worker/integrations/signing-move";
import { givenIntegration, givenPerson } from "../given/api";

const db = openDatabase(env.DB);
const BOTH = `2:${"3".repeat(64)},${env.VAULT_KEYS}`;
const NEW_ALONE = `2:${"3".repeat(64)}`;

/** The deployment as it is once its vault has these keys; objects of `deaf` do not answer. */
function withKeys(keys: string, deaf: string[] = []): Env {
	const under = async <T>(id: string, work: (object: Connection) => Promise<T>): Promise<T> => {
		if (deaf.includes(id)) throw new Error("no answer");
		return runInDurableObject(env.CONNECTION.getByName(id) as DurableObjectStub<Connection>, async (object) => {
			const holder = object as unknown as { env: Env };
			const before = holder.env;
			holder.env = { ...before, VAULT_KEYS: keys, CONNECTION: before.CONNECTION };
			return work(object).finally(() => {
				holder.env = before;
			});
		});
	};
	const CONNECTION = {
		idFromName: (name: string) => name,
		get: (id: string) => ({
			rewrap: (workspaceId: string) => under(id, (object) => object.rewrap(workspaceId)),
			authorize: (wanted: { workspaceId: string; url: string }) => under(id, (object) => object.authorize(wanted)),
		}),
	} as unknown as Env["CONNECTION"];
	return { ...env, VAULT_KEYS: keys, CONNECTION };
}

const versionOf = async (id: string) => (await db.select().from(connections).where(eq(connections.id, id)))[0]?.keyVersion;

test("a new key of the vault: every credential moves under it, and then the old key may go", async () => {
	const ada = await givenPerson();
	const made = { kind: "bearer", hosts: ["shop.example"], secret: "not-a-real-one" };
	const [one, other] = [
		await ada.get<{ id: string }>("POST", "/api/connections", { name: "Shop", ...made }),
		await ada.get<{ id: string }>("POST", "/api/connections", { name: "Warehouse", ...made }),
	];
	await moveToNewestKey(withKeys(BOTH, [other.id]), db);
	expect([await versionOf(one.id), await versionOf(other.id)]).toEqual([2, 0]); // one did not answer
	await moveToNewestKey(withKeys(BOTH), db);
	expect(await versionOf(other.id)).toBe(2);

	const alone = withKeys(NEW_ALONE);
	for (const { id } of [one, other]) {
		const object = alone.CONNECTION.get(id as unknown as DurableObjectId) as unknown as Pick<Connection, "authorize">;
		expect(await object.authorize({ workspaceId: ada.workspace.id, url: "https://shop.example/" })).toEqual({
			ok: true,
			headers: [["Authorization", "Bearer not-a-real-one"]],
		});
	}
});

test("a credential that cannot be opened is left as it is and not asked for again", async () => {
	const ada = await givenPerson();
	const made = { name: "Shop", kind: "bearer", hosts: ["shop.example"], secret: "not-a-real-one" };
	const { id } = await ada.get<{ id: string }>("POST", "/api/connections", made);
	await moveToNewestKey(withKeys(NEW_ALONE), db);
	expect(await versionOf(id)).toBe(2);
	const object = env.CONNECTION.getByName(id) as DurableObjectStub<Connection>;
	expect(await object.authorize({ workspaceId: ada.workspace.id, url: "https://shop.example/" })).toMatchObject({ ok: true });
});

test("the secrets that sign alerts move too", async () => {
	const ada = await givenPerson();
	const { secret } = await ada.get<{ secret: string }>("PATCH", "/api/alerts/settings", { webhookUrl: "https://ops.example/alerts" });
	const sealedNow = async () =>
		(await db.select().from(alertSettings).where(eq(alertSettings.workspaceId, ada.workspace.id)))[0]?.sealedSecret ?? "";
	const before = await sealedNow();
	await moveAlertSecrets(env, db);
	expect(await sealedNow()).toBe(before);
	await moveAlertSecrets(withKeys(BOTH), db);
	expect(await openAlertSecret(withKeys(NEW_ALONE), ada.workspace.id, await sealedNow())).toBe(secret);
});

test("the secrets of webhooks' senders move too, those beside the secret as well", async () => {
	const ada = await givenPerson();
	const { id, version } = await givenIntegration(ada);
	const verification = { scheme: "meta", secrets: ["app-secret", "the next one"], verifyToken: "my own text" };
	await ada.get("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true, verification } });
	const rowNow = async () => (await db.select().from(integrations).where(eq(integrations.id, id)))[0];
	const before = await rowNow();
	await moveSigning(env, db);
	expect((await rowNow())?.revision).toBe(before?.revision);
	await moveSigning(withKeys(BOTH), db);
	const moved = await rowNow();
	expect(moved?.appliedRevision).toBe((before?.revision ?? 0) + 1); // the Sequencer has them as well
	const holder = { workspaceId: ada.workspace.id, integrationId: id, scheme: "meta" };
	expect(await openSigning(NEW_ALONE, holder, moved?.signing ?? null)).toEqual({
		secrets: ["app-secret", "the next one"],
		options: { verifyToken: "my own text" },
	});
});
