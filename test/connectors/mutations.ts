import { Buffer } from "node:buffer";
import type { DirectScheme, Place } from "../../worker/connectors/scheme.ts";
import { readingOf } from "../../worker/endpoints/signatures/reading.ts";
import { candidatesOf } from "../../worker/endpoints/signatures/signature-field.ts";
import { signedAtOf } from "../../worker/endpoints/signatures/timestamp.ts";
import { requestOf, type Trial, trialOf, type Vector } from "./vectors.ts";

/** Flips of one body or signature at most: all bits of 64 bytes; of a longer one evenly spread bits are taken. */
const FLIPS_MAX = 512;

export type Mutant = [what: string, trial: Trial];

/** One bit changed in each, of all that the scheme covers of the body. */
export function* bodyFlips(vector: Vector): Generator<Mutant> {
	const trial = trialOf(vector);
	const bits = coveredBits(trial.body, vector.bound);
	const step = Math.max(1, Math.ceil(bits.length / FLIPS_MAX));
	for (let index = 0; index < bits.length; index += step) {
		const bit = bits[index] ?? 0;
		yield [`bit ${bit} of the body`, { ...trial, body: flipped(trial.body, bit) }];
	}
}

function coveredBits(body: Uint8Array, bound: string[] | undefined): number[] {
	const ranges = bound?.map((text) => {
		const start = Buffer.from(body).indexOf(text);
		if (start < 0) throw new Error(`The body has no “${text}”.`);
		return { start, end: start + Buffer.byteLength(text) };
	}) ?? [{ start: 0, end: body.byteLength }];
	return ranges.flatMap(({ start, end }) => Array.from({ length: (end - start) * 8 }, (_, index) => start * 8 + index));
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
	const copy = Uint8Array.from(bytes);
	copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}

/** A byte more and a byte less. */
export function* bodyLengths(vector: Vector): Generator<Mutant> {
	if (vector.bound !== undefined) return;
	const trial = trialOf(vector);
	yield ["a line end after the body", { ...trial, body: Uint8Array.from([...trial.body, 0x0a]) }];
	yield ["a space before the body", { ...trial, body: Uint8Array.from([0x20, ...trial.body]) }];
	if (trial.body.byteLength > 0) yield ["the body without its last byte", { ...trial, body: trial.body.slice(0, -1) }];
}

interface Written {
	text: string;
	encoding: BufferEncoding;
}

/** The signatures as they stand in the request. */
export function signaturesIn(scheme: DirectScheme, vector: Vector): Written[] {
	if (vector.signatures) return vector.signatures;
	const reading = readingOf(requestOf(trialOf(vector)));
	if ("signature" in scheme) {
		const { encoding } = scheme.signature;
		const candidates = candidatesOf(scheme.signature, reading);
		if (candidates.status === "rejected") return [];
		const written = candidates.signatures.map((bytes) => Buffer.from(bytes).toString(encoding));
		return written.map((text) => ({ text: has(vector, text) ? text : text.toUpperCase(), encoding }));
	}
	const place: Place | null = scheme.kind === "basic" ? { header: "authorization" } : "in" in scheme ? scheme.in : null;
	if (place === null || !("header" in place) || typeof place.header !== "string") return [];
	const value = vector.request.headers[place.header] ?? "";
	if (scheme.kind === "jwt") return [{ text: value.split(".").at(-1) ?? "", encoding: "base64url" }];
	return [{ text: value.split(" ").at(-1) ?? "", encoding: scheme.kind === "basic" ? "base64" : "latin1" }];
}

const has = (vector: Vector, text: string) => JSON.stringify(vector.request).includes(text);

