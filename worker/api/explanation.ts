import { SENDERS, senderOf } from "../connectors/senders";
import { fetchThrough } from "../endpoints/receive";
import { explain } from "../endpoints/signatures/explain";
import type { Reason, Rejected } from "../endpoints/signatures/verdict";
import { schemesOf } from "../endpoints/signatures/verify";
import { type FetchKey, makeVerifier, type Verifier, verifyFrom } from "../endpoints/verifier";
import { ApiError, describeError } from "../errors";
import type { RefusedDelivery } from "../history/deliveries";
import { endpointOrigin, originsOf } from "../integrations/public-origin";
import { openRefused } from "../integrations/redaction/kept";
import type { IntegrationRow } from "../integrations/store";
import type { ExplanationView } from "./answers-explanation";
import { urlAt } from "./present";

/** Reasons of a rejection that say that a signature did not pass. */
const SIGNATURE_CODES: readonly string[] = ["signature_missing", "signature_invalid", "timestamp_out_of_range", "key_unavailable"];
/** Spellings of the URL that are tried: by origin, by generation, with and without a slash. */
const URLS_MAX = 16;
const HEADERS_SHOWN = 60;

/**
 * The likeliest cause of a refusal, judged with the secrets of now at the time when the delivery came. Holds no secret
 * and no signature that would have been right.
 *
 * @param origins under which people reach this deployment: a sender may know the URL by them, whichever was called
 * @throws 409 where it was not rejected for its signature
 */
export async function explainRefusal(
	env: Env,
	exports: unknown,
	row: IntegrationRow,
	refused: RefusedDelivery,
	origins: readonly string[],
): Promise<ExplanationView> {
	const came = asItCame(env, row, refused);
	const { reason: code, method, headers, body, size, receivedAt, masked } = came;
	if (code === null || !SIGNATURE_CODES.includes(code))
		throw new ApiError(409, "not_about_its_signature", "This delivery was not rejected for its signature.");
	const whole = body.byteLength === size && !masked;
	const verifier = await makeVerifier(env, row.id, row);
	const blank: ExplanationView = {
		cause: "accepted_now",
		proven: true,
		how: null,
		sender: verifier && called(verifier),
		other: null,
		evidence: {
			looked: null,
			length: null,
			secrets: verifier?.secrets.length ?? 0,
			url: null,
			differenceSeconds: null,
			toleranceSeconds: null,
			size,
			headers: headers.slice(0, HEADERS_SHOWN).map(([name, value]) => ({ name, length: value.length })),
		},
		whole,
		complete: true,
	};
	if (verifier === null) return blank;
	if (verifier.secrets.length === 0) return { ...blank, cause: "no_secret" };

	const { sender, options } = verifier;
	// As the verifier does.
	const reached = origins.filter((origin) => origin !== "");
	const shown = endpointOrigin(env, row.origin || (reached[0] ?? ""));
	const urls = urlsOf(env, row, came, originsOf(env, refused.calledAt ?? shown, shown));
	const otherUrls = urlsOf(env, row, came, reached).filter((url) => !urls.includes(url));
	const url = urls.find((one) => one.startsWith(`${refused.calledAt}/`)) ?? urls[0] ?? "";
	const fetched = new Map<string, Uint8Array | null>();
	const asked = { forUrl: false };
	const verdict = whole
		? await verifyFrom(
				verifier,
				{ method, headers, body },
				() => {
					asked.forUrl = true;
					return urls;
				},
				remembering(fetchThrough({ exports } as ExecutionContext, row.id), fetched),
				receivedAt,
			)
		: asFound(code as Rejected["code"], refused.found);
	if (verdict.status === "verified") return blank;
	const secrets = whole ? verifier.secrets : [];
	const request = { method, url, headers, body };
	const found = explain({ sender, secrets, options, request, otherUrls, at: receivedAt, rejected: verdict }, SENDERS, fetched);
	const { cause, proven, how, senderId, differenceSeconds, complete } = found;
	const other = senderId === null ? null : senderOf(senderId);
	return {
		...blank,
		cause,
		proven,
		how,
		other: other && { id: other.id, name: other.name },
		evidence: {
			...blank.evidence,
			...evidenceOf(verdict.reason),
			...(differenceSeconds !== null && { differenceSeconds }),
			...(asked.forUrl && { url: url.replace(/\?.*/s, "") }),
		},
		complete,
	};
}

/** With its credentials, which are kept sealed; masked where they do not open. */
function asItCame(env: Env, { workspaceId, id: integrationId }: IntegrationRow, refused: RefusedDelivery): RefusedDelivery {
	if (refused.sealed === null) return refused;
	try {
		const { path, query, headers, body } = openRefused(env.VAULT_KEYS, { workspaceId, integrationId }, refused.sealed);
		if (body.byteLength === 0) return { ...refused, path, query, headers };
		return { ...refused, path, query, headers, body, size: refused.size + body.byteLength - refused.body.byteLength };
	} catch (error) {
		console.warn(JSON.stringify({ event: "refused.closed", integrationId, error: describeError(error) }));
		return { ...refused, masked: true };
	}
}

function called({ sender: { id, name, secret, signature }, secrets, options }: Verifier): NonNullable<ExplanationView["sender"]> {
	// Some senders have secrets of both kinds: those that are set tell which it is.
	const carriesSecret = schemesOf(signature, secrets, options).some(([{ kind }]) => kind === "token" || kind === "basic");
	return { id, name, secret: secret?.name ?? "Secret", carriesSecret };
}

/** What a reason tells beside its kind. */
function evidenceOf(reason: Reason): Partial<ExplanationView["evidence"]> {
	return {
		...("looked" in reason && { looked: reason.looked }),
		...("where" in reason && { looked: reason.where }),
		...("length" in reason && { length: reason.length }),
		...("differenceSeconds" in reason && { differenceSeconds: reason.differenceSeconds, toleranceSeconds: reason.toleranceSeconds }),
	};
}

/** The verdict of the time when it came, for a body that cannot be judged again. */
function asFound(code: Rejected["code"], found: unknown): Rejected {
	const reason = (found as Reason | null) ?? { kind: "no_match", where: "", candidates: 0, secrets: 0 };
	return { status: "rejected", code, reason };
}

function urlsOf(env: Env, row: IntegrationRow, { path, query, receivedAt }: RefusedDelivery, origins: readonly string[]): string[] {
	const live = row.generations.filter(({ expiresAt }) => expiresAt === null || expiresAt > receivedAt).reverse();
	const paths = path === "/" ? ["", "/"] : [path];
	const urls = paths.flatMap((end) =>
		origins.flatMap((origin) => live.map(({ generation }) => `${urlAt(env, origin, row, generation)}${end}${query}`)),
	);
	return [...new Set(urls)].slice(0, URLS_MAX);
}

function remembering(fetchKey: FetchKey, fetched: Map<string, Uint8Array | null>): FetchKey {
	return async (needed, proven) => {
		const bytes = await fetchKey(needed, proven);
		fetched.set(needed.name, bytes && new Uint8Array(bytes));
		return bytes;
	};
}
