import { excessOf } from "./body/json";
import { membersOf, placeOf } from "./body/json-text";
import { decodeJson, isJson, isJsonLines, mediaType } from "./charset";
import { parseOrderingKey } from "./ordering-key";

/** A delivery whose body holds several events: the array at a path, each item in the words in which it was sent. */

/** Items of one delivery at most: as many as any sender is known to send. */
export const BATCH_MAX_ITEMS = 1_000;
/** The same where a person accepts a delivery that was refused: nobody waits for the answer but they. */
export const BATCH_LATE_MAX_ITEMS = 5_000;

type HeaderList = [name: string, value: string][];

/** `whole`: there is no array at that path, so the delivery is one event. Each of `items` is JSON. */
export type Batch = { status: "whole" } | { status: "too_many" } | { status: "items"; items: string[] };

/** Whether a text names a place where the array may stand: `event.body` or something inside it. */
export const isBatchPath = (path: string): boolean => namesIn(path) !== null;

/** The names that lead from the body to the array; null where the text is no such path. */
function namesIn(path: string): string[] | null {
	if (path === "event.body") return [];
	const [names, more] = parseOrderingKey(path) ?? [];
	return names?.[0] === "body" && more === undefined ? names.slice(1) : null;
}

/**
 * The items of a delivery. Items are cut out of the text and not made anew, so that every number is the one that was sent.
 * @param path `event.body` or `event.body.data.events`
 * @param most items at most
 */
export function batchOf(path: string, headers: HeaderList, body: ArrayBuffer, most: number): Batch {
	const contentType = typeOf(headers);
	const type = mediaType(contentType);
	const names = namesIn(path);
	if (names === null || body.byteLength === 0 || (!isJson(type) && !isJsonLines(type))) return { status: "whole" };
	try {
		const text = decodeJson(new Uint8Array(body), contentType);
		const items = isJson(type) ? itemsAt(text, names, most) : names.length === 0 ? linesOf(text, most) : null;
		if (items === null) return { status: "whole" };
		return items.length > most ? { status: "too_many" } : { status: "items", items };
	} catch {
		return { status: "whole" }; // not JSON: its one execution says what is wrong with it
	}
}

/** The headers of an item, which is JSON in UTF-8 whatever the delivery was. */
export function itemHeaders(headers: HeaderList): HeaderList {
	const contentType = typeOf(headers);
	if (isJson(mediaType(contentType)) && !/charset\s*=\s*["']?(?!utf-?8)/i.test(contentType)) return headers;
	return headers.map(([name, value]) => [name, name === "content-type" ? "application/json" : value]);
}

const typeOf = (headers: HeaderList): string => headers.find(([name]) => name === "content-type")?.[1] ?? "";

/** @throws where the text is not JSON, or more of it than an execution would read: nobody has to be known to send that */
function readable(text: string): void {
	const excess = excessOf(text);
	if (excess !== null) throw new RangeError(excess);
	JSON.parse(text);
}

/** One more than `most` where there are more. @throws where a line is not JSON */
function linesOf(text: string, most: number): string[] {
	const items: string[] = [];
	for (const line of text.split("\n")) {
		if (line.trim() === "") continue;
		readable(line);
		items.push(line.trim());
		if (items.length > most) break;
	}
	return items;
}

/** One more than `most` where there are more; null where no array is there. @throws where the text is not JSON */
function itemsAt(text: string, names: readonly string[], most: number): string[] | null {
	readable(text); // from here on the text is known to be well formed
	const at = placeOf(text, names);
	if (at === null || text[at] !== "[") return null;
	const items: string[] = [];
	for (const { from, to } of membersOf(text, at)) {
		items.push(text.slice(from, to));
		if (items.length > most) break;
	}
	return items;
}
