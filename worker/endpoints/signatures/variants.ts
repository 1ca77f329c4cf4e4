import { Buffer } from "node:buffer";
import type { Digest, DirectScheme, Encoding, KeyForm } from "../../connectors/scheme";
import { textOf } from "./reading";

/** What may have become of a request, a secret or a description on the way, each with a name for people. */
export type Variant<Value> = readonly [how: string, value: Value];

/** Longest body that is parsed and written anew. */
const REWRITTEN_MAX_BYTES = 1024 * 1024;

/** Bodies that may have been signed before something on the way rewrote them. */
export function* bodyVariants(bytes: Uint8Array): Generator<Variant<Uint8Array>> {
	const text = bytes.byteLength > REWRITTEN_MAX_BYTES ? null : textOf(bytes);
	if (text === null) return;
	const texts: Variant<string>[] = [
		["white space around it was removed or added", text.trim()],
		["a line end after it was removed", `${text}\n`],
		["a line end after it was removed", `${text}\r\n`],
		["line ends were rewritten", text.replaceAll("\r\n", "\n")],
		["line ends were rewritten", text.replaceAll(/\r?\n/g, "\r\n")],
		["a byte order mark was removed", `\ufeff${text}`],
		["a byte order mark was added", text.replace(/^\ufeff/, "")],
		...jsonVariants(text),
	];
	const seen = new Set([text]);
	for (const [how, variant] of texts) {
		if (seen.has(variant)) continue;
		seen.add(variant);
		yield [how, Buffer.from(variant)];
	}
}

function jsonVariants(text: string): Variant<string>[] {
	try {
		const value: unknown = JSON.parse(text);
		const compact = JSON.stringify(value);
		return [
			["its JSON was written anew", compact],
			["its JSON was written anew, with spaces", JSON.stringify(value, null, 2)],
			["its JSON was written anew, with spaces", JSON.stringify(value, null, 4)],
			["its JSON was written anew, with spaces", JSON.stringify(value, null, "\t")],
			["its JSON was written anew, with spaces", spaced(value)],
			["slashes in its JSON were written differently", compact.replaceAll("/", "\\/")],
			["letters beyond ASCII were written differently", escaped(compact)],
			["letters beyond ASCII were written differently", escaped(spaced(value))],
		];
	} catch {
		// No JSON, or nested too deeply to be written again.
		return [];
	}
}

/** With a space after each comma and colon, as Python writes it. */
function spaced(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	return `{${Object.entries(value)
		.map(([name, member]) => `${JSON.stringify(name)}: ${spaced(member)}`)
		.join(", ")}}`;
}

const escaped = (json: string): string =>
	json.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** URLs by which the sender may know the webhook. */
export function* urlVariants(url: string): Generator<Variant<string>> {
	const [, scheme = "", host = "", path = "", query = ""] = /^(https?):\/\/([^/?]*)([^?]*)(\?.*)?$/s.exec(url) ?? [];
	if (scheme === "") return;
	const otherScheme = scheme === "https" ? "http" : "https";
	const bareHost = host.replace(/:\d+$/, "");
	const port = scheme === "https" ? ":443" : ":80";
	yield [`it signs ${otherScheme}://`, `${otherScheme}://${host}${path}${query}`];
	yield ["it signs the port, too", `${scheme}://${bareHost}${port}${path}${query}`];
	yield ["it signs the host without the port", `${scheme}://${bareHost}${path}${query}`];
	yield [`it signs ${otherScheme}:// without the port`, `${otherScheme}://${bareHost}${path}${query}`];
	yield ["it signs a slash at the end", `${scheme}://${host}${path}/${query}`];
	yield ["it signs no slash at the end", `${scheme}://${host}${path.replace(/\/$/, "")}${query}`];
	if (query !== "") yield ["it signs the URL without the query", `${scheme}://${host}${path}`];
	const afterKey = /^\/in\/[0-9a-f]{64}/.exec(path)?.[0];
	if (afterKey !== undefined && afterKey !== path)
		yield ["it signs the URL without what follows the key", `${scheme}://${host}${afterKey}`];
}

/** The secret as it may have been meant. */
export function* secretVariants(secret: string): Generator<Variant<string>> {
	const variants: Variant<string>[] = [
		["there is white space around it", secret.trim()],
		["there are quotation marks around it", secret.trim().replace(/^(["'`])(.*)\1$/s, "$2")],
		["“Bearer” stands before it", secret.trim().replace(/^bearer\s+/i, "")],
		["a line end belongs to it", `${secret}\n`],
		["letters are capital that should not be", secret.toLowerCase()],
		["the part before the first _ is not expected", secret.slice(secret.indexOf("_") + 1)],
	];
	for (const [how, variant] of variants) if (variant !== secret && variant !== "") yield [how, variant];
}

const DIGESTS: readonly Digest[] = ["sha256", "sha1", "sha512", "sha384"];
const ENCODINGS: readonly Encoding[] = ["hex", "base64", "base64url"];
const KEYS: readonly KeyForm[] = [
	{ as: "utf8" },
	{ as: "base64" },
	{ as: "hex" },
	{ prefix: "whsec_", as: "utf8" },
	{ prefix: "whsec_", as: "base64" },
];

/** The same header under a description that differs in how the key is read. */
export function* keyVariants(scheme: DirectScheme): Generator<Variant<DirectScheme>> {
	if (scheme.kind !== "hmac") return;
	for (const key of KEYS) {
		if (key.as === (scheme.key?.as ?? "utf8") && (key.prefix ?? "") === (scheme.key?.prefix ?? "")) continue;
		const how = key.as === "utf8" ? "its plain text is the key" : `its ${key.as} has to be decoded first`;
		yield [key.prefix === undefined ? how : `${how}, without ${key.prefix}`, { ...scheme, key }];
	}
}

/** The same header under another algorithm or encoding. */
export function* algorithmVariants(scheme: DirectScheme): Generator<Variant<DirectScheme>> {
	if (scheme.kind !== "hmac") return;
	for (const digest of DIGESTS) {
		for (const encoding of ENCODINGS) {
			if (digest === scheme.digest && encoding === scheme.signature.encoding) continue;
			yield [`${digest.replace("sha", "SHA-")} in ${encoding}`, { ...scheme, digest, signature: { ...scheme.signature, encoding } }];
		}
	}
}
