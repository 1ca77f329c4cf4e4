import { isJsonLines, mediaType } from "../../../../worker/integrations/charset";
import { decodeBase64, readBody } from "../components/body";

/** A body taken apart as its type says. */
export type Parsed =
	| { kind: "empty" }
	/** JSON and forms: a value with names. */
	| { kind: "value"; value: unknown; of: "JSON" | "form" | "JSON lines" | "multipart form" }
	| { kind: "text"; text: string }
	| { kind: "binary"; bytes: Uint8Array };

/** What is not as its type says is shown as the text or the bytes that it is. */
export async function parseBody(body: string, base64: boolean, contentType: string | null): Promise<Parsed> {
	if (body === "") return { kind: "empty" };
	const type = mediaType(contentType ?? "");
	if (type === "multipart/form-data") {
		const value = await parseMultipart(base64 ? decodeBase64(body) : body, contentType ?? "");
		if (value !== null) return { kind: "value", value, of: "multipart form" };
	}
	if (base64) return { kind: "binary", bytes: decodeBase64(body) };
	if (type === "application/x-www-form-urlencoded") return { kind: "value", value: grouped(new URLSearchParams(body)), of: "form" };
	if (isJsonLines(type)) {
		const value = parseLines(body);
		if (value !== null) return { kind: "value", value, of: "JSON lines" };
	}
	const read = readBody(body, false, contentType);
	return read.kind === "json" ? { kind: "value", value: read.value, of: "JSON" } : { kind: "text", text: body };
}

/** A query's parameters by name; a name that comes twice has a list. */
export function grouped(pairs: Iterable<readonly [string, unknown]>): Record<string, unknown> {
	const found = new Map<string, unknown[]>();
	for (const [name, value] of pairs) {
		const known = found.get(name);
		if (known) known.push(value);
		else found.set(name, [value]);
	}
	return Object.fromEntries([...found].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

async function parseMultipart(body: string | Uint8Array<ArrayBuffer>, contentType: string): Promise<Record<string, unknown> | null> {
	try {
		const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
		return grouped(
			[...form].map(([name, value]) => [
				name,
				typeof value === "string" ? value : { filename: value.name, contentType: value.type, size: value.size },
			]),
		);
	} catch {
		return null;
	}
}

function parseLines(body: string): unknown[] | null {
	try {
		return body
			.split(/\r?\n/)
			.filter((line) => line.trim() !== "")
			.map((line) => JSON.parse(line) as unknown);
	} catch {
		return null;
	}
}
