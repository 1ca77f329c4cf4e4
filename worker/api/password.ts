import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { ApiError } from "../errors";

/**
 * scrypt of 16 MiB. OWASP's first choice (N=2^17) needs 128 MiB, all that an isolate has; Argon2 is not on offer and
 * PBKDF2 stops at 100,000 rounds there. The parameters stand in the hash, so that they may rise.
 */
const COST = { N: 16_384, r: 8, p: 5 };
const KEY_BYTES = 32;

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Hashes that wait for their turn; more are turned away, so that guessing cannot starve an isolate. */
const WAITING_MAX = 30;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** @returns `scrypt$N$r$p$salt$hash`, the last two in base64 */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const key = await derive(password, salt, COST);
	return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), key.toString("base64")].join("$");
}

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
	const [scheme, N, r, p, salt, expected] = hash.split("$");
	if (scheme !== "scrypt" || salt === undefined || expected === undefined) return false;
	const key = await derive(password, Buffer.from(salt, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
	const wanted = Buffer.from(expected, "base64");
	return key.length === wanted.length && timingSafeEqual(key, wanted);
}

/** One at a time: each takes 16 MiB of the isolate's 128. */
async function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
	if (waiting >= WAITING_MAX) throw new ApiError(503, "busy", "Too many people are logging in at this moment. Try again in a few seconds.");
	waiting++;
	const turn = last.then(() => runScrypt(password.normalize("NFKC"), salt, cost));
	last = turn.catch(() => {});
	try {
		return await turn;
	} finally {
		waiting--;
	}
}

function runScrypt(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		scrypt(password, salt, KEY_BYTES, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key)));
	});
}
