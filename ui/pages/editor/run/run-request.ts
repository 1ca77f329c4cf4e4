import type { EventDetail } from "../../../../worker/api/types";
import { isJson, mediaType } from "../../../../worker/integrations/charset";
import type { RunWanted } from "../calls";
import type { Json } from "../draft";
import { MASK } from "../mask";
import { headersOfSample, type SenderSample } from "../senders";
import { SAMPLE_BODY } from "../webhook/curl";

/** An event to run by hand, as it is typed: its body, and its headers one a line. */
export interface TypedEvent {
	body: string;
	headers: string;
}

/** Say how long the body was that came, which another body is not. */
const OF_THE_BYTES = /^(content-length|content-encoding|transfer-encoding)$/i;

export const firstEvent = (): TypedEvent => ({ body: JSON.stringify(SAMPLE_BODY, null, 2), headers: "" });

export function ofSample(sample: SenderSample): TypedEvent {
	return { body: pretty(sample.body, sample.contentType), headers: linesOf(Object.entries(headersOfSample(sample))) };
}

/** A received event, without what was masked in its headers; null where its body is no text. */
export function ofEvent({ body, bodyEncoding, contentType, headers }: EventDetail): TypedEvent | null {
	if (bodyEncoding !== "utf8") return null;
	const whole = headers.filter(([name, value]) => !value.includes(MASK) && !OF_THE_BYTES.test(name));
	return { body: pretty(body, contentType ?? ""), headers: linesOf(whole) };
}

/** The content type that the headers name; JSON where they name none. */
export function contentTypeOf({ headers }: TypedEvent): string {
	const read = headersIn(headers);
	return (read.ok ? read.value["content-type"] : undefined) ?? "application/json";
}

export const isJsonEvent = (typed: TypedEvent): boolean => isJson(mediaType(contentTypeOf(typed)));

/** What is to be run, or which part of it cannot be read and why. */
export function requestOf(typed: TypedEvent): { ok: true; value: RunWanted } | { ok: false; part: keyof TypedEvent; message: string } {
	const headers = headersIn(typed.headers);
	if (!headers.ok) return { ok: false, part: "headers", message: headers.message };
	const given = Object.keys(headers.value).length === 0 ? {} : { headers: headers.value };
	if (!isJsonEvent(typed)) return { ok: true, value: { text: typed.body, ...given } };
	if (typed.body.trim() === "") return { ok: true, value: given };
	try {
		return { ok: true, value: { body: JSON.parse(typed.body) as Json, ...given } };
	} catch (error) {
		return { ok: false, part: "body", message: error instanceof Error ? error.message : "This is not JSON." };
	}
}

/** Headers by name in lower case; those of one name are joined. */
export function headersIn(lines: string): { ok: true; value: Record<string, string> } | { ok: false; message: string } {
	const value: Record<string, string> = {};
	for (const line of lines.split("\n")) {
		if (line.trim() === "") continue;
		const [, name, text = ""] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:(.*)$/.exec(line) ?? [];
		if (name === undefined) return { ok: false, message: `“${line.trim().slice(0, 40)}” is not a header such as x-topic: orders.` };
		const key = name.toLowerCase();
		value[key] = Object.hasOwn(value, key) ? `${value[key]}, ${text.trim()}` : text.trim();
	}
	return { ok: true, value };
}

const linesOf = (headers: readonly (readonly [string, string])[]): string => headers.map(([name, value]) => `${name}: ${value}`).join("\n");

function pretty(body: string, contentType: string): string {
	if (!isJson(mediaType(contentType))) return body;
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		return body;
	}
}
