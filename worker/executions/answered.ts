import { within } from "../errors";

/** An answer that takes longer than this is lost; the Sequencer is never slower than its disk. */
export const ANSWER_MS = FAULTS ? 400 : 5_000;

/** Pauses between tries; the last one is repeated. */
const PAUSES_MS = [50, 200, 500, 1_000, 2_000];

/**
 * Asks until there is an answer: an object that was evicted, restarted or moved answers the next time. Only for
 * questions that may be asked twice.
 *
 * @param ask is given anew to a fresh stub each time, since a stub that broke stays broken
 * @param patienceMs how long each answer may take
 * @param until epoch ms after which an answer is of no use; asked anew at each failure
 * @throws the last failure
 */
export async function answered<T>(ask: () => Promise<T>, patienceMs: number, until: () => number): Promise<T> {
	for (let failures = 0; ; failures++) {
		try {
			return await within(patienceMs, ask());
		} catch (error) {
			const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0;
			if (Date.now() + pause >= until()) throw error;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}
}
