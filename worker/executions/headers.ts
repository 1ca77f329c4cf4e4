/** Headers that a step may set itself. */

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what a header's value must not hold
const FORBIDDEN_IN_VALUE = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Set by the connection itself, or able to change who the request is for. */
const DENIED: ReadonlySet<string> = new Set([
	"host",
	"content-length",
	"transfer-encoding",
	"connection",
	"keep-alive",
	"upgrade",
	"te",
	"trailer",
	"expect",
	"cookie",
	"cookie2",
	"set-cookie",
	"via",
	"forwarded",
	"http2-settings",
]);
const DENIED_PREFIXES = ["cf-", "proxy-", "sec-", "x-forwarded-"];

/** Why a step may not send a header of this name, or null where it may. */
export function nameProblem(name: string): string | null {
	if (!NAME.test(name)) return `"${name}" is not a header name.`;
	const lower = name.toLowerCase();
	if (DENIED.has(lower) || DENIED_PREFIXES.some((prefix) => lower.startsWith(prefix))) return `The header ${name} cannot be set by a step.`;
	return null;
}

/** Why a header cannot have this value, or null where it can. A line break would begin another header. */
export function valueProblem(name: string, value: string): string | null {
	if (FORBIDDEN_IN_VALUE.test(value)) return `The value of the header ${name} has a line break or another control character.`;
	for (let at = 0; at < value.length; at++) {
		if (value.charCodeAt(at) > 0xff) return `The value of the header ${name} has characters that a header cannot carry.`;
	}
	return null;
}
