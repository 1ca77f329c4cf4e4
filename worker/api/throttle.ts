import { eq, sql } from "drizzle-orm";
import ipaddr from "ipaddr.js";
import type { Database } from "../db/client";
import { throttles } from "../db/schema";
import { ApiError } from "../errors";
import type { ApiContext } from "./context";
import { hashSecret } from "./secret";

/** Failures that cost nothing, and the longest wait after them. */
const ACCOUNT = { free: 5, maxMs: 300_000 };
const ADDRESS = { free: 30, maxMs: 60_000 };
/** The first wait; each further failure doubles it. */
const FIRST_WAIT_MS = 5_000;
/** Failures this long ago are forgotten. */
const FORGET_MS = 24 * 3_600_000;

type Rule = typeof ACCOUNT;

/** The keys that a try to prove a password counts under: the account's, known or not, and the address's. */
export async function passwordKeys(c: ApiContext, email: string): Promise<{ account: string; address: string | null }> {
	const network = networkOf(c.req.header("CF-Connecting-IP"));
	return { account: `account:${await hashSecret(email.trim().toLowerCase())}`, address: network === null ? null : `address:${network}` };
}

/**
 * Runs `prove` unless its account or address has to wait. Every try counts before its outcome is known, so that many at
 * once gain nothing; a success takes its count back.
 * @param prove resolves where the password was right, throws where it was wrong
 * @throws 429 `too_many_attempts`
 */
export async function throttled<T>(db: Database, keys: { account: string; address: string | null }, prove: () => Promise<T>): Promise<T> {
	if (keys.address !== null) await countTry(db, keys.address, ADDRESS);
	await countTry(db, keys.account, ACCOUNT);
	const result = await prove();
	await db.delete(throttles).where(eq(throttles.key, keys.account));
	if (keys.address !== null) {
		await db
			.update(throttles)
			.set({ failures: sql`max(0, ${throttles.failures} - 1)`, blockedUntil: 0 })
			.where(eq(throttles.key, keys.address));
	}
	return result;
}

/** One statement asks and counts. @throws 429 where the try has to wait */
async function countTry(db: Database, key: string, rule: Rule): Promise<void> {
	const now = Date.now();
	const mine = crypto.randomUUID();
	const blocked = sql`${throttles.blockedUntil} > ${now}`;
	const failures = sql`CASE WHEN ${throttles.updatedAt} < ${now - FORGET_MS} THEN 1 ELSE ${throttles.failures} + 1 END`;
	const nextWait = sql`CASE WHEN ${failures} < ${rule.free} THEN 0 ELSE min(${rule.maxMs}, ${FIRST_WAIT_MS} << min(${failures} - ${rule.free}, 20)) END`;
	const [row] = await db
		.insert(throttles)
		.values({ key, failures: 1, blockedUntil: 0, admitted: mine, updatedAt: now })
		.onConflictDoUpdate({
			target: throttles.key,
			set: {
				failures: sql`CASE WHEN ${blocked} THEN ${throttles.failures} ELSE ${failures} END`,
				blockedUntil: sql`CASE WHEN ${blocked} THEN ${throttles.blockedUntil} ELSE ${now} + ${nextWait} END`,
				admitted: sql`CASE WHEN ${blocked} THEN ${throttles.admitted} ELSE ${mine} END`,
				updatedAt: sql`CASE WHEN ${blocked} THEN ${throttles.updatedAt} ELSE ${now} END`,
			},
		})
		.returning({ admitted: throttles.admitted, blockedUntil: throttles.blockedUntil });
	if (row === undefined || row.admitted === mine) return;
	const seconds = Math.ceil((row.blockedUntil - now) / 1000);
	throw new ApiError(429, "too_many_attempts", `Too many attempts. Try again in ${seconds} s.`, { retryAfterSeconds: seconds });
}

/** An IPv4 address, or the /64 that one household or server has of IPv6. */
export function networkOf(address: string | undefined): string | null {
	if (address === undefined || !ipaddr.isValid(address)) return null;
	const parsed = ipaddr.process(address);
	if (parsed instanceof ipaddr.IPv6)
		return `${parsed.parts
			.slice(0, 4)
			.map((part) => part.toString(16))
			.join(":")}::/64`;
	return parsed.toString();
}
