import { describeError } from "../errors";
import type { AcceptAnswer, Arrival, EndpointSettings, Headers as HeaderList, Rejection } from "../events/protocol";
import { reach } from "../faults";
import { keySource, laneOf } from "../integrations/lane";
import { sequencerOf } from "../integrations/objects";
import { endpointUrl } from "./address";
import { accepted, refused, tryLater, unknownEndpoint } from "./answer";
import { type BodyRead, readBody } from "./body";
import { duplicateKeyOf } from "./duplicates";
import { keptHeaders } from "./headers";
import { type KnownEndpoint, knownEndpoint } from "./known";

/** Judgements of one request before it is given up: each save in between asks for one more. */
const JUDGEMENTS_MAX = 4;
const LOST_REPLY_RETRY_SECONDS = 5;

/**
 * One webhook: verified here, stored by its Sequencer, answered when it is on disk.
 * @param hops how many integrations called one another up to here; 0 from outside
 */
export async function receive(request: Request, env: Env, hops = 0): Promise<Response> {
	const url = endpointUrl(request.url);
	const endpoint = url && knownEndpoint(env.ENDPOINT_KEYS, url.hex);
	if (!url || !endpoint) return unknownEndpoint();
	const read = await readBody(request);
	if (read.status === "broken_off") return refused(400, "body_broken_off", "The body ended before its declared length.");
	const parts: Parts = {
		method: request.method,
		path: url.path,
		query: url.query,
		headers: keptHeaders(request.headers),
		encoding: request.headers.get("content-encoding"),
		read,
		hops,
	};
	try {
		return await deliver(parts, endpoint, env);
	} catch (error) {
		// The reply is lost, and with it whether the event was stored: only the sender may repeat it.
		const { integrationId } = endpoint.address;
		console.error(JSON.stringify({ event: "endpoint.reply_lost", integrationId, error: describeError(error) }));
		return tryLater(503, "overloaded", "This could not be stored just now. Send it again.", LOST_REPLY_RETRY_SECONDS);
	}
}

interface Parts {
	method: string;
	path: string;
	query: string;
	headers: HeaderList;
	encoding: string | null;
	read: Exclude<BodyRead, { status: "broken_off" }>;
	hops: number;
}

async function deliver(parts: Parts, endpoint: KnownEndpoint, env: Env): Promise<Response> {
	const { integrationId, region, generation } = endpoint.address;
	const sequencer = sequencerOf(env, integrationId, region);
	for (let judgement = 0; judgement < JUDGEMENTS_MAX; judgement++) {
		const settings = endpoint.settings ?? (await sequencer.endpoint(generation));
		if (settings === null) return unknownEndpoint();
		endpoint.settings = settings;
		const fault = faultOf(parts, settings);
		if (FAULTS) await reach("accept.before_send", integrationId);
		const answer =
			fault === null
				? await sequencer.accept(generation, settings.revision, arrivalOf(parts, settings))
				: await sequencer.reject(generation, settings.revision, rejectionOf(parts, fault));
		if (FAULTS) await reach("accept.before_reply", integrationId);
		if (answer.status === "stale") endpoint.settings = answer.settings;
		else return responseOf(answer, settings, fault);
	}
	return tryLater(503, "overloaded", "The integration is being saved again and again. Send it again.", LOST_REPLY_RETRY_SECONDS);
}

type Fault = Pick<Rejection, "code" | "httpStatus"> & { message: string; headers?: Record<string, string> };

/** What is wrong with a request by these settings, in the order of the contract; null where it is in order. */
function faultOf({ method, encoding, read }: Parts, { webhook }: EndpointSettings): Fault | null {
	if (!webhook.methods.some((allowed) => allowed === method)) {
		const allow = webhook.methods.join(", ");
		return { code: "method_not_allowed", httpStatus: 405, message: `Send it with ${allow}.`, headers: { allow } };
	}
	if (encoding !== null && encoding.trim().toLowerCase() !== "identity" && encoding.trim() !== "") {
		return {
			code: "unsupported_encoding",
			httpStatus: 415,
			message: "Send the body without Content-Encoding.",
			headers: { "accept-encoding": "identity" },
		};
	}
	if (read.status === "too_large") return { code: "payload_too_large", httpStatus: 413, message: "A body may have 10 MB at most." };
	return null;
}

function responseOf(
	answer: Exclude<AcceptAnswer, { status: "stale" }> | { status: "rejected" },
	settings: EndpointSettings,
	fault: Fault | null,
): Response {
	switch (answer.status) {
		case "accepted":
		case "duplicate":
			return accepted(answer, settings.webhook.response);
		case "rate_limited":
			return tryLater(429, "rate_limited", "Too many deliveries in a short time. Send it again later.", answer.retryAfterSeconds);
		case "overloaded":
			return tryLater(503, "overloaded", "Too many events wait already. Send it again later.", answer.retryAfterSeconds);
		case "unknown":
			return unknownEndpoint();
		case "rejected":
			return fault ? refused(fault.httpStatus, fault.code, fault.message, fault.headers) : unknownEndpoint();
	}
}

function arrivalOf(parts: Parts, settings: EndpointSettings): Arrival {
	const { method, path, query, headers, hops } = parts;
	const body = parts.read.status === "read" ? parts.read.body : parts.read.head;
	const source = keySource({ method, path, query, headers, body });
	const { dedupe } = settings.webhook;
	const duplicateKey = dedupe.mode === "off" ? null : duplicateKeyOf(dedupe, source, headers, body);
	return { method, path, query, headers, body, lane: laneOf(settings.ordering, source), duplicateKey, hops };
}

function rejectionOf({ method, path, query, headers, read }: Parts, { code, httpStatus }: Fault): Rejection {
	const { body, size } = read.status === "read" ? { body: read.body, size: read.body.byteLength } : { body: read.head, size: read.atLeast };
	return { code, httpStatus, method, path, query, headers, size, body };
}
