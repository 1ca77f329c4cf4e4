import { Buffer } from "node:buffer";
import { bareValue, isSensitiveHeader, isSensitiveParameter, MASK, maskValue } from "../../events/mask";
import { decodeLoosely, type Maskable, maskEvent } from "./event";
import type { Redaction } from "./rules";

/**
 * What came with a request and would let whoever reads it send in its sender's name. None of that is kept, whoever may
 * look at what is: what the verification used up is masked for good, and what looks like a credential is sealed for the
 * execution, since a workflow may compare it or pass it on.
 */

/** What a sender proves itself with. */
export interface Proof {
	/** Fields that the verification uses up; null where there are none. */
	fields: Redaction | null;
	/** Live secrets that come along, looked for wherever they stand. */
	secrets: readonly string[];
	/** Live secrets that only sign. In what is refused they may stand all the same: entered in the wrong place over there. */
	signing: readonly string[];
}

export const NO_PROOF: Proof = { fields: null, secrets: [], signing: [] };

/** A request without its credentials. */
export interface Hidden<R> {
	/** As it may be kept. */
	shown: R;
	/** As its execution may see it: without what was used up. The same where nothing but that was there. */
	full: R;
	/** Where something stands in `full` that does not in `shown`, for people. */
	places: string[];
	/** What stands there. */
	values: string[];
}

/** Shorter secrets would be found in what has nothing to do with them. */
const SECRET_MIN_LENGTH = 8;
/** Shorter values are not worth a search. */
const VALUE_MIN_LENGTH = 4;

/** @returns null where there is nothing to hide, which is how most requests are */
export function hideCredentials<R extends Maskable>(request: R, { fields, secrets }: Omit<Proof, "signing">): Hidden<R> | null {
	const full = fields === null ? request : withoutFields(request, fields);
	const places: string[] = [];
	const values = new Set<string>();
	const found = (place: string, ...texts: string[]): void => {
		places.push(place);
		for (const text of texts) if (text.length >= VALUE_MIN_LENGTH) values.add(text);
	};
	let { headers, query, path, body } = full;
	if (headers.some(([name, value]) => isSensitiveHeader(name) && !isMasked(value)))
		headers = headers.map(([name, value]) => {
			if (!isSensitiveHeader(name) || isMasked(value)) return [name, value];
			found(`event.headers.${name}`, value, bareValue(value));
			return [name, maskValue(value)];
		});
	if (query !== "") query = withoutParameters(query, found);
	for (const secret of secrets) {
		if (secret.length < SECRET_MIN_LENGTH) continue;
		for (const spelling of spellingsOf(secret)) {
			const cut = (text: string, place: string): string => {
				if (!text.includes(spelling)) return text;
				found(place, secret, spelling);
				return text.replaceAll(spelling, MASK);
			};
			if (headers.some(([, value]) => value.includes(spelling)))
				headers = headers.map(([name, value]) => [name, cut(value, `event.headers.${name}`)]);
			query = cut(query, "event.query").replaceAll(MASK, encodeURIComponent(MASK));
			path = cut(path, "event.path").replaceAll(MASK, encodeURIComponent(MASK));
			const bytes = Buffer.from(body);
			if (!bytes.includes(spelling)) continue;
			found("event.body", secret, spelling);
			body = replaced(bytes, spelling);
		}
	}
	if (full === request && places.length === 0) return null;
	const shown = places.length === 0 ? full : { ...full, headers, query, path, body };
	return { shown, full, places: [...new Set(places)], values: [...values] };
}

const isMasked = (value: string): boolean => value.includes(MASK);

/** A body that cannot be read holds no field of it. */
function withoutFields<R extends Maskable>(request: R, fields: Redaction): R {
	const inBody = request.body.byteLength > 0 && fields.fields.some((field) => field.startsWith("event.body"));
	const looked = { ...request, path: "", body: inBody ? request.body : EMPTY };
	const { masked, findings } = maskEvent(looked, fields);
	if (findings.fields.size === 0) return request;
	const headers = masked.headers.map(([name, value], at): [string, string] => [
		name,
		value === MASK ? maskValue(request.headers[at]?.[1] ?? "") : value,
	]);
	return { ...request, query: masked.query, headers, body: inBody && !findings.bodyDropped ? masked.body : request.body };
}

const EMPTY = new ArrayBuffer(0);

function withoutParameters(query: string, found: (place: string, ...texts: string[]) => void): string {
	const mask = encodeURIComponent(MASK);
	return query.replace(/([^?&=]+)=([^&]*)/g, (pair: string, name: string, value: string) => {
		const plain = decodeLoosely(name);
		if (value === "" || value === mask || !isSensitiveParameter(plain)) return pair;
		found(`event.query.${plain}`, decodeLoosely(value), value);
		return `${name}=${mask}`;
	});
}

/** How a secret may be written: as it is, in JSON, in a URL, and as Basic does it. */
function spellingsOf(secret: string): Set<string> {
	const encoded = encodeURIComponent(secret.toWellFormed());
	const all = [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encoded,
		encoded.replaceAll("%20", "+"),
		Buffer.from(secret).toString("base64"),
	];
	return new Set(all);
}

function replaced(bytes: Buffer, spelling: string): ArrayBuffer {
	const parts: Uint8Array[] = [];
	let done = 0;
	for (let at = bytes.indexOf(spelling); at !== -1; at = bytes.indexOf(spelling, done)) {
		parts.push(bytes.subarray(done, at), Buffer.from(MASK));
		done = at + Buffer.byteLength(spelling);
	}
	return new Uint8Array(Buffer.concat([...parts, bytes.subarray(done)])).buffer;
}
