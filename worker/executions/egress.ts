import { describeError, type Problem } from "../errors";
import { isSensitiveHeader } from "../events/mask";
import { type Headers as HeaderPairs, HOPS_MAX } from "../events/protocol/delivery";
import { reach } from "../faults";
import { judgeHost } from "./addresses";
import type { OutboundRequest, OutboundResult, Redirect } from "./outbound";

/** The one door by which a call leaves the Worker. */

const REDIRECTS_MAX = 10;
/** Decoded bytes of one response. */
export const RESPONSE_MAX_BYTES = 5 * 1024 * 1024;

const ENDPOINT_PATH = /^\/in\/[0-9a-f]{64}(?:\/|$)/;

export interface EgressOptions {
	env: { ENVIRONMENT: string; ALLOW_PRIVATE_EGRESS: string };
	/** The caller's own end: lease lapsed, execution cancelled. */
	signal?: AbortSignal;
	/**
	 * Offered every URL whose path is an endpoint's (`/in/<64 hex>`), before the network: our own endpoint's answer, or
	 * null where the key is not ours.
	 * @param hops the number that the delivered event is to carry
	 */
	loopback?: (request: Request, hops: number) => Promise<Response | null>;
	/** The object that calls. */
	object?: DurableObjectState;
}

/** Sends a request and follows its redirects. Never rejects: what goes wrong is a result that says whether to try again. */
export async function send(request: OutboundRequest, options: EgressOptions): Promise<OutboundResult> {
	const redirects: Redirect[] = [];
	// Not AbortSignal.timeout(): its timer would outlive the call, and an object may have 10,000 at most.
	const deadline = new AbortController();
	const timer = setTimeout(() => deadline.abort(), request.timeoutMs);
	const signal = options.signal ? AbortSignal.any([options.signal, deadline.signal]) : deadline.signal;
	let call: Call | null = null;
	try {
		call = { ...request, url: parseUrl(request.url) };
		for (;;) {
			signal.throwIfAborted();
			const response = await dispatch(call, request.hops, options, signal);
			const location = redirectOf(response);
			if (location === null) {
				const body = await readBody(response);
				return { ok: true, status: response.status, headers: [...response.headers], body, redirects };
			}
			await response.body?.cancel();
			if (redirects.length === REDIRECTS_MAX) throw new Refusal("too_many_redirects", `More than ${REDIRECTS_MAX} redirects.`);
			redirects.push({ status: response.status, location });
			call = nextCall(call, response.status, location);
		}
	} catch (error) {
		if (error instanceof Refusal) return { ok: false, error: { code: error.code, message: error.message }, retryable: false, redirects };
		const problem = explain(error, call?.url.host ?? "", request.timeoutMs, { caller: options.signal, deadline: deadline.signal });
		return { ok: false, error: problem, retryable: true, redirects };
	} finally {
		clearTimeout(timer);
	}
}

/** The URL a step may call, or why not. The same judgement at each hop. */
export function checkUrl(text: string, env: EgressOptions["env"]): { ok: true; url: URL } | { ok: false; error: Problem } {
	try {
		const url = parseUrl(text);
		guardHost(url, env);
		return { ok: true, url };
	} catch (error) {
		if (error instanceof Refusal) return { ok: false, error: { code: error.code, message: error.message } };
		throw error;
	}
}

