import { TOKEN_HEADERS } from "../connectors/token-headers";
import type { Headers } from "./protocol/delivery";

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

/** Names that were looked at; senders use few, and each delivery asks for all of its own. */
const judged = new Map<string, boolean>();
const JUDGED_MAX = 2_000;

/** True for a header whose value is a credential. Case does not matter. */
export function isSensitiveHeader(name: string): boolean {
	let sensitive = judged.get(name);
	if (sensitive === undefined) {
		const lower = name.toLowerCase();
		sensitive = SENSITIVE_NAME.test(name) || SENSITIVE_NAMES.has(lower) || TOKEN_HEADERS.has(lower);
		if (judged.size >= JUDGED_MAX) judged.clear();
		if (name.length <= 100) judged.set(name, sensitive);
	}
	return sensitive;
}

const SENSITIVE_PARAMETER =
	/(^|[-_.])(tokens?|secrets?|sig|signatures?|passwords?|passwd|pwd|credentials?|authorization|jwt|(api|access|auth|secret|private|subscription)[-_.]?keys?)($|[-_.])/i;
const CAMEL_HUMP = /([a-z0-9])([A-Z])/g;

/**
 * True for a parameter of a query whose value is a credential, or a signature, which stands for one where the URL is all
 * that is signed. A mere `key` is none: that may be an order's.
 * @param name decoded
 */
export const isSensitiveParameter = (name: string): boolean =>
	SENSITIVE_PARAMETER.test(name) || SENSITIVE_PARAMETER.test(name.replace(CAMEL_HUMP, "$1_$2"));

/** The same headers, with credentials replaced by `••••`; a known scheme (`Bearer ••••`) stays, since it helps to find mistakes. */
export function maskHeaders(headers: Headers): Headers {
	return headers.map(([name, value]) => (isSensitiveHeader(name) ? [name, maskValue(value)] : [name, value]));
}

/** A credential as it is shown: what is known of its kind, and nothing else. */
export function maskValue(value: string): string {
	const scheme = SCHEME.exec(value)?.[1];
	return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

/** Shorter values are too common to look for in a text. */
const SECRET_MIN_LENGTH = 6;

/** The credentials in these headers, as they may stand elsewhere: whole, and without their scheme. */
export function sensitiveValues(headers: Headers): string[] {
	return headers
		.filter(([name]) => isSensitiveHeader(name))
		.flatMap(([, value]) => [value, bareValue(value)])
		.filter((value) => value.length >= SECRET_MIN_LENGTH && !value.includes(MASK));
}

/** A credential without its scheme. */
export const bareValue = (value: string): string => value.replace(SCHEME, "");

/** The same JSON value with these secrets masked in every string of it; keys stay. */
export function maskValues<T>(value: T, secrets: readonly string[]): T {
	if (secrets.length === 0) return value;
	const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
	const text = JSON.stringify(value);
	if (!longestFirst.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)))) return value;
	return JSON.parse(text, (_name, part: unknown) =>
		typeof part === "string" ? longestFirst.reduce((masked, secret) => masked.replaceAll(secret, MASK), part) : part,
	) as T;
}