/** The same bit changed in every signature, and signatures that are none. */
export function* signatureChanges(signatures: Written[], vector: Vector): Generator<Mutant> {
	const [first] = signatures;
	if (first === undefined) return;
	const bits = Buffer.from(first.text, first.encoding).byteLength * 8;
	const rewritten = (change: (bytes: Buffer, written: Written) => string) =>
		signatures.reduce(
			(trial, written) => replaced(trial, written.text, change(Buffer.from(written.text, written.encoding), written)),
			trialOf(vector),
		);
	const step = Math.max(1, Math.ceil(bits / FLIPS_MAX));
	for (let bit = 0; bit < bits; bit += step) {
		yield [
			`bit ${bit} of the signature`,
			rewritten((bytes, { encoding }) => Buffer.from(flipped(bytes, bit % (bytes.byteLength * 8))).toString(encoding)),
		];
	}
	yield ["a signature without its last byte", rewritten((bytes, { encoding }) => bytes.subarray(0, -1).toString(encoding))];
	yield ["a signature with a byte more", rewritten((bytes, { encoding }) => Buffer.concat([bytes, Buffer.from("!")]).toString(encoding))];
	yield ["an empty signature", rewritten(() => "")];
	yield ["no encoding at all", rewritten(() => "!?")];
	yield ["a sign after the signature", rewritten((_, { text }) => `${text}~`)];
	yield ["a zero byte after it", rewritten((_, { text }) => `${text}\0`)];
	yield ["a space before the signature", rewritten((_, { text }) => ` ${text}`)];
	yield ["one letter of the signature gone", rewritten((_, { text }) => text.slice(1))];
}

/** Wherever the text stands: in headers, else in the body. */
export function replaced(trial: Trial, text: string, by: string): Trial {
	const isHeader = trial.headers.some(([, value]) => value.includes(text));
	if (isHeader) {
		return { ...trial, headers: trial.headers.map(([name, value]) => [name, value.replaceAll(text, () => by)]) };
	}
	const body = Buffer.from(trial.body).toString("latin1");
	if (!body.includes(text)) throw new Error(`“${text}” stands nowhere in the request.`);
	return {
		...trial,
		body: Uint8Array.from(
			Buffer.from(
				body.replaceAll(text, () => by),
				"latin1",
			),
		),
	};
}

/** One bit of the timestamp changed, and timestamps that are none. */
export function* timestampChanges(scheme: DirectScheme, vector: Vector): Generator<Mutant> {
	const trial = trialOf(vector);
	const text = timestampOf(scheme, vector);
	if (text === null) return;
	const bytes = Buffer.from(text, "latin1");
	for (let bit = 0; bit < bytes.byteLength * 8; bit++) {
		yield [`bit ${bit} of the timestamp`, replaced(trial, text, Buffer.from(flipped(bytes, bit)).toString("latin1"))];
	}
	for (const nonsense of ["", "NaN", "0", "-1", "1e9", "Infinity", "9".repeat(400), ` ${text}`, `0${text}`, `${text}.0`, `${text}0`]) {
		yield [`timestamp “${nonsense.slice(0, 20)}”`, replaced(trial, text, nonsense)];
	}
}

/** When it was signed, as it stands in the request; null where no time is signed, or in a token. */
export const timestampOf = (scheme: DirectScheme, vector: Vector): string | null =>
	vector.timestamp ?? timestampIn(scheme, trialOf(vector));

function timestampIn(scheme: DirectScheme, trial: Trial): string | null {
	if (!("timestamp" in scheme) || scheme.timestamp === undefined) return null;
	const reading = readingOf(requestOf(trial));
	const candidates = candidatesOf(scheme.signature, reading);
	if (candidates.status === "rejected") return null;
	const signedAt = signedAtOf(scheme.timestamp, candidates.pairs, reading);
	return signedAt.status === "signedAt" ? signedAt.text : null;
}

/** The headers without which the scheme cannot hold. */
export function headersOf(scheme: DirectScheme, vector: Vector): string[] {
	const own = Object.keys(vector.request.headers);
	if (scheme.kind === "bespoke") return own.filter((name) => name !== "content-type");
	const wanted: (string | readonly string[])[] = scheme.kind === "basic" ? ["authorization"] : [];
	const add = (place: object | undefined) => {
		if (place && "header" in place && !("optional" in place)) wanted.push(place.header as string | readonly string[]);
		if (place && "numbered" in place) wanted.push(signatureHeadersOf(scheme, vector));
	};
	if ("in" in scheme) add(scheme.in);
	if ("signature" in scheme) {
		add(scheme.signature.in);
		if (scheme.timestamp) add(scheme.timestamp.in);
		for (const part of scheme.message) if (typeof part !== "string") add(part);
	}
	return wanted.flat().filter((name) => own.includes(name));
}

