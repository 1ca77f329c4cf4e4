import type { DirectScheme, Place } from "../../connectors/scheme";
import type { Sender } from "../../connectors/sender";
import type { SchemeOptions } from "./check";
import { find, type Reading, readingOf } from "./reading";
import type { SignedRequest } from "./request";
import { algorithmVariants, bodyVariants, keyVariants, secretVariants, urlVariants, type Variant } from "./variants";
import type { Fetched, Reason, Rejected } from "./verdict";
import { checkOf, schemesOf } from "./verify";

/** Why a delivery was refused, as far as can be told. Holds no secret, and no signature that would have been right. */
export interface Explanation {
	cause:
		| "no_signature"
		| "wrong_secret"
		| "secret_form"
		| "body_changed"
		| "url_differs"
		| "clock"
		| "expired"
		| "not_yet"
		| "claim_differs"
		| "older_signature"
		| "other_sender"
		| "other_algorithm"
		| "other_time"
		| "sent_twice"
		| "malformed"
		| "key";
	/** True where it was tried and fits; false where it is the likeliest. */
	proven: boolean;
	/** What was found, in a few words: `white space around it was removed`. */
	how: string | null;
	/** The sender whose scheme fits, where it is another. */
	senderId: string | null;
	/** Ours minus theirs, where the time is outside the window. */
	differenceSeconds: number | null;
	/** Names of the headers that came with the request. */
	headers: readonly string[];
	/** False where the body was too large to try everything. */
	complete: boolean;
}

/** What the search may cost: trials, and bytes that are hashed in all. */
const TRIALS_MAX = 200;
const HASHED_MAX_BYTES = 64 * 1024 * 1024;
const HEADERS_SHOWN = 40;
/** Senders named where several use the same header. */
const NAMES_SHOWN = 4;
/** No clock is wrong by thirty years; seconds read as milliseconds are. */
const OTHER_UNIT_SECONDS = 1_000_000_000;

export interface Refused {
	sender: Sender;
	secrets: readonly string[];
	options: SchemeOptions;
	request: SignedRequest;
	/** Other URLs under which the webhook is known. */
	otherUrls?: readonly string[];
	/** Epoch milliseconds at which it came. */
	at: number;
	rejected: Rejected;
}

/**
 * Looks for what would have made a refused delivery right. The slow path: asked for by a person, never by a sender.
 * @param senders all that are known, to find another whose scheme fits
 */
export function explain(refused: Refused, senders: readonly Sender[], fetched: Fetched = new Map()): Explanation {
	const { rejected, request } = refused;
	const search = new Search(refused, fetched);
	const headers = request.headers.map(([name]) => name).slice(0, HEADERS_SHOWN);
	const blank = { how: null, senderId: null, differenceSeconds: null, headers, proven: false };
	const found =
		known(rejected.reason, refused) ?? search.similar() ?? search.older() ?? search.otherSender(senders) ?? likeliest(rejected.reason);
	return { ...blank, ...found, complete: search.complete };
}

type Found = Pick<Explanation, "cause"> & Partial<Explanation>;

/** Reasons that say it all. */
function known(reason: Reason, { sender }: Refused): Found | null {
	switch (reason.kind) {
		case "clock":
			if (reason.claim === "exp") return { cause: "expired", proven: true, differenceSeconds: reason.differenceSeconds };
			if (reason.claim === "nbf") return { cause: "not_yet", proven: true, differenceSeconds: reason.differenceSeconds };
			if (Math.abs(reason.differenceSeconds) > OTHER_UNIT_SECONDS)
				return { cause: "other_time", proven: true, how: "it counts in another unit" };
			return { cause: "clock", proven: true, differenceSeconds: reason.differenceSeconds };
		case "doubled":
			return { cause: "sent_twice", proven: true, how: reason.where };
		case "key_refused":
		case "key_unavailable":
			return { cause: "key", proven: true, how: reason.where };
		case "claim_mismatch":
			// The token is right, and what it says of the request is not.
			if (reason.claim === "qsh" || (reason.claim === "aud" && namesUrl(sender)))
				return { cause: "url_differs", proven: true, how: `the token's ${reason.claim}` };
			if (reason.claim === "aud") return { cause: "claim_differs", proven: true, how: "audience (aud)" };
			if (reason.claim === "iss") return { cause: "claim_differs", proven: true, how: "issuer (iss)" };
			if (reason.claim === "TopicArn") return { cause: "wrong_secret", proven: true, how: reason.claim };
			return { cause: "body_changed", proven: true, how: `the token's ${reason.claim}` };
		default:
			return null;
	}
}