/** What ends a call for good; trying again would end the same. */
class Refusal extends Error {
	constructor(
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

interface Call {
	method: string;
	url: URL;
	headers: HeaderPairs;
	credentials: HeaderPairs;
	body: OutboundRequest["body"];
}

async function dispatch(call: Call, hops: number, options: EgressOptions, signal: AbortSignal): Promise<Response> {
	if (options.loopback && ENDPOINT_PATH.test(call.url.pathname)) {
		if (hops >= HOPS_MAX) throw new Refusal("too_many_hops", `${HOPS_MAX} integrations called one another in a row; the chain ends here.`);
		const answer = await Promise.race([options.loopback(requestOf(call), hops + 1), endOf(signal)]);
		if (answer !== null) return answer;
	}
	guardHost(call.url, options.env);
	if (FAULTS && options.object) await Promise.race([reach("call.before", options.object), endOf(signal)]);
	const response = await fetch(requestOf(call), { signal });
	if (FAULTS && options.object) await Promise.race([reach("call.after", options.object), endOf(signal)]);
	return response;
}

function requestOf(call: Call): Request {
	const init: RequestInit = { method: call.method, headers: [...call.headers, ...call.credentials], redirect: "manual" };
	if (call.body !== null) init.body = call.body;
	try {
		return new Request(call.url.href, init);
	} catch (error) {
		throw new Refusal("request_invalid", `The request cannot be sent: ${describeError(error, 200)}`);
	}
}

/** Rejects when the signal aborts; for work that cannot be aborted itself. */
function endOf(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

function parseUrl(text: string): URL {
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw new Refusal("url_invalid", `This is not a URL: ${text.slice(0, 200)}`);
	}
	if (url.protocol !== "http:" && url.protocol !== "https:") throw new Refusal("egress_refused", "Only http and https URLs can be called.");
	if (url.username !== "" || url.password !== "")
		throw new Refusal("egress_refused", "A URL must not carry a user name or password. Use a connection.");
	return url;
}

function guardHost(url: URL, env: EgressOptions["env"]): void {
	const verdict = judgeHost(url.hostname);
	if (verdict === "public") return;
	if (verdict === "private" && env.ENVIRONMENT === "development" && env.ALLOW_PRIVATE_EGRESS === "yes") return;
	throw new Refusal("egress_refused", `${url.hostname} is not a public address; steps can call public addresses only.`);
}

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectOf(response: Response): string | null {
	return REDIRECT_STATUSES.has(response.status) ? response.headers.get("location") : null;
}

/** The call that a redirect asks for (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
function nextCall(call: Call, status: number, location: string): Call {
	let url: URL;
	try {
		url = parseUrl(new URL(location, call.url).href);
	} catch (error) {
		if (error instanceof Refusal) throw error;
		throw new Refusal("url_invalid", "The redirect leads to something that is not a URL.");
	}
	let { method, body, headers, credentials } = call;
	const becomesGet = status === 303 ? method !== "GET" && method !== "HEAD" : (status === 301 || status === 302) && method === "POST";
	if (becomesGet) {
		method = "GET";
		body = null;
		headers = headers.filter(([name]) => !name.toLowerCase().startsWith("content-"));
	}
	// What was meant for one origin is not shown to another.
	if (url.origin !== call.url.origin) {
		headers = headers.filter(([name]) => !isSensitiveHeader(name));
		credentials = [];
	}
	return { method, url, headers, credentials, body };
}

/** Counts decoded bytes as they come, since the runtime unpacks compressed responses by itself. */
async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
	if (response.body === null) return new Uint8Array();
	const pieces: Uint8Array[] = [];
	let length = 0;
	const reader = response.body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		length += value.byteLength;
		if (length > RESPONSE_MAX_BYTES) {
			await reader.cancel();
			throw new Refusal("response_too_large", `The response has more than ${RESPONSE_MAX_BYTES / 1024 / 1024} MB.`);
		}
		pieces.push(value);
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.byteLength;
	}
	return whole;
}

function explain(
	error: unknown,
	host: string,
	timeoutMs: number,
	ends: { caller: AbortSignal | undefined; deadline: AbortSignal },
): Problem {
	if (ends.caller?.aborted) return { code: "aborted", message: "The call was given up." };
	if (ends.deadline.aborted) return { code: "timeout", message: `${host} gave no complete response within ${timeoutMs} ms.` };
	const reason = describeError(error, 300);
	// The runtime's words for a name that does not resolve, among others.
	const shown = reason.startsWith("internal error") ? "its name may not exist" : reason;
	return { code: "network_error", message: `${host} could not be reached: ${shown}` };
}