/** The headers that hold a signature each, of those that the scheme looks at. */
export function signatureHeadersOf(scheme: DirectScheme, vector: Vector): string[] {
	const place: Place | null = "signature" in scheme ? scheme.signature.in : null;
	const own = Object.keys(vector.request.headers);
	if (place && "numbered" in place) return own.filter((name) => name.startsWith(place.numbered));
	return place && "header" in place ? own.filter((name) => [place.header].flat().includes(name)) : [];
}

/** Each of the scheme's headers left out, emptied, or sent twice, in both forms in which that can arrive. */
export function* headerChanges(headers: string[], scheme: DirectScheme, vector: Vector): Generator<Mutant> {
	const trial = trialOf(vector);
	for (const name of headers) {
		const others = trial.headers.filter(([known]) => known !== name);
		const value = vector.request.headers[name] ?? "";
		// One of several signatures may be missing: any of them is enough.
		const alternatives = signatureHeadersOf(scheme, vector);
		if (alternatives.length < 2 || !alternatives.includes(name)) {
			yield [`no ${name}`, { ...trial, headers: others }];
			yield [`an empty ${name}`, { ...trial, headers: [...others, [name, ""]] }];
		}
		// Where a list is written just so, sending twice is how the sender sends two.
		const isList = "signature" in scheme && scheme.signature.list === ", ";
		if (!isList) yield [`${name} twice, joined`, { ...trial, headers: [...others, [name, `${value}, ${value}`]] }];
		yield [`${name} twice`, { ...trial, headers: [...others, [name, value], [name, value]] }];
		yield [`${name} twice, a wrong one first`, { ...trial, headers: [...others, [name, `x${value}`], [name, value]] }];
	}
}

/** A field of the body that holds signature or token left out. */
export function* fieldChanges(scheme: DirectScheme, vector: Vector): Generator<Mutant> {
	const trial = trialOf(vector);
	const place: Place | null = "signature" in scheme ? scheme.signature.in : "in" in scheme ? scheme.in : null;
	if (place === null) return;
	const text = Buffer.from(trial.body).toString();
	if ("json" in place) {
		const last = place.json.split(".").at(-1) ?? "";
		yield ["no body field", { ...trial, body: Uint8Array.from(Buffer.from(text.replaceAll(`"${last}"`, '"other"'))) }];
		yield ["no JSON", { ...trial, body: Uint8Array.from(Buffer.from(`${text}}`)) }];
	}
	if ("form" in place) {
		const [, field = ""] = new RegExp(`(?:^|&)(${place.form}=[^&]*)`).exec(text) ?? [];
		yield ["a form field twice", { ...trial, body: Uint8Array.from(Buffer.from(`${text}&${field}`)) }];
	}
}

/** Another URL or method, where the scheme covers them. */
export function* targetChanges(scheme: DirectScheme, vector: Vector): Generator<Mutant> {
	const trial = trialOf(vector);
	const message: readonly unknown[] = "message" in scheme ? scheme.message : [];
	const claims = scheme.kind === "jwt" ? (scheme.claims ?? {}) : {};
	const module = scheme.kind === "bespoke" ? scheme.module : "";
	const bindsMethod = message.includes("method") || claims.queryStringHash || ["hubspot", "contentful"].includes(module);
	const bindsPath =
		bindsMethod || ["url", "urlWithoutQuery", "path", "pathAndQuery"].some((part) => message.includes(part)) || module === "twilio";
	if (bindsPath || claims.audience === "url") {
		const [path = "", ...query] = trial.url.split("?");
		yield ["another path", { ...trial, url: [`${path}x`, ...query].join("?") }];
	}
	if (bindsMethod) yield ["another method", { ...trial, method: trial.method === "PUT" ? "POST" : "PUT" }];
}

/** A secret of the same form that is not the same. */
export function otherSecretOf({ otherSecret, secrets: [secret = ""] }: Vector): string {
	if (otherSecret !== undefined) return otherSecret;
	const middle = Math.floor(secret.length * 0.6);
	for (let at = middle; at < secret.length; at++) {
		const sign = secret[at] ?? "";
		if (!/[0-9a-zA-Z]/.test(sign)) continue;
		const other = sign === "7" ? "8" : sign === "b" ? "c" : /[0-9a-f]/.test(sign) ? (sign < "a" ? "7" : "b") : sign === "M" ? "N" : "M";
		return secret.slice(0, at) + other + secret.slice(at + 1);
	}
	throw new Error("No other secret can be made of this one: name it.");
}
