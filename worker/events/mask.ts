import type { Headers } from "./protocol";

/**
 * Headers that carry a credential are shown without it, in history, logs and live changes alike. Signatures are not
 * credentials and stay readable: they tell why a verification failed.
 */
const SENSITIVE_NAME =
	/(^|[-_])(authorization|authentication|cookies?|tokens?|secrets?|passwords?|passwd|passphrase|credentials?|api[-_]?keys?|auth[-_]?keys?|access[-_]?keys?|private[-_]?keys?|app[-_]?keys?|subscription[-_]?keys?|session[-_]?ids?|jwt)($|[-_])/i;

/** Names that match none of the words above and still carry a credential. */
const SENSITIVE_NAMES: ReadonlySet<string> = new Set(["x-auth", "x-amz-security-token", "x-functions-key", "x-master-key", "x-key"]);

const SCHEME = /^(basic|bearer|digest|token|negotiate|apikey|hawk|aws4-hmac-sha256)\s/i;

export const MASK = "••••";

/** True for a header whose value is a credential. Case does not matter. */
export function isSensitiveHeader(name: string): boolean {
	return SENSITIVE_NAME.test(name) || SENSITIVE_NAMES.has(name.toLowerCase());
}

/** The same headers, with credentials replaced by `••••`; a known scheme (`Bearer ••••`) stays, since it helps to find mistakes. */
export function maskHeaders(headers: Headers): Headers {
	return headers.map(([name, value]) => (isSensitiveHeader(name) ? [name, maskValue(value)] : [name, value]));
}

function maskValue(value: string): string {
	const scheme = SCHEME.exec(value)?.[1];
	return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}
