import type { DeliverySummary } from "../../../../worker/api/types";

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

/** What a save found wrong with one secret stands at it; what is wrong with all of them, at the first that can be typed. */
export function errorOfSecret(errors: ReadonlyMap<string, string>, secrets: readonly Secret[], index: number): string | undefined {
	const open = secrets.findIndex((secret) => typeof secret === "string");
	const ofAll = index === Math.max(open, 0) ? errors.get("webhook.verification.secrets") : undefined;
	return errors.get(`webhook.verification.secrets.${index}`) ?? ofAll;
}

/** The sender whose saved secrets go with a save, because another one was chosen; null where none are lost. */
export function lostSecrets(saved: VerificationDraft, draft: VerificationDraft): { senderId: string; secrets: number } | null {
	const secrets = secretsOf(saved).length;
	return saved.scheme === draft.scheme || secrets === 0 ? null : { senderId: saved.scheme, secrets };
}

/** What a secret usually begins with and this one does not: `whsec_`. null where nothing speaks against it. */
export function missingStart(looksLike: string, text: string): string | null {
	const [, start] = /^(\S*[_-])…$/.exec(looksLike) ?? [];
	return start === undefined || text.trim() === "" || start.startsWith(text) || text.trim().startsWith(start) ? null : start;
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
