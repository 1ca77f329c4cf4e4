import { createHash, createHmac } from "node:crypto";
import type { Handshake, HandshakePlace } from "../connectors/sender";
import type { SchemeOptions } from "./signatures/check";
import { equalBytes, tokenDigest } from "./signatures/equal";
import { keyBytes } from "./signatures/keys";
import { find, type Reading } from "./signatures/reading";

/** Requests by which a sender asks whether the endpoint is ours. Pure: what is to be answered, and what is to be kept. */

/** A larger body is no handshake: those are a few hundred bytes. */
const BODY_MAX_BYTES = 64 * 1024;
/** Nothing longer is sent back. */
const VALUE_MAX_LENGTH = 4_096;

export interface HandshakeReply {
	status: number;
	/** null: no bytes at all. */
	body: string | null;
	headers: Record<string, string>;
	/** The secret that the sender gave; to be kept before it is answered. */
	keep: string | null;
	/** What a person has to open or copy. */
	show: { what: "link" | "code"; value: string } | null;
}

/** The first handshake that a request is, of those that its sender has; null where it is a delivery. */
export function handshakeOf(handshakes: readonly Handshake[], reading: Reading): Handshake | null {
	const { method, body } = reading.request;
	if (body.byteLength > BODY_MAX_BYTES) return null;
	return handshakes.find((handshake) => handshake.when.method === method && fits(handshake, reading)) ?? null;
}

function fits({ when }: Handshake, reading: Reading): boolean {
	for (const place of when.has ?? []) if (valueAt(place, reading) === null) return false;
	for (const { value, ...place } of when.equals ?? []) if (valueAt(place as HandshakePlace, reading) !== String(value)) return false;
	if (when.onlyField !== undefined && !isOnlyField(when.onlyField, reading)) return false;
	if (when.onlyMember === undefined) return true;
	const body = reading.json();
	return typeof body === "object" && body !== null && Object.keys(body).join() === when.onlyMember;
}

function isOnlyField(name: string, reading: Reading): boolean {
	const [first, ...more] = reading.form() ?? [];
	return first?.[0] === name && more.length === 0;
}

/**
 * The answer to a handshake; null where it is not given: a token that differs, a value of another form, no secret yet to
 * answer with, or a secret that is there already and is not to be replaced by whoever has the URL.
 *
 * @param url the endpoint's URL as the sender knows it; what it asks stands in the query, which is not part of it
 */
export function replyTo(
	{ answer, requires }: Handshake,
	reading: Reading,
	{ secrets, options, url }: { secrets: readonly string[]; options: SchemeOptions; url: string },
): HandshakeReply | null {
	if (requires) {
		const expected = options[requires.option];
		const given = valueAt(requires, reading);
		if (expected === undefined || given === null || !equalBytes(tokenDigest(String(expected)), tokenDigest(given))) return null;
	}
	const value = "from" in answer ? valueAt(answer.from, reading) : "of" in answer ? valueAt(answer.of, reading) : "";
	if (value === null || value.length > VALUE_MAX_LENGTH) return null;
	switch (answer.kind) {
		case "echo":
			if (answer.pattern !== undefined && !new RegExp(answer.pattern).test(value)) return null;
			return typeof answer.to === "object" && "header" in answer.to
				? { ...NOTHING, headers: { [answer.to.header]: value } }
				: written(value, answer.to);
		case "hmac": {
			const key = keyBytes(secrets[0] ?? "", answer.key);
			if (key === null || !new RegExp(answer.pattern).test(value)) return null;
			const mac = (answer.prefix ?? "") + createHmac(answer.digest, key).update(value).digest(answer.encoding);
			const { prefixOption } = answer;
			const text = prefixOption ? `${options[prefixOption.option] ?? ""}${prefixOption.between}${mac}` : mac;
			const also = Object.entries(answer.also ?? {}).map(([name, place]) => [name, valueAt(place, reading)]);
			return written(text, answer.to, Object.fromEntries(also));
		}
		case "hash": {
			const hash = createHash(answer.digest);
			for (const part of answer.parts) {
				const text = part === "url" ? url.replace(/\?.*$/s, "") : "option" in part ? options[part.option] : valueAt(part, reading);
				if (text === undefined || text === null) return null;
				hash.update(String(text));
			}
			return written(hash.digest(answer.encoding), answer.to);
		}
		case "json":
			return { ...NOTHING, body: JSON.stringify(answer.body), headers: JSON_TYPE };
		case "status":
			return { ...NOTHING, status: answer.status };
		case "keepSecret": {
			if (!isFirst(value, secrets)) return null;
			const echoed = answer.echo && "header" in answer.from ? { [answer.from.header]: value } : {};
			return { ...NOTHING, headers: echoed, keep: secrets.length > 0 ? null : value };
		}
		case "show":
			if (answer.host !== undefined && !leadsTo(value, answer.host)) return null;
			if (answer.alsoKeepSecret && !isFirst(value, secrets)) return null;
			return { ...NOTHING, keep: answer.alsoKeepSecret && secrets.length === 0 ? value : null, show: { what: answer.what, value } };
		case "intentToReceive":
			return NOTHING;
	}
}

const NOTHING: HandshakeReply = { status: 200, body: null, headers: {}, keep: null, show: null };
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

/** No secret is there yet, or this very one is: our answer was lost, and the sender asks once more. */
function isFirst(value: string, secrets: readonly string[]): boolean {
	return secrets.length === 0 || secrets.some((secret) => equalBytes(tokenDigest(secret), tokenDigest(value)));
}

function written(value: string, to: "text" | { json: string }, also: Record<string, unknown> = {}): HandshakeReply {
	if (to === "text") return { ...NOTHING, body: value, headers: { "content-type": "text/plain; charset=utf-8" } };
	return { ...NOTHING, body: JSON.stringify({ ...also, [to.json]: value }), headers: JSON_TYPE };
}

function valueAt(place: HandshakePlace, reading: Reading): string | null {
	const found = find(place, reading);
	return found.status === "found" ? (found.values[0] ?? null) : null;
}

function leadsTo(link: string, host: string): boolean {
	try {
		const url = new URL(link);
		return url.protocol === "https:" && new RegExp(host).test(url.hostname);
	} catch {
		return false;
	}
}
