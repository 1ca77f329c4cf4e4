import type { Retry } from "../integrations/workflow";

/** When a failed try is tried again. Pure. */

/** A Retry-After beyond this is cut: a mistaken header must not park an event for weeks. */
export const RETRY_AFTER_MAX_MS = 24 * 3_600_000;

const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether another try may end better: too early, too many, timed out, or the other side's own fault. */
export function isRetryableStatus(status: number): boolean {
	return RETRYABLE_STATUSES.has(status) || status >= 500;
}

/**
 * The wait in milliseconds before the next try, or null where the tries are used up.
 * @param tries made so far, the first included
 * @param retryAfterMs what the other side asked for, or null; never waits less than that
 * @param random from 0 to 1
 */
export function nextDelay(retry: Retry, tries: number, retryAfterMs: number | null, random: number): number | null {
	if (tries >= retry.attempts) return null;
	const ceiling = Math.min(retry.maxMs, retry.backoff === "fixed" ? retry.initialMs : retry.initialMs * 2 ** Math.max(0, tries - 1));
	// Full jitter: those that failed together do not come back together.
	const delay = retry.backoff === "fixed" ? ceiling : Math.round(ceiling * random);
	return Math.max(delay, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS));
}

/**
 * Milliseconds that a Retry-After header asks to wait: whole seconds or an HTTP date. Null where it is absent or
 * unreadable; a date that is past asks for none.
 * @param now epoch milliseconds
 */
export function readRetryAfter(value: string | null, now: number): number | null {
	const text = value?.trim() ?? "";
	if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, RETRY_AFTER_MAX_MS);
	if (!/^[A-Za-z]{3,9}, /.test(text)) return null;
	const at = Date.parse(text);
	return Number.isNaN(at) ? null : Math.min(Math.max(0, at - now), RETRY_AFTER_MAX_MS);
}