/** Whether the audience of its tokens is the webhook's URL, rather than a name that a person enters. */
const namesUrl = ({ signature }: Sender): boolean => signature.kind === "jwt" && signature.claims?.audience === "url";

function likeliest(reason: Reason): Found {
	switch (reason.kind) {
		case "signature_missing":
			return { cause: "no_signature", how: reason.looked };
		case "secret_unusable":
			return { cause: "secret_form", proven: true };
		case "algorithm_refused":
			return { cause: "other_algorithm", proven: true, how: reason.algorithm };
		case "timestamp_missing":
		case "timestamp_malformed":
			return { cause: "other_time", how: reason.where };
		case "malformed":
		case "part_missing":
			return { cause: "malformed", how: reason.where };
		default:
			return { cause: "wrong_secret" };
	}
}

class Search {
	complete = true;
	private trials = 0;
	private hashed = 0;
	/** As it came, and read once for all trials. */
	private readonly reading: Reading;

	constructor(
		private readonly refused: Refused,
		private readonly fetched: Fetched,
	) {
		this.reading = readingOf(refused.request);
	}

	/** The sender's own scheme over a request or with a secret that differs a little. */
	similar(): Found | null {
		const { sender, secrets, options, request } = this.refused;
		for (const [how, own] of this.variants(secrets, secretVariants)) {
			if (this.fits(sender, own, options, this.reading)) return { cause: "secret_form", proven: true, how };
		}
		if (this.refused.rejected.reason.kind === "signature_missing") return null;
		for (const [scheme, live] of schemesOf(sender.signature, secrets, options)) {
			const texts = live.map(({ text }) => text);
			for (const [how, variant] of keyVariants(scheme)) {
				if (this.schemeFits(variant, texts, options, this.reading)) return { cause: "secret_form", proven: true, how };
			}
			for (const [how, variant] of algorithmVariants(scheme)) {
				if (this.schemeFits(variant, texts, options, this.reading)) return { cause: "other_algorithm", proven: true, how };
			}
		}
		const known = (this.refused.otherUrls ?? []).map((url): Variant<string> => [`it signs ${new URL(url).origin}`, url]);
		for (const [how, url] of [...known, ...urlVariants(request.url)]) {
			const there = this.reading.at(() => url);
			if (this.fits(sender, secrets, options, there)) return { cause: "url_differs", proven: true, how };
		}
		for (const [how, bytes] of bodyVariants(new Uint8Array(request.body))) {
			const body = Uint8Array.from(bytes).buffer;
			if (this.fits(sender, secrets, options, readingOf({ ...request, body }))) return { cause: "body_changed", proven: true, how };
		}
		return null;
	}

	/** SHA-1 in the header of before: senders that changed to SHA-256 send both, and what stands in between may take one away. */
	older(): Found | null {
		const { sender, secrets, options, rejected } = this.refused;
		if (rejected.reason.kind !== "signature_missing") return null;
		for (const [scheme, live] of schemesOf(sender.signature, secrets, options)) {
			const older = olderForm(scheme);
			if (older === null || find(older.signature.in, this.reading).status !== "found") continue;
			const texts = live.map(({ text }) => text);
			return { cause: "older_signature", proven: this.schemeFits(older, texts, options, this.reading), how: rejected.reason.looked };
		}
		return null;
	}

	/** Another sender's scheme with the same secrets; or at least one whose signature is there. */
	otherSender(senders: readonly Sender[]): Found | null {
		const { sender, secrets, request, rejected } = this.refused;
		const others = senders.filter((other) => other.id !== sender.id && signatureIsThere(other, secrets, this.reading));
		const present = likeliestFirst(others, request);
		const fitting = present.find((other) => this.fits(other, secrets, {}, this.reading));
		if (fitting) return { cause: "other_sender", proven: true, senderId: fitting.id, how: fitting.name };
		const telling = present.filter((other) => !isEverybodys(other, secrets));
		const marked = telling.filter((other) => isMarked(other, request));
		const [first, ...more] = marked.length > 0 ? marked : telling;
		if (first === undefined || rejected.reason.kind !== "signature_missing") return null;
		const names = [first, ...more.slice(0, NAMES_SHOWN - 1)].map(({ name }) => name).join(", ");
		const how = more.length < NAMES_SHOWN ? names : `${names} or another`;
		return { cause: "other_sender", senderId: more.length === 0 ? first.id : null, how };
	}

