import type { EventDetail } from "../../../../worker/api/types";
import { BATCH_MAX_ITEMS, batchOf, itemHeaders } from "../../../../worker/integrations/batch";
import { mediaType } from "../../../../worker/integrations/charset";
import { keySource, readKeyBody } from "../../../../worker/integrations/key-source";
import type { KeySource } from "../../../../worker/integrations/lane";
import { decodeBase64 } from "../components/body";

/** Reads received events with the eyes of acceptance. Loaded on its own: it brings the parsers of all content types along. */

type Request = Pick<EventDetail, "method" | "path" | "query" | "headers" | "body" | "bodyEncoding">;

export interface ReadSample<E extends Request = EventDetail> {
	/** What the settings are tried on: the event, or the first of those that it holds. */
	event: E;
	source: KeySource;
	/** Events that its list holds; null where it is one event. */
	items: number | null;
	/** Why nothing in its body can be named, for people; null where fields can. */
	unread: string | null;
}

/** @param batchPath where the settings look for a list of events; null where they do not, and of an event out of a list */
export function readSample<E extends Request>(event: E, batchPath: string | null): ReadSample<E> {
	const body = bytesOf(event);
	const batch = batchPath === null ? null : batchOf(batchPath, event.headers, body, BATCH_MAX_ITEMS);
	if (batch?.status !== "items") return { event, source: sourceOf(event), items: null, unread: unreadWords(event) };
	const first = batch.items[0];
	const tried: E = first === undefined ? event : { ...event, headers: itemHeaders(event.headers), body: first, bodyEncoding: "utf8" };
	return { event: tried, source: sourceOf(tried), items: batch.items.length, unread: unreadWords(tried) };
}

export const sourceOf = (event: Request): KeySource => keySource({ ...event, body: bytesOf(event) });

function unreadWords(event: Request): string | null {
	const body = bytesOf(event);
	if (body.byteLength === 0) return "It has no body.";
	const read = readKeyBody({ headers: event.headers, body });
	if (!read.ok) return read.error.message;
	if (typeof read.value !== "string") return null;
	const type = mediaType(event.headers.find(([name]) => name === "content-type")?.[1] ?? "");
	return `Its content type ${type === "" ? "is not given" : `is ${type}`}, so its body is one text, in which no field can be named.`;
}

function bytesOf({ body, bodyEncoding }: Pick<Request, "body" | "bodyEncoding">): ArrayBuffer {
	return (bodyEncoding === "base64" ? decodeBase64(body) : new TextEncoder().encode(body)).buffer as ArrayBuffer;
}
