import type { SenderView } from "../../../../worker/api/types";
import type { Draft } from "../editing";

/** The settings that go along with the choice of a sender. */
export type Companions = Pick<Draft["webhook"], "response" | "dedupe" | "batch">;

/** What choosing a sender changes of them. */
export interface Suggestion extends Companions {
	/** One short sentence each; none where all is as the sender wants it. */
	words: string[];
	/** How they are without any sender's part, for when the next one goes. */
	own: Companions;
}

/**
 * What goes along with choosing another sender: what the one before had set, and nobody changed since, is taken back; then
 * what the next one needs is set.
 * @param next null: anyone may send
 * @param left who was chosen before
 * @param before how the settings are without that one's part; where it is not known they go back to what is set at first
 */
export function suggestionOf(next: SenderView | null, companions: Companions, left?: SenderView, before?: Companions): Suggestion {
	const was = left?.id === next?.id ? undefined : left;
	const back = was === undefined ? companions : takenBack(was, companions, before);
	const then = next === null ? back : neededBy(next, back);
	return { ...then, words: changes(companions, then, next, was), own: left?.id === next?.id ? (before ?? back) : back };
}

function takenBack({ expects, duplicates, batch: own }: SenderView, now: Companions, before?: Companions): Companions {
	const { response, dedupe, batch } = now;
	const next = { ...response };
	const tellsRepeats = duplicates || (own !== null && own.duplicateId.length > 0);
	if (expects.status === 200 && response.status === 200) next.status = before?.response.status ?? 202;
	if (expects.emptyBody && response.body === "empty") next.body = before?.response.body ?? "json";
	return {
		response: next,
		dedupe: tellsRepeats && dedupe.mode === "sender" ? (before?.dedupe ?? { ...dedupe, mode: "off" }) : dedupe,
		// A list is never set unasked; that of another sender is none of the next one's.
		batch: own && batch?.path === own.path ? null : batch,
	};
}

/** A sender's list with what goes along with it: where its items have ids of their own, repeated ones are recognized by them. */
export function withList(known: NonNullable<SenderView["batch"]>, { batch, dedupe }: Pick<Companions, "batch" | "dedupe">) {
	const byItem = known.duplicateId.length > 0 && dedupe.mode === "off";
	return { batch: { ...batch, path: known.path }, dedupe: byItem ? { ...dedupe, mode: "sender" as const } : dedupe };
}

function neededBy({ expects, duplicates }: SenderView, now: Companions): Companions {
	const response = { ...now.response };
	if (expects.status === 200) response.status = 200;
	if (expects.emptyBody) response.body = "empty";
	return { ...now, response, dedupe: duplicates && now.dedupe.mode !== "sender" ? { ...now.dedupe, mode: "sender" } : now.dedupe };
}

function changes(now: Companions, then: Companions, next: SenderView | null, was: SenderView | undefined): string[] {
	const words: string[] = [];
	if (then.response.status !== now.response.status)
		words.push(
			`The answer’s status is ${then.response.status}${then.response.status === 200 && next?.expects.status === 200 ? "" : " again"}.`,
		);
	if (then.response.body !== now.response.body)
		words.push(then.response.body === "empty" ? "The answer has no body." : "The answer has a body again.");
	if (then.dedupe.mode !== now.dedupe.mode) {
		if (then.dedupe.mode === "sender") words.push(`Repeated deliveries are recognized by ${next?.name}’s own id.`);
		else if (then.dedupe.mode === "off") words.push(`Repeated deliveries are taken again: what told them was ${was?.name}’s own id.`);
		else words.push(`Repeated deliveries are recognized as they were before ${was?.name}.`);
	}
	if (then.batch?.path !== now.batch?.path)
		words.push(`A delivery is one event again: the list in ${now.batch?.path} was that of ${was?.name}.`);
	return words;
}
