import type { DeliverySummary, SenderView } from "../../../../worker/api/types";
import type { Draft } from "../editing";

/** A secret that is entered, or the place of one that is set and stays. */
export type Secret = string | { keep: number };

/** How a webhook tells its sender from others: as read, with what was entered since. Entered secrets are never read back. */
export interface VerificationDraft {
	/** `none`, or a sender's id. */
	scheme: string;
	/** As read how many are set; after a change the list that is to be set. */
	secrets?: { count: number } | Secret[];
	/** What the sender needs beside the secret. Of a secret one as read whether it is set. */
	[option: string]: unknown;
}

/** Secrets of one webhook at most. */
export const SECRETS_MAX = 2;

/** The secrets that are set or entered, in order. */
export function secretsOf({ secrets }: VerificationDraft): Secret[] {
	if (secrets === undefined) return [];
	return Array.isArray(secrets) ? secrets : Array.from({ length: secrets.count }, (_, keep) => ({ keep }));
}

/** The verification with these secrets: as it was read where they are just those. */
export function withSecrets(verification: VerificationDraft, secrets: readonly Secret[], server: VerificationDraft): VerificationDraft {
	const set = verification.scheme === server.scheme ? secretsOf(server).length : 0;
	const unchanged = secrets.length === set && secrets.every((secret, index) => typeof secret === "object" && secret.keep === index);
	if (!unchanged || verification.scheme !== server.scheme) return { ...verification, secrets: [...secrets] };
	const { secrets: _, ...rest } = verification;
	const { scheme } = verification;
	return server.secrets === undefined ? { ...rest, scheme } : { ...rest, scheme, secrets: server.secrets };
}

/** The verification for another sender. Nothing of the one before is left, unless it is the saved one. */
export function forSender(scheme: string, server: VerificationDraft): VerificationDraft {
	return scheme === server.scheme ? server : { scheme, secrets: [] };
}

/** The verification with an option's text; an empty one takes it away. */
export function withOption(verification: VerificationDraft, id: string, text: string): VerificationDraft {
	const { [id]: _, ...rest } = verification;
	const { scheme } = verification;
	return text === "" ? { ...rest, scheme } : { ...rest, scheme, [id]: text };
}

export function optionText(verification: VerificationDraft, id: string): string {
	const value = verification[id];
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Whether a secret option is kept already. */
export function optionIsSet(verification: VerificationDraft, id: string): boolean {
	const value = verification[id];
	return typeof value === "object" && value !== null && (value as { set?: boolean }).set === true;
}

/** The settings that go along with the choice of a sender. */
export type Companions = Pick<Draft["webhook"], "response" | "dedupe" | "batch">;

/** What a sender needs of the other settings, and how they would then be. */
export interface Suggestion extends Companions {
	/** One short sentence each; none where all is as the sender wants it. */
	words: string[];
}

/**
 * @param next null: anyone may send
 * @param left who was chosen before: the list of events that only it sends goes with it
 */
export function suggestionOf(next: SenderView | null, companions: Companions, left?: SenderView): Suggestion {
	const suggestion = next === null ? { ...companions, words: [] } : neededBy(next, companions);
	const { batch } = companions;
	if (!left?.batch || left.id === next?.id || batch?.path !== left.batch.path || batch.path === next?.batch?.path) return suggestion;
	const words = `A delivery is one event again: the list in ${batch.path} was that of ${left.name}.`;
	return { ...suggestion, batch: null, words: [...suggestion.words, words] };
}

function neededBy({ name, expects, duplicates }: SenderView, { response, dedupe, batch }: Companions): Suggestion {
	const words: string[] = [];
	const next: Suggestion = { words, response: { ...response }, dedupe, batch };
	if (expects.status === 200 && response.status !== 200) {
		next.response.status = 200;
		words.push("The answer’s status is 200.");
	}
	if (expects.emptyBody && response.body !== "empty") {
		next.response.body = "empty";
		words.push("The answer has no body.");
	}
	if (duplicates && dedupe.mode !== "sender") {
		next.dedupe = { ...dedupe, mode: "sender" };
		words.push(`Repeated deliveries are recognized by ${name}’s own id.`);
	}
	return next;
}

/**
 * The handshake that waits for a person; null where the newest one left nothing, or an event came after it.
 * @param deliveries newest first
 */
export function askingHandshake(deliveries: readonly DeliverySummary[]): DeliverySummary | null {
	for (const delivery of deliveries) {
		if (delivery.status === "accepted") return null;
		if (delivery.status === "handshake" && delivery.shows !== null) return delivery;
	}
	return null;
}
