import { describeError } from "../errors";
import type { AcceptAnswer, BatchAnswer, BatchArrival, EndpointSettings, HandshakeNoted } from "../events/protocol/delivery";
import type { Sequencer } from "../events/sequencer";
import { reach } from "../faults";
import { keepFirstSecret } from "../integrations/first-secret";
import { type Remote, sequencerOf } from "../integrations/objects";
import { originsOf } from "../integrations/public-origin";
import type { Keeping } from "../integrations/redaction/kept";
import { sealSigning } from "../integrations/signing";
import { endpointUrl } from "./address";
import { accepted, acceptedBatch, handshaken, refused, tryLater, unknownEndpoint } from "./answer";
import { askersOf, stranger } from "./asker";
import { batchArrivalOf } from "./batch";
import { readBody } from "./body";
import { type HandshakeReply, handshakeOf, replyTo } from "./handshakes";
import { ADDRESS_MAX_LENGTH, keptHeaders, readHeaders } from "./headers";
import { type KnownEndpoint, knownEndpoint } from "./known";
import { arrivalOf, bodyOf, type Fault, type Parts, rejectionOf } from "./parts";
import { keepingOf, keptArrival, keptBatch, keptRejection, withoutBody } from "./redacted";
import { type Reading, readingOf } from "./signatures/reading";
import type { NeededFetch, Rejected } from "./signatures/verdict";
import { type FetchKey, makeVerifier, type Verifier, verifyFrom } from "./verifier";

/** Judgements of one request before it is given up: each save in between asks for one more. */
const JUDGEMENTS_MAX = 4;
const LOST_REPLY_RETRY_SECONDS = 5;

/** Answered for a URL that is live, whatever may be sent to it: some systems look whether it is there. */
const LOOKS = ["HEAD", "OPTIONS"];

/**
 * One webhook: verified here, stored by its Sequencer, answered when it is on disk.
 * @param hops how many integrations called one another up to here; 0 from outside
 */
export async function receive(request: Request, env: Env, ctx: Pick<ExecutionContext, "exports">, hops = 0): Promise<Response> {
	const url = endpointUrl(request.url);
	const endpoint = url && knownEndpoint(env.ENDPOINT_KEYS, url.hex);
	if (!url || !endpoint) return unknownEndpoint();
	const read = await readBody(request);
	if (read.status === "broken_off") return refused(400, "body_broken_off", "The body ended before its declared length.");
	const parts: Parts = {
		url: request.url,
		method: request.method,
		path: url.path,
		query: url.query,
		headers: readHeaders(request.headers),
		encoding: request.headers.get("content-encoding"),
		askers: () => askersOf(request, env, hops),
		read,
		hops,
	};
	try {
		return await deliver(parts, endpoint, env, ctx);
	} catch (error) {
		// The reply is lost, and with it whether the event was stored: only the sender may repeat it.
		const { integrationId } = endpoint.address;
		console.error(JSON.stringify({ event: "endpoint.reply_lost", integrationId, error: describeError(error) }));
		return tryLater(503, "overloaded", "This could not be stored just now. Send it again.", LOST_REPLY_RETRY_SECONDS);
	}
}

