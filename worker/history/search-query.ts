import { hashOf } from "../events/backlog";
import type { EventSource, ExecutionStatus } from "../events/protocol/statuses";
import { parseOrderingKey } from "../integrations/ordering-key";
import type { PageQuery } from "./page";

/** What a person looks for, made safe for the index: nothing of it is ever read as the index's own language. */

export interface SearchQuery extends PageQuery {
	/** Words that all occur in the payload, the path or the query; `"in quotes"` next to each other. */
	q?: string;
	/** Epoch ms: received at or after. */
	from?: number;
	/** Epoch ms: received before. */
	to?: number;
	source?: EventSource;
	/** Of the event's latest execution. */
	status?: ExecutionStatus;
	/** `7`, `7-20`, `7-` or `-20`. */
	sequence?: string;
	/** A value of the ordering key, or a lane as events show it. */
	key?: string;
	/** A path as in an ordering key, `event.body.sku` or `event.headers.x-topic`, whose value is `value`. */
	field?: string;
	value?: string;
}

const WORDS_MAX = 20;
/** What the index calls a word has at least one of these. */
const WORD = /[\p{L}\p{N}\p{Co}]/u;

/** The words and quoted phrases of a text, as they were written; what has no letter or digit is left out. */
export function wordsIn(text: string): string[] {
	return [...text.replaceAll("\0", " ").matchAll(/"([^"]*)"?|[^\s"]+/g)]
		.map((match) => (match[1] ?? match[0]).trim())
		.filter((word) => WORD.test(word))
		.slice(0, WORDS_MAX);
}

/** One or more words that stand next to each other, as a string of the index's language. */
const quoted = (word: string): string => `"${word.replaceAll("\0", " ").replaceAll('"', '""')}"`;

/** A lane as one word. Lanes that share it are told apart by their rows. */
export const laneWord = (lane: string): string => `k${hashOf(lane).toString(36)}`;

/** The lanes that a person may mean by a key: the lane itself, or one whose only value is the text, a number, true or false. */
export function lanesMeant(key: string): string[] {
	const lanes = [key, JSON.stringify([key])];
	// The digits as they stand: a lane keeps those of a number that no JavaScript can hold.
	if (/^(-?\d+(\.\d+)?|true|false)$/.test(key)) lanes.push(`[${key}]`);
	return lanes;
}

/**
 * A question to the index that finds all events wanted, and perhaps more; null where it would help nothing. `never`
 * where nothing can be found: words are asked for, and there is none in the text.
 */
export function indexQuestion({ q, key, field, value }: SearchQuery, lanes: readonly string[]): string | null | "never" {
	const parts: string[] = [];
	if (q !== undefined && q.trim() !== "") {
		const words = wordsIn(q);
		if (words.length === 0) return "never";
		parts.push(`{text} : (${words.map(quoted).join(" AND ")})`);
	}
	if (key !== undefined) parts.push(`{lane} : (${lanes.map((lane) => quoted(laneWord(lane))).join(" OR ")})`);
	const phrase = field === undefined || value === undefined ? null : indexedValue(value);
	if (phrase !== null && field !== undefined) parts.push(`{${columnOf(field)}} : ${quoted(phrase)}`);
	return parts.length === 0 ? null : parts.map((part) => `(${part})`).join(" AND ");
}

/** Whether the value of a field is the one that a person wrote: numbers and booleans by what they say. */
export function isValue(found: unknown, value: string): boolean {
	if (typeof found === "string" || typeof found === "boolean") return String(found) === value;
	return typeof found === "number" && value.trim() !== "" && Number(value) === found;
}

/** Numbers from and to which events are looked for, both included; null where the text is none of the forms. */
export function readRange(sequence: string): { lowest: number; highest: number } | null {
	const match = /^(\d{0,15})\s{0,9}(-?)\s{0,9}(\d{0,15})$/.exec(sequence.trim());
	const [, low = "", dash = "", high = ""] = match ?? [];
	if (low === "" && high === "") return null;
	if (dash === "") return { lowest: Number(low), highest: Number(low) };
	return { lowest: low === "" ? 0 : Number(low), highest: high === "" ? Number.MAX_SAFE_INTEGER : Number(high) };
}

/** Whether a text names one field of an event. */
export const isField = (text: string): boolean => parseOrderingKey(text)?.length === 1;

/** `1.50` and `1.5` are one number and other words: the index is asked for what stands before the point. */
function indexedValue(value: string): string | null {
	const number = /^\s*-?(\d+)\.\d+\s*$/.exec(value);
	const phrase = number?.[1] ?? value;
	return WORD.test(phrase) ? phrase : null;
}

const columnOf = (field: string): "text" | "headers" => (field.trim().startsWith("event.headers") ? "headers" : "text");