	private fits(sender: Sender, secrets: readonly string[], options: SchemeOptions, reading: Reading): boolean {
		return schemesOf(sender.signature, secrets, options).some(([scheme, live]) =>
			this.schemeFits(
				scheme,
				live.map(({ text }) => text),
				options,
				reading,
			),
		);
	}

	/** Right but for the time is right here: the time is a cause of its own. */
	private schemeFits(scheme: DirectScheme, secrets: readonly string[], options: SchemeOptions, reading: Reading): boolean {
		const cost = (reading.bytes.byteLength + 1_000) * secrets.length;
		if (this.trials >= TRIALS_MAX || this.hashed + cost > HASHED_MAX_BYTES) {
			this.complete = false;
			return false;
		}
		this.trials++;
		this.hashed += cost;
		const live = secrets.map((text, index) => ({ text, index }));
		const verdict = checkOf(scheme, live, options)?.(reading, this.refused.at, this.fetched);
		return verdict?.status === "verified" || (verdict?.status === "rejected" && verdict.reason.kind === "clock");
	}

	/** Each secret changed by itself, beside nothing. */
	private *variants(secrets: readonly string[], of: (secret: string) => Iterable<Variant<string>>): Generator<Variant<string[]>> {
		for (const secret of secrets) for (const [how, variant] of of(secret)) yield [how, [variant]];
	}
}

/** Schemes that many senders use and are known by. */
const SHARED_SCHEMES: readonly string[] = ["standard-webhooks", "svix"];
const HEADER_PATH = "event.headers.";

/** Whether a further header of the sender's own came. */
const isMarked = ({ eventName = [], duplicateId = [] }: Sender, { headers }: SignedRequest): boolean =>
	[...eventName, ...duplicateId].some((path) => headers.some(([name]) => path === HEADER_PATH + name));

/** Of several with one scheme: those that are marked first, and before all the one that the others have it from. */
function likeliestFirst(senders: readonly Sender[], request: SignedRequest): Sender[] {
	const rank = (sender: Sender): number => (SHARED_SCHEMES.includes(sender.id) ? 0 : isMarked(sender, request) ? 1 : 2);
	return senders.toSorted((one, other) => rank(one) - rank(other));
}

function olderForm(scheme: DirectScheme): Extract<DirectScheme, { kind: "hmac" }> | null {
	if (scheme.kind !== "hmac" || !("header" in scheme.signature.in) || scheme.signature.in.header !== "x-hub-signature-256") return null;
	return { ...scheme, digest: "sha1", signature: { in: { header: "x-hub-signature" }, prefix: "sha1=", encoding: "hex" } };
}

/** Whether it looks into a header that all kinds of senders fill: that it is there tells nothing. */
function isEverybodys(sender: Sender, secrets: readonly string[]): boolean {
	const [[scheme] = []] = schemesOf(sender.signature, secrets, {});
	const place = scheme && placeOf(scheme);
	return place !== null && place !== undefined && "header" in place && place.header === "authorization";
}

/** Where a scheme looks for its signature or token; null where a module of its own knows. */
function placeOf(scheme: DirectScheme): Place | null {
	if (scheme.kind === "bespoke") return null;
	if (scheme.kind === "basic") return { header: "authorization" };
	return "signature" in scheme ? scheme.signature.in : scheme.in;
}

/** Whether a request carries what a sender's scheme looks for. */
function signatureIsThere(sender: Sender, secrets: readonly string[], reading: Reading): boolean {
	const [[scheme, live] = []] = schemesOf(sender.signature, secrets, {});
	if (scheme === undefined || live === undefined) return false;
	const place = placeOf(scheme);
	if (place !== null) return find(place, reading).status === "found";
	const verdict = checkOf(scheme, live, {})?.(reading, Number.NaN, new Map());
	return verdict?.status === "needs" || (verdict?.status === "rejected" && verdict.code !== "signature_missing");
}