async function deliver(parts: Parts, endpoint: KnownEndpoint, env: Env, ctx: Pick<ExecutionContext, "exports">): Promise<Response> {
	const { integrationId, region, generation } = endpoint.address;
	const sequencer = sequencerOf(env, integrationId, region);
	for (let judgement = 0; judgement < JUDGEMENTS_MAX; judgement++) {
		const settings = endpoint.settings ?? (await sequencer.endpoint(generation));
		if (settings === null) return unknownEndpoint();
		endpoint.settings = settings;
		let made: Verifier | null = null;
		if (settings.webhook.verification.scheme !== "none") {
			if (endpoint.verifier?.settings !== settings)
				endpoint.verifier = { settings, made: await makeVerifier(env, integrationId, settings) };
			made = endpoint.verifier.made;
		}
		const keeping = keepingOf(env.VAULT_KEYS, integrationId, settings, made);
		const barred = stranger(parts, settings);
		const odd = malformed(parts); // and so no handshake, whose method is its own
		let judged: Judged = barred ?? (odd && (unwelcome(parts, settings) ?? odd)) ?? "passed";
		if (judged === "passed" && made) judged = judge(parts, settings, made, env, fetchThrough(ctx, integrationId));
		if (judged instanceof Promise) judged = await judged;
		if (judged === "passed") judged = unwelcome(parts, settings) ?? "passed";
		if (judged !== "passed" && "reply" in judged) {
			const answer = await shake(parts, endpoint, settings, judged.reply, keeping, sequencer, env);
			if (answer.status === "stale") endpoint.settings = answer.settings;
			else return answer.status === "noted" ? handshaken(judged.reply) : responseOf(answer, settings, null);
			continue;
		}
		if (LOOKS.includes(parts.method) && barred === null) {
			const answer = await sequencer.look(generation, settings.revision);
			if (answer.status === "stale") endpoint.settings = answer.settings;
			else return answer.status === "live" ? looked(parts.method, settings) : responseOf(answer, settings, null);
			continue;
		}
		let batch: BatchArrival | null = null;
		if (judged === "passed" && settings.webhook.batch) {
			const parted = batchArrivalOf(parts, settings.webhook.batch.path, settings, Date.now());
			if (parted && "code" in parted) judged = parted;
			else batch = parted;
		}
		const fault = judged === "passed" ? null : judged;
		if (FAULTS) await reach("accept.before_send", integrationId);
		const answer =
			fault !== null
				? await sequencer.reject(generation, settings.revision, keptRejection(rejectionOf(parts, fault), keeping))
				: batch !== null
					? await sequencer.acceptBatch(generation, settings.revision, keptBatch(batch, keeping))
					: await sequencer.accept(generation, settings.revision, keptArrival(arrivalOf(parts, settings, Date.now()), keeping));
		if (FAULTS) await reach("accept.before_reply", integrationId);
		if (answer.status === "stale") endpoint.settings = answer.settings;
		else {
			const response = responseOf(answer, settings, fault);
			if (made && judged === "passed") echo(made, parts, response);
			return response;
		}
	}
	return tryLater(503, "overloaded", "The integration is being saved again and again. Send it again.", LOST_REPLY_RETRY_SECONDS);
}

type Judged = "passed" | Fault | { reply: HandshakeReply } | Promise<"passed" | Fault | { reply: HandshakeReply }>;

/** What no endpoint takes, whatever its settings. */
function malformed({ path, query, encoding, read }: Parts): Fault | null {
	if (encoding !== null && encoding.trim().toLowerCase() !== "identity" && encoding.trim() !== "") {
		return {
			code: "unsupported_encoding",
			httpStatus: 415,
			message: "Send the body without Content-Encoding.",
			headers: { "accept-encoding": "identity" },
		};
	}
	if (read.status === "too_large") return { code: "payload_too_large", httpStatus: 413, message: "A body may have 10 MB at most." };
	if (path.length + query.length > ADDRESS_MAX_LENGTH)
		return {
			code: "url_too_long",
			httpStatus: 414,
			message: "The path and query behind the key may have 8 KB. Send the rest in the body.",
		};
	return null;
}

/** A method that this endpoint does not take. Handshakes come by any. */
function unwelcome({ method }: Parts, { webhook }: EndpointSettings): Fault | null {
	if (webhook.methods.some((allowed) => allowed === method) || LOOKS.includes(method)) return null;
	const allow = webhook.methods.join(", ");
	return { code: "method_not_allowed", httpStatus: 405, message: `Send it with ${allow}.`, headers: { allow } };
}

/** Whether a request is from the endpoint's sender, and whether it is a handshake. */
function judge(parts: Parts, settings: EndpointSettings, verifier: Verifier, env: Env, fetchKey: FetchKey): Judged {
	const { method, headers } = parts;
	const body = bodyOf(parts);
	const [called, rest] = partedUrl(parts.url);
	const urls = () => originsOf(env, called, settings.origin).flatMap((origin) => spellingsOf(parts.path, rest).map((end) => origin + end));
	const [url = parts.url] = verifier.sender.handshakes ? urls() : [];
	const reading: Reading | null = verifier.sender.handshakes ? readingOf({ method, url, headers, body }) : null;
	const handshake = reading && handshakeOf(verifier.sender.handshakes ?? [], reading);
	const replied = (): Fault | { reply: HandshakeReply } => {
		const reply = handshake && reading && replyTo(handshake, reading, { ...verifier, url });
		return reply ? { reply } : HANDSHAKE_REFUSED;
	};
	if (handshake && !handshake.verified) return replied();
	if (!handshake && (unwelcome(parts, settings) || LOOKS.includes(method))) return "passed"; // refused, or answered, without a look at it
	const verdict = verifyFrom(verifier, { method, headers, body }, urls, fetchKey, Date.now());
	const after = (checked: Awaited<typeof verdict>): "passed" | Fault | { reply: HandshakeReply } =>
		checked.status === "rejected" ? unverified(checked, called !== settings.origin ? called : null) : handshake ? replied() : "passed";
	return verdict instanceof Promise ? verdict.then(after) : after(verdict);
}

const HANDSHAKE_REFUSED: Fault = {
	code: "handshake_refused",
	httpStatus: 403,
	message: "This is not answered: the token differs, or the webhook has its secret already.",
};

