import type { StepRecord } from "../events/protocol";

/** Bytes of steps in one message to the Sequencer; half of what a message between objects holds (32 MiB). */
export const MESSAGE_MAX_BYTES = 16 * 1024 * 1024;

/**
 * About how many bytes a journal takes in a message: its bodies, two bytes a character. A response counts twice, since
 * it is in the step's output too.
 */
export function weightOf(steps: readonly StepRecord[]): number {
	let characters = 0;
	for (const { attempts } of steps) {
		for (const { request, response } of attempts) {
			characters += (request?.body?.length ?? 0) + 2 * (response?.body?.length ?? 0);
		}
	}
	return 2 * characters;
}

/** How many of these journals, from the first on, go into one message; one at least. */
export function countThatFit(journals: readonly { steps: readonly StepRecord[] }[]): number {
	let bytes = 0;
	for (const [index, { steps }] of journals.entries()) {
		bytes += weightOf(steps);
		if (bytes > MESSAGE_MAX_BYTES && index > 0) return index;
	}
	return journals.length;
}
