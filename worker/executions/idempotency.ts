import { createHash } from "node:crypto";

/**
 * The Idempotency-Key of a step's calls. The same on every try of one event's step and on a replay from the failed step,
 * so that a system that honours it does the work once; new for an edited payload or a replay from the start, which are
 * meant to do it again.
 * @param stepPath the step's place in the tree
 * @param edition of the payload, raised by an edit or a replay from the start
 */
export function idempotencyKey(eventId: string, stepPath: string, edition: number): string {
	return createHash("sha256").update(`${eventId}\n${stepPath}\n${edition}`).digest("hex").slice(0, 40);
}
