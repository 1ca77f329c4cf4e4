import { once } from "../once";
import { exactJson } from "./body/json-text";
import { headersOf, queryOf } from "./body/pairs";
import { parseBody } from "./body/parse";
import type { ParsedBody } from "./body/parsed";
import { decodeJson, isJson, isJsonLines, mediaType } from "./charset";
import type { KeySource } from "./lane";

/** Bytes of XML that are read while the sender waits: 1 MB takes 110 ms of processor time, as JSON 1 ms. */
export const KEY_XML_MAX_BYTES = 1024 * 1024;

interface Delivery {
	method: string;
	path: string;
	query: string;
	headers: [name: string, value: string][];
	body: ArrayBuffer;
}

/**
 * The parts of a delivery that a key may name: what the workflow will see as `event`, whatever its content type. Each is
 * made when it is first asked for, and once. A body that cannot be read has none.
 */
export function keySource(delivery: Delivery): KeySource {
	return {
		method: () => delivery.method,
		path: () => delivery.path,
		query: once(() => queryOf(delivery.query)),
		headers: once(() => headersOf(delivery.headers)),
		body: once(() => {
			const read = readKeyBody(delivery);
			return read.ok ? read.value : undefined;
		}),
		exactly: (names) => exactly(delivery, names),
	};
}

/** The body as a key sees it, or why it sees none. */
export function readKeyBody({ headers, body }: Pick<Delivery, "headers" | "body">): ParsedBody {
	const contentType = String(headersOf(headers)["content-type"] ?? "");
	const type = mediaType(contentType);
	const bytes = new Uint8Array(body);
	if (type.endsWith("xml") && bytes.length > KEY_XML_MAX_BYTES) {
		return { ok: false, error: { code: "body_too_large", message: "XML of more than 1 MB is not read for it.", field: "event.body" } };
	}
	return parseBody(bytes, contentType);
}

/** A body that was read already, so what it says is well formed. */
function exactly({ headers, body }: Delivery, names: readonly string[]): string | null {
	const contentType = String(headersOf(headers)["content-type"] ?? "");
	const type = mediaType(contentType);
	if (!isJson(type) && !isJsonLines(type)) return null;
	const text = decodeJson(new Uint8Array(body), contentType);
	if (isJson(type)) return exactJson(text, names);
	const [place, ...rest] = names;
	const lines = text.split("\n").filter((line) => line.trim() !== "");
	return place === undefined ? `[${lines.map((line) => exactJson(line, [])).join(",")}]` : exactJson(lines[Number(place)] ?? "null", rest);
}
