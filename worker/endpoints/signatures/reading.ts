import type { Place } from "../../connectors/scheme";
import { excessOf } from "../../integrations/body/json";
import type { SignedRequest } from "./request";

/** Fields of a form, far beyond what any sender writes: a body of 10 MB could have five million, each of them parsed and sorted. */
const FIELDS_MAX = 2_000;

/** A request as its parts are asked for: each is parsed once, when a scheme first wants it. */
export interface Reading {
	request: SignedRequest;
	bytes: Uint8Array;
	/** The body as JSON; undefined where it is not, or more of it than an execution would read: anybody may send that. */
	json(): unknown;
	/** The fields of a body that is a form, in their order; null where it is not UTF-8, or has more of them than any sender writes. */
	form(): readonly Field[] | null;
	/** The fields of the URL's query; the door lets no more than 8 KB of it in. */
	query(): readonly Field[];
	/** What `make` makes of the body, made once, whatever the URL. */
	once<Value>(make: (reading: Reading) => Value): Value;
	/** The same request under another URL: what is known of its body need not be found out again. */
	at(url: () => string): Reading;
}

export type Field = readonly [name: string, value: string];

export type Found =
	/** Several: one for each header of a numbered family, or each element of a list. */
	{ status: "found"; values: readonly string[] } | { status: "missing" } | { status: "doubled" };

const MISSING = { status: "missing" } as const;
const DOUBLED = { status: "doubled" } as const;

/** What was made of one body, and of the query that was asked for last. */
interface Known {
	bytes: Uint8Array;
	made: Map<unknown, unknown>;
	query: { text: string; fields: readonly Field[] };
}

export function readingOf(request: SignedRequest): Reading {
	return readingWith(request, { bytes: new Uint8Array(request.body), made: new Map(), query: { text: "", fields: [] } });
}

function readingWith(request: SignedRequest, known: Known): Reading {
	const reading: Reading = {
		request,
		bytes: known.bytes,
		json: () => reading.once(parseJson),
		form: () => reading.once(parseForm),
		query() {
			const { url } = request;
			const question = url.indexOf("?");
			const text = question < 0 ? "" : url.slice(question + 1);
			if (text !== known.query.text) known.query = { text, fields: [...new URLSearchParams(text)] };
			return known.query.fields;
		},
		once(make) {
			if (!known.made.has(make)) known.made.set(make, make(reading));
			return known.made.get(make) as ReturnType<typeof make>;
		},
		at: (url) =>
			readingWith(
				{
					method: request.method,
					headers: request.headers,
					body: request.body,
					get url() {
						return url();
					},
				},
				known,
			),
	};
	return reading;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 or nothing: a replaced character would let different bytes read the same. */
export function textOf(bytes: Uint8Array): string | null {
	try {
		return UTF_8.decode(bytes);
	} catch {
		return null;
	}
}

function parseJson({ bytes }: Reading): unknown {
	const text = textOf(bytes);
	if (text === null || excessOf(text) !== null) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function parseForm({ bytes }: Reading): readonly Field[] | null {
	const text = hasTooManyFields(bytes) ? null : textOf(bytes);
	return text === null ? null : [...new URLSearchParams(text)];
}

/** By what stands between them, counted before anything is made of them. */
function hasTooManyFields(bytes: Uint8Array): boolean {
	let fields = 1;
	for (let at = bytes.indexOf(AND); at >= 0; at = bytes.indexOf(AND, at + 1)) if (++fields > FIELDS_MAX) return true;
	return false;
}

const AND = 0x26;

/** Why a body is not read as a form, in words that may be shown. */
export const formFault = ({ bytes }: Reading): string =>
	hasTooManyFields(bytes) ? `form: it has more than ${FIELDS_MAX} fields` : "form: it is not UTF-8";

/** What stands at a place. Twice the same header or field is never taken: which of them was meant nobody can tell. */
export function find(place: Place, reading: Reading): Found {
	if ("header" in place) return headersOf(typeof place.header === "string" ? [place.header] : place.header, reading);
	if ("numbered" in place) return headersOf(numbered(place), reading);
	if ("query" in place) return field(place.query, reading.query());
	if ("form" in place) return field(place.form, reading.form() ?? []);
	return atPath(place.json, reading.json());
}

/** A place in words that may be shown: `header x-signature`. */
export function whereOf(place: Place): string {
	if ("header" in place) return `header ${typeof place.header === "string" ? place.header : place.header.join(" or ")}`;
	if ("numbered" in place) return `header ${place.numbered}1`;
	if ("query" in place) return `query field ${place.query}`;
	if ("form" in place) return `form field ${place.form}`;
	return `body field ${place.json}`;
}

export function header(name: string, reading: Reading): Found {
	return field(name, reading.request.headers);
}

/** All of these that are there: a sender that replaces a key signs with the old one and the new one, a header each. */
function headersOf(names: readonly string[], reading: Reading): Found {
	const values: string[] = [];
	for (const name of names) {
		const found = header(name, reading);
		if (found.status === "doubled") return found;
		if (found.status === "found") values.push(...found.values);
	}
	return values.length === 0 ? MISSING : { status: "found", values };
}

const numbered = ({ numbered: prefix, upTo }: Extract<Place, { numbered: string }>): string[] =>
	Array.from({ length: upTo }, (_, at) => `${prefix}${at + 1}`);

function field(name: string, fields: readonly Field[]): Found {
	let value: string | undefined;
	for (const [known, each] of fields) {
		if (known !== name) continue;
		if (value !== undefined) return DOUBLED;
		value = each;
	}
	return value === undefined || value === "" ? MISSING : { status: "found", values: [value] };
}

/** Text, numbers and booleans at a path, as text. Every element of a `[]` must have one, and there must be an element. */
function atPath(path: string, root: unknown): Found {
	let values: unknown[] = [root];
	for (const step of path.split(".")) {
		const each = step.endsWith("[]");
		const name = each ? step.slice(0, -2) : step;
		const next: unknown[] = [];
		for (const value of values) {
			const member = name === "" ? value : memberOf(value, name);
			// A value that lacks it ends the walk: a list of 10 MB may have five million.
			if (member === undefined) return MISSING;
			if (!each) next.push(member);
			else if (!Array.isArray(member)) return MISSING;
			else for (const element of member) next.push(element); // more than a call takes as arguments
		}
		values = next;
	}
	const texts = values.map(scalarText);
	return texts.length > 0 && texts.every((text) => text !== null) ? { status: "found", values: texts } : MISSING;
}

export function memberOf(value: unknown, name: string): unknown {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
	return (value as Record<string, unknown>)[name];
}

/** A text, number or boolean as text; null for anything else, the empty text included. */
export function scalarText(value: unknown): string | null {
	if (typeof value === "string") return value === "" ? null : value;
	return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}