const KEY_RETRY = { "retry-after": "30" };
const REFUSALS: Record<Rejected["code"], string> = {
	signature_missing: "The signature is missing.",
	signature_invalid: "The signature does not match.",
	timestamp_out_of_range: "The signature is too old, or from the future.",
	key_unavailable: "The key that this is signed with could not be fetched just now. Send it again.",
};

/** The sender learns no more than the code; the person who looks at the delivery sees the reason. */
function unverified({ code, reason }: Rejected, calledAt: string | null): Fault {
	const detail = { reason, ...(calledAt !== null && { calledAt }) };
	// Nobody's fault that is known: kept, so that it is seen, and asked for again.
	if (code === "key_unavailable") return { code, httpStatus: 503, message: REFUSALS[code], detail, headers: KEY_RETRY };
	return { code, httpStatus: 401, message: REFUSALS[code], detail };
}

/** As it was called; at the root of the webhook also with its last slash, or without it: senders write it either way. */
function spellingsOf(path: string, rest: string): string[] {
	if (path !== "/") return [rest];
	const [root = "", query = ""] = rest.split(/(?=\?)/, 2);
	return [rest, (root.endsWith("/") ? root.slice(0, -1) : `${root}/`) + query];
}

/** Origin, and path with query. */
function partedUrl(url: string): [string, string] {
	const at = url.indexOf("/", url.indexOf("://") + 3);
	return [url.slice(0, at), url.slice(at)];
}

/** Keeps what a handshake leaves: a note of it, a secret, a link or code for a person. */
async function shake(
	{ method, path, query, headers, read }: Parts,
	{ address: { integrationId, generation } }: KnownEndpoint,
	settings: EndpointSettings,
	{ keep, show }: HandshakeReply,
	keeping: Keeping,
	sequencer: Remote<Sequencer>,
	env: Env,
): Promise<HandshakeNoted> {
	const { revision, workspaceId, webhook } = settings;
	const holder = { workspaceId, integrationId, scheme: webhook.verification.scheme };
	const size = read.status === "read" ? read.body.byteLength : read.atLeast;
	const shown =
		show === null
			? null
			: show.what === "link"
				? ({ what: "link", url: show.value } as const)
				: ({ what: "code", sealed: await sealSigning(env.VAULT_KEYS, holder, "code", show.value) } as const);
	const kept = withoutBody({ method, path, query, headers: keptHeaders(headers) }, keeping);
	const noted = await sequencer.noteHandshake(generation, revision, { ...kept, size, show: shown });
	if (noted.status !== "noted" || keep === null) return noted;
	if (!(await keepFirstSecret(env, holder, keep))) throw new Error("the secret of a handshake could not be kept");
	return noted;
}

/** The way to senders' keys, which leads out through the one door. */
export function fetchThrough({ exports }: Pick<ExecutionContext, "exports">, integrationId: string): FetchKey {
	const { KeyDoor } = exports as unknown as {
		KeyDoor: { fetchKey(integrationId: string, needed: NeededFetch, proven: boolean): ReturnType<FetchKey> };
	};
	return (needed, proven) => KeyDoor.fetchKey(integrationId, needed, proven);
}

function looked(method: string, { webhook }: EndpointSettings): Response {
	return method === "HEAD"
		? handshaken({ status: 200, body: null, headers: {} })
		: handshaken({ status: 204, body: null, headers: { allow: webhook.methods.join(", ") } });
}

/** Repeats what the sender takes for the receipt: without it the delivery counts as failed there. */
function echo({ sender }: Verifier, { headers }: Parts, response: Response): void {
	const name = sender.expects?.echoHeader;
	const value = name && headers.find(([known]) => known === name)?.[1];
	if (name && value) response.headers.set(name, value);
}

function responseOf(
	answer: Exclude<AcceptAnswer | BatchAnswer, { status: "stale" }> | { status: "rejected" },
	settings: EndpointSettings,
	fault: Fault | null,
): Response {
	switch (answer.status) {
		case "accepted":
		case "duplicate":
			return "eventIds" in answer ? acceptedBatch(answer, settings.webhook.response) : accepted(answer, settings.webhook.response);
		case "rate_limited":
			return tryLater(429, "rate_limited", "Too many deliveries in a short time. Send it again later.", answer.retryAfterSeconds);
		case "overloaded":
			return tryLater(503, "overloaded", "Too many events wait already. Send it again later.", answer.retryAfterSeconds);
		case "unknown":
			return unknownEndpoint();
		case "rejected":
			if (fault === null) return unknownEndpoint();
			if (settings.webhook.response.body === "empty")
				return handshaken({ status: fault.httpStatus, body: null, headers: fault.headers ?? {} });
			return refused(fault.httpStatus, fault.code, fault.message, fault.headers);
	}
}
