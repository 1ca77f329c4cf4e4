import type { SignatureScheme } from "../connectors/scheme";
import type { Format, Sender } from "../connectors/sender";
import { isJson, mediaType } from "./charset";

/**
 * What a delivery's body is written in. Content-Type is signed by hardly anybody, so whoever repeats a signed delivery may
 * call it what they like; it would be read as something else then, and found in no list of those that came before. So what
 * a known sender signed is read by what it begins with, among the formats that this sender sends.
 */

type HeaderList = [name: string, value: string][];

const CANONICAL: Readonly<Record<Format, string>> = {
	json: "application/json",
	form: "application/x-www-form-urlencoded",
	xml: "application/xml",
};
/** What the others of the three do: JSON is UTF-8, a form is ASCII, and XML says it itself. */
const OTHER_CHARSET = /;\s*charset\s*=\s*["']?(?!utf-?8["'\s;,]|utf-?8$|us-ascii)/i;

/** The headers of a sender's delivery, with the content type that its body has rather than the one that it is called. */
export function trueHeaders(sender: Sender | null, headers: HeaderList, body: ArrayBuffer): HeaderList {
	const formats = sender ? formatsOf(sender) : "any";
	if (formats === "any" || body.byteLength === 0) return headers;
	const format = formatOf(new Uint8Array(body), formats);
	const declared = headers.find(([name]) => name === "content-type")?.[1];
	if (declared === undefined) return [...headers, ["content-type", CANONICAL[format]]];
	if (isOf(format, mediaType(declared)) && !OTHER_CHARSET.test(declared)) return headers;
	return headers.map(([name, value]) => [name, name === "content-type" ? CANONICAL[format] : value]);
}

/** What a sender sends; JSON alone, unless it says otherwise. Who signs no body shows nothing by it. */
export function formatsOf({ formats, signature }: Sender): NonNullable<Sender["formats"]> {
	return formats ?? (signsBody(signature) ? ["json"] : "any");
}

function signsBody(scheme: SignatureScheme): boolean {
	switch (scheme.kind) {
		case "token":
		case "basic":
		case "custom":
			return false;
		case "jwt":
			return scheme.claims?.bodyDigest !== undefined;
		case "bySecret":
			return [...scheme.cases.map((one) => one.scheme), scheme.otherwise].some(signsBody);
		default:
			return true;
	}
}

/** By its first letter; the first format where that is one that the sender does not send. */
function formatOf(bytes: Uint8Array, formats: readonly [Format, ...Format[]]): Format {
	const [usual] = formats;
	if (formats.length === 1) return usual;
	let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	while (SPACE.has(bytes[at] ?? 0)) at++;
	const first = bytes[at];
	const seen: Format = first === 0x7b || first === 0x5b ? "json" : first === 0x3c ? "xml" : "form";
	return formats.includes(seen) ? seen : usual;
}
const SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function isOf(format: Format, type: string): boolean {
	switch (format) {
		case "json":
			return isJson(type);
		case "form":
			return type === CANONICAL.form;
		case "xml":
			return type === CANONICAL.xml || type === "text/xml" || type.endsWith("+xml");
	}
}
