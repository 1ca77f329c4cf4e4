import { expect, test } from "vitest";
import { isRetryableStatus, nextDelay, RETRY_AFTER_MAX_MS, readRetryAfter } from "../../worker/executions/retry";

const retry = { attempts: 5, backoff: "exponential", initialMs: 1000, maxMs: 5000 } as const;

test("waits double from try to try, up to the longest", () => {
	expect([1, 2, 3, 4].map((tries) => nextDelay(retry, tries, null, 1))).toEqual([1000, 2000, 4000, 5000]);
});

test("full jitter spreads a wait over its whole length", () => {
	expect([0, 0.25, 0.5].map((random) => nextDelay(retry, 2, null, random))).toEqual([0, 500, 1000]);
});

test("a fixed wait is always the same", () => {
	expect([1, 2, 3].map((tries) => nextDelay({ ...retry, backoff: "fixed" }, tries, null, 0.3))).toEqual([1000, 1000, 1000]);
});

test("after the last try there is no wait", () => {
	expect(nextDelay(retry, 5, null, 1)).toBeNull();
	expect(nextDelay({ ...retry, attempts: 1 }, 1, 60_000, 1)).toBeNull();
});

test("never waits less than the other side asked for, and never for ever", () => {
	expect(nextDelay(retry, 1, 60_000, 0)).toBe(60_000);
	expect(nextDelay(retry, 2, 500, 1)).toBe(2000);
	expect(nextDelay(retry, 1, Number.MAX_SAFE_INTEGER, 0)).toBe(RETRY_AFTER_MAX_MS);
});

const now = Date.UTC(2026, 10, 21, 12, 0, 0);
test.each([
	["120", 120_000],
	[" 0 ", 0],
	["Sat, 21 Nov 2026 12:01:00 GMT", 60_000],
	["Sat, 21 Nov 2026 11:00:00 GMT", 0],
	["Saturday, 21-Nov-26 12:00:30 GMT", 30_000],
	["Fri, 01 Jan 2100 00:00:00 GMT", RETRY_AFTER_MAX_MS],
	["99999999999999999999", RETRY_AFTER_MAX_MS],
	["-5", null],
	["1.5", null],
	["soon", null],
	["2026-11-21", null],
	["", null],
	[null, null],
])("Retry-After: %s", (value, expected) => {
	expect(readRetryAfter(value, now)).toBe(expected);
});

test("which answers may be better next time", () => {
	expect([408, 425, 429, 500, 502, 503, 504, 599].every(isRetryableStatus)).toBe(true);
	expect([200, 301, 400, 401, 403, 404, 409, 410, 422, 451].some(isRetryableStatus)).toBe(false);
});
