import type { StepRecord } from "../events/protocol/journal";
import { measure } from "./plain";

/** Bytes of journals in one message to the Sequencer; half of what a message between objects holds (32 MiB). */
export const MESSAGE_MAX_BYTES = 16 * 1024 * 1024;

/** About how many bytes the calls in a journal take in a message: their bodies, two bytes a character. */
export function callBytes(steps: readonly StepRecord[]): number {
	let characters = 0;
	for (const { attempts } of steps) {
		for (const { request, response } of attempts) characters += (request?.body?.length ?? 0) + (response?.body?.length ?? 0);
	}
	return 2 * characters;
}

/** About how many bytes a whole journal takes, outputs included. */
export function journalBytes(steps: readonly StepRecord[]): number {
	return steps.reduce((bytes, { output }) => bytes + measure(output, MESSAGE_MAX_BYTES), callBytes(steps));
}

/** How many of these, given their bytes, go into one message; one at least. */
export function countThatFit(bytes: readonly number[]): number {
	let sum = 0;
	for (const [index, each] of bytes.entries()) {
		sum += each;
		if (sum > MESSAGE_MAX_BYTES && index > 0) return index;
	}
	return bytes.length;
}
