import type { Sender } from "../connectors/sender";
import { senderOf } from "../connectors/senders";
import type { EndpointSettings } from "../events/protocol/delivery";
import { openSigning } from "../integrations/signing";
import { optionsOf } from "../integrations/verification";
import { once } from "../once";
import { answeredBy } from "./signatures/answered";
import type { SchemeOptions } from "./signatures/check";
import { type Reading, readingOf } from "./signatures/reading";
import type { SignedRequest } from "./signatures/request";
import type { Fetched, NeededFetch, Rejected, Verified } from "./signatures/verdict";
import { type Prepared, prepare, verifyReading } from "./signatures/verify";

/** An endpoint's sender with its live secrets, ready for one request after another. Lives as long as the settings that it was made from. */
export interface Verifier {
	sender: Sender;
	prepared: Prepared;
	secrets: readonly string[];
	options: SchemeOptions;
	/** Names of keys that a delivery was verified with. */
	proven: Set<string>;
}

/** Fetches a sender's public key or certificate; null where it cannot be had. `proven`: one that a delivery was verified with. */
export type FetchKey = (needed: NeededFetch, proven: boolean) => Promise<ArrayBuffer | null>;

/** More than any sender has at a time. */
const PROVEN_MAX = 20;

/** Keys that one request may need: a certificate, and a token to get it with. */
const FETCHES_MAX = 3;

/** @throws where the secrets do not open */
export async function makeVerifier(
	env: Env,
	integrationId: string,
	settings: Pick<EndpointSettings, "webhook" | "workspaceId" | "signing">,
): Promise<Verifier | null> {
	const { verification } = settings.webhook;
	if (verification.scheme === "none") return null;
	const sender = senderOf(verification.scheme);
	if (sender === null) throw new Error(`no sender is called ${verification.scheme}`);
	const holder = { workspaceId: settings.workspaceId, integrationId, scheme: verification.scheme };
	const opened = await openSigning(env.VAULT_KEYS, holder, settings.signing);
	const options = { ...optionsOf(verification), ...opened.options };
	return verifierOf(sender, opened.secrets, options);
}

/** @param secrets those that are live */
export function verifierOf(sender: Sender, secrets: readonly string[], options: SchemeOptions): Verifier {
	return {
		sender,
		prepared: prepare(sender.signature, secrets, options, answeredBy(sender.handshakes)),
		secrets,
		options,
		proven: new Set(),
	};
}

/**
 * Whether a request comes from the endpoint's sender. Where the scheme signs the URL, each spelling counts under which
 * the sender may know it. At once, unless a key has to be fetched.
 *
 * @param urls the request's public URL, most likely first; asked for where the scheme reads it
 */
export function verifyFrom(
	verifier: Verifier,
	request: Omit<SignedRequest, "url">,
	urls: () => readonly string[],
	fetchKey: FetchKey,
	now: number,
): Verified | Rejected | Promise<Verified | Rejected> {
	const known = once(urls);
	const reading = readingOf({ ...request, url: "" });
	let refusal: Rejected | null = null;
	for (let at = 0; ; at++) {
		let isAsked = false;
		const spelt = reading.at(() => {
			isAsked = true;
			return known()[at] ?? "";
		});
		const verdict = verifyReading(verifier.prepared, spelt, now);
		if (verdict.status === "verified") return verdict;
		if (verdict.status === "needs") return withKeys(verifier, spelt, verdict.fetch, fetchKey, now);
		refusal ??= verdict;
		const { kind } = verdict.reason;
		const mayFitAnother = isAsked && (kind === "no_match" || kind === "claim_mismatch");
		if (!mayFitAnother || at + 1 >= known().length) return refusal;
	}
}

async function withKeys(
	{ prepared, proven }: Verifier,
	reading: Reading,
	first: NeededFetch,
	fetchKey: FetchKey,
	now: number,
): Promise<Verified | Rejected> {
	const fetched = new Map<string, Uint8Array | null>() satisfies Fetched;
	let needed = first;
	for (let fetches = 0; fetches < FETCHES_MAX; fetches++) {
		const bytes = await fetchKey(needed, proven.has(needed.name));
		fetched.set(needed.name, bytes && new Uint8Array(bytes));
		const verdict = verifyReading(prepared, reading, now, fetched);
		if (verdict.status === "verified") for (const name of fetched.keys()) if (proven.size < PROVEN_MAX) proven.add(name);
		if (verdict.status !== "needs") return verdict;
		needed = verdict.fetch;
	}
	return { status: "rejected", code: "key_unavailable", reason: { kind: "key_unavailable", where: needed.url } };
}
