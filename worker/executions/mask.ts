import { isSensitiveHeader, MASK, maskHeaders } from "../events/mask";
import type { Headers } from "../events/protocol/delivery";

/** What is recorded of a call shows everything but its credentials. */

const SECRET_PARAMETER =
	/(^|[-_.])(token|key|apikey|secret|sig|signature|password|passwd|pwd|auth|authorization|credential|jwt)s?($|[-_.])/i;
const CAMEL_HUMP = /([a-z0-9])([A-Z])/g;

/** The URL with the values of parameters that look like credentials (`access_token`, `apiKey`, `sig` …) masked. */
export function maskUrl(text: string): string {
	const start = text.indexOf("?");
	if (start === -1) return text;
	const end = text.indexOf("#", start);
	const query = text.slice(start + 1, end === -1 ? undefined : end);
	const masked = query
		.split("&")
		.map((pair) => {
			const equals = pair.indexOf("=");
			return equals > 0 && isSecretParameter(pair.slice(0, equals)) ? `${pair.slice(0, equals)}=${MASK}` : pair;
		})
		.join("&");
	return text.slice(0, start + 1) + masked + (end === -1 ? "" : text.slice(end));
}

/** Headers as they were sent, the credentials among them masked: those that look like one, and all that a connection added. */
export function maskRequestHeaders(headers: Headers, credentials: Headers): Headers {
	const lent = credentials.map(([name, value]): [string, string] => [name, isSensitiveHeader(name) ? value : MASK]);
	return maskHeaders([...headers, ...lent]);
}

function isSecretParameter(name: string): boolean {
	let plain = name;
	try {
		plain = decodeURIComponent(name);
	} catch {
		// Kept as it stands: it names no parameter that anybody reads.
	}
	return SECRET_PARAMETER.test(plain.replace(CAMEL_HUMP, "$1_$2")) || SECRET_PARAMETER.test(plain);
}
