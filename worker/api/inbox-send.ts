import { Buffer } from "node:buffer";
import { isSensitiveHeader, MASK, maskHeaders } from "../events/mask";
import type { Headers } from "../events/protocol/delivery";
import { send } from "../executions/egress";
import type { SentElsewhere } from "./answers-inbox";

const TIMEOUT_MS = 15_000;
/** Bytes of the answer that a person is shown. */
const SHOWN_BYTES = 256 * 1024;

/** Belong to one connection, or say what the new one says by itself. */
const OF_THE_CONNECTION =
	/^(host|connection|content-length|transfer-encoding|keep-alive|te|trailer|upgrade|expect|accept-encoding|forwarded|via|proxy-.*|x-forwarded-.*|x-real-ip|sec-.*)$/i;

/** A stored request, with headers after masking. */
export interface StoredRequest {
	method: string;
	headers: Headers;
	body: Uint8Array<ArrayBuffer>;
}

interface Loopback {
	deliver(request: Request, hops: number): Promise<Response | null>;
}

/**
 * Sends a stored request to a URL that a person gave, through the one outbound door with its guard. What is masked stays
 * behind, and is named. Never rejects.
 * @param exports the Worker's own entry points, by name
 */
export async function sendElsewhere(env: Env, exports: unknown, url: string, stored: StoredRequest): Promise<SentElsewhere> {
	const loopback = (exports as { Loopback?: Loopback } | undefined)?.Loopback;
	const { method } = stored;
	const own = stored.headers.filter(([name]) => !OF_THE_CONNECTION.test(name));
	const bodiless = method === "GET" || method === "HEAD" || stored.body.byteLength === 0;
	const beganAt = Date.now();
	const result = await send(
		{
			method,
			url,
			headers: own.filter((header) => !isWithheld(header)),
			credentials: [],
			body: bodiless ? null : stored.body,
			timeoutMs: TIMEOUT_MS,
			hops: 0,
		},
		{ env, ...(loopback && { loopback: (inner: Request, hops: number) => loopback.deliver(inner, hops) }) },
	);
	return {
		method,
		url,
		durationMs: Date.now() - beganAt,
		withheld: [...new Set(own.filter(isWithheld).map(([name]) => name))],
		answer: result.ok
			? {
					status: result.status,
					headers: maskHeaders(result.headers),
					...shown(result.body),
					size: result.body.byteLength,
					redirects: result.redirects,
				}
			: null,
		error: result.ok ? null : { code: result.error.code, message: result.error.message },
	};
}

/** Credentials, and what was masked before it was stored: no header holds the letters of the mask. */
const isWithheld = ([name, value]: Headers[number]): boolean => isSensitiveHeader(name) || value.includes(MASK);

function shown(bytes: Uint8Array): { body: string; bodyEncoding: "utf8" | "base64" } {
	const part = bytes.subarray(0, SHOWN_BYTES);
	try {
		// A character that the cut went through is left out.
		return {
			body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part, { stream: part.length < bytes.length }),
			bodyEncoding: "utf8",
		};
	} catch {
		return { body: Buffer.from(part).toString("base64"), bodyEncoding: "base64" };
	}
}
