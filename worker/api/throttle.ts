import { inArray, sql } from "drizzle-orm";
import ipaddr from "ipaddr.js";
import type { Database } from "../db/client";
import { throttles } from "../db/schema";
import { ApiError } from "../errors";
import type { ApiContext } from "./context";
import { hashSecret } from "./secret";

/**
 * Guesses from one place at one account wait longest, for there the wait meets nobody else. An account as a whole waits
 * only after many failures, and briefly: guesses from many places stay few (2,880 a day), while its owner, who comes from
 * elsewhere, is told to wait for half a minute at most.
 */
const PLACE = { free: 5, maxMs: 300_000 };
const ACCOUNT = { free: 50, maxMs: 30_000 };
const ADDRESS = { free: 30, maxMs: 60_000 };
/** The first wait; each further failure doubles it. */
const FIRST_WAIT_MS = 5_000;
/** Failures this long ago are forgotten. */
const FORGET_MS = 24 * 3_600_000;

/** How many failures cost nothing, and the longest wait after more. */
type Rule = typeof ACCOUNT;

/** What a try counts under. A success forgets all failures there, or only takes its own count back. */
interface Count {
	key: string;
	rule: Rule;
	forgets: boolean;
}

/** The counts of a try to log in. They are the same for an account that does not exist. */
export async function logInCounts(c: ApiContext, email: string): Promise<Count[]> {
	const account = await hashSecret(email.trim().toLowerCase());
	const place: Count = { key: `place:${account}:${networkOfAsker(c) ?? "unknown"}`, rule: PLACE, forgets: true };
	return [...addressCounts(c), place, { key: `account:${account}`, rule: ACCOUNT, forgets: true }];
}

/** The counts of a try to prove the password within a session: who guesses at log-in cannot use them up. */
export function sessionCounts(c: ApiContext, sessionId: string): Count[] {
	return [...addressCounts(c), { key: `session:${sessionId}`, rule: PLACE, forgets: true }];
}

function addressCounts(c: ApiContext): Count[] {
	const network = networkOfAsker(c);
	return network === null ? [] : [{ key: `address:${network}`, rule: ADDRESS, forgets: false }];
}

const networkOfAsker = (c: ApiContext): string | null => networkOf(c.req.header("CF-Connecting-IP"));

/**
 * Runs `prove` unless one of its counts has to wait. Every try counts before its outcome is known, so that many at once
 * gain nothing; a success, or a wait of a later count, takes that back.
 * @param prove resolves where the password was right, throws where it was wrong
 * @throws 429 `too_many_attempts`
 */
export async function throttled<T>(db: Database, counts: readonly Count[], prove: () => Promise<T>): Promise<T> {
	const counted: Count[] = [];
	for (const count of counts) {
		try {
			await countTry(db, count.key, count.rule);
		} catch (error) {
			await takeBack(db, counted);
			throw error;
		}
		counted.push(count);
	}
	const result = await prove();
	const forgotten = counts.filter(({ forgets }) => forgets).map(({ key }) => key);
	await db.delete(throttles).where(inArray(throttles.key, forgotten));
	await takeBack(
		db,
		counts.filter(({ forgets }) => !forgets),
	);
	return result;
}

async function takeBack(db: Database, counts: readonly Count[]): Promise<void> {
	if (counts.length === 0) return;
	await db
		.update(throttles)
		.set({ failures: sql`max(0, ${throttles.failures} - 1)`, blockedUntil: 0 })
		.where(
			inArray(
				throttles.key,
				counts.map(({ key }) => key),
			),
		);
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
