/**
 * How many events an Executor asks for at a time. What it holds and has not begun waits behind what it runs, so it
 * takes much only while executions are quick: twice as many after a batch that went at once, few after a slow one.
 */

export const APPETITE_START = 8;
const APPETITE_MAX = 64;
/** A batch that took less grows the appetite, one that took more than the second shrinks it; milliseconds. */
const QUICK_MS = 50;
const SLOW_MS = 250;

/** @param parallel executions that may run at once */
export function nextAppetite(appetite: number, batchMs: number, parallel: number): number {
	if (batchMs < QUICK_MS) return Math.min(APPETITE_MAX, appetite * 2);
	if (batchMs > SLOW_MS) return Math.max(parallel, Math.floor(appetite / 2));
	return appetite;
}
