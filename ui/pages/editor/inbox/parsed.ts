import { mediaType } from "../../../../worker/integrations/charset";
import { decodeBase64, readBody } from "../components/body";

/** A body taken apart as its type says. */
export type Parsed =
	| { kind: "empty" }
	/** A value with names. */
	| { kind: "value"; value: unknown; of: Format }
	| { kind: "text"; text: string }
	| { kind: "binary"; bytes: Uint8Array };

type Format = "JSON" | "JSON lines" | "form" | "multipart form" | "XML" | "JSON Web Token";

const FORMATS: readonly [type: RegExp, format: Format][] = [
	[/^application\/json$|\+json$/, "JSON"],
	[/^application\/((x-)?ndjson|(x-)?jsonl|(x-)?jsonlines|x-json-stream)$/, "JSON lines"],
	[/^application\/x-www-form-urlencoded$/, "form"],
	[/^multipart\/form-data$/, "multipart form"],
	[/^(application|text)\/xml$|\+xml$/, "XML"],
	[/^application\/jwt$|\+jwt$/, "JSON Web Token"],
];

/** As an ordering key sees it; what is not as its type says, and XML of over 1 MB, is shown as the text or the bytes that it is. */
export async function parseBody(body: string, base64: boolean, contentType: string | null): Promise<Parsed> {
	if (body === "") return { kind: "empty" };
	const bytes = base64 ? decodeBase64(body) : null;
	const type = mediaType(contentType ?? "");
	const format = FORMATS.find(([pattern]) => pattern.test(type))?.[1];
	if (format !== undefined && (format !== "JSON" || bytes !== null)) {
		const value = await readByWorkflow(bytes ?? new TextEncoder().encode(body), contentType ?? "");
		if (typeof value === "object" && value !== null)
			return { kind: "value", value: format === "multipart form" ? withoutContents(value) : value, of: format };
	}
	if (bytes !== null) return { kind: "binary", bytes };
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

/** null where it cannot be read. The parsers of all types are loaded for the first body that needs them. */
async function readByWorkflow(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<unknown> {
	try {
		const { readKeyBody } = await import("../../../../worker/integrations/key-source");
		const read = readKeyBody({ headers: [["content-type", contentType]], body: bytes.buffer });
		return read.ok ? read.value : null;
	} catch {
		return null;
	}
}

/** Files by their names and sizes: what is in them would fill the page. */
function withoutContents(fields: object): object {
	const shown = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(shown);
		if (typeof value !== "object" || value === null) return value;
		const { filename, contentType, size } = value as Record<string, unknown>;
		return { filename, contentType, size };
	};
	return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shown(value)]));
}
