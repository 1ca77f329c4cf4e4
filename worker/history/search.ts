import { readEvent } from "../events/event-rows";
import type { EventSource, ExecutionStatus } from "../events/protocol/statuses";
import type { EventSummary } from "../events/protocol/views";
import { executionKey, NUMBERS } from "../events/schema";
import { keySource } from "../integrations/key-source";
import { valueAt } from "../integrations/lane";
import { readEventSummary } from "./events";
import { boundLimit, readCursor, writeCursor } from "./page";
import { byNumber, byStatus, byWords, type Way } from "./search-candidates";
import { bodyStart, indexedThrough, readText } from "./search-index";
import { indexQuestion, isValue, lanesMeant, readRange, type SearchQuery, wordsIn } from "./search-query";
import { holdsWords, shownText, snippetOf } from "./search-text";
import { shownHeaders } from "./shown";
import { type Reading, statusOf } from "./summaries";

/** Searching the events: a page costs what it shows, and a bounded look at what it passes over. */

/** Events that a page judges, and those of them whose bodies it reads to do so, with their bytes. */
const LOOKS_MAX = 2_048;
const READS_MAX = 512;
const READ_BYTES_MAX = 4 * 1024 * 1024;
/** Longer bodies are not read for the value of a field. */
const FIELD_BYTES_MAX = 512 * 1024;
const BATCH = 128;
/** Where so few events have the words, it is not the status that leads. */
const FEW = 512;

export interface FoundEvent extends EventSummary {
	/** A piece of the payload, around the first word that was looked for; null where the payload is not text. */
	snippet: string | null;
}

export interface SearchPage {
	/** Newest first. A page that had to look at much ends early, with a cursor, even where it is empty. */
	items: FoundEvent[];
	cursor: string | null;
	/** Words, key and field find the events up to this one; newer ones a few seconds later. */
	indexedThrough: number;
	lastSequence: number;
}

/** What an event is judged by. */
type Facts = {
	sequence: number;
	source: EventSource;
	received_at: number;
	size: number;
	lane: string | null;
	key: number | null;
	status: ExecutionStatus | null;
};

const FACTS = `
	SELECT e.sequence, e.source, e.received_at, e.size, e.lane, x.key, x.status
	FROM json_each(?) j CROSS JOIN events e ON e.sequence = j.value LEFT JOIN executions x ON x.key = (
		SELECT key FROM executions WHERE key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1} ORDER BY key DESC LIMIT 1
	) ORDER BY e.sequence DESC`;

/** The events for which all parts of the query hold, newest first; null where the cursor is not one of ours. */
export function searchEvents(sql: SqlStorage, reading: Reading, query: SearchQuery): SearchPage | null {
	const [cursor] = readCursor(query.cursor, 1) ?? [];
	if (cursor === undefined) return null;
	const page: SearchPage = { items: [], cursor: null, indexedThrough: indexedThrough(sql), lastSequence: reading.lastSequence };
	const lanes = query.key === undefined ? null : lanesMeant(query.key);
	const question = indexQuestion(query, lanes ?? []);
	const { lowest, before } = stretchOf(sql, reading, query, cursor);
	if (question === "never" || before <= lowest) return page;
	const { way, words } = wayTo(sql, reading, query, question, lowest, before);

	const limit = boundLimit(query.limit);
	const sequences: number[] = [];
	let [at, looks, reads, bytes] = [before, 0, 0, 0];
	const isFull = (): boolean => sequences.length > limit || looks >= LOOKS_MAX || reads >= READS_MAX || bytes >= READ_BYTES_MAX;
	while (at > lowest && !isFull()) {
		const candidates = way(at, BATCH);
		for (const facts of sql.exec<Facts>(FACTS, JSON.stringify(candidates.sequences)).toArray()) {
			if (isFull()) break;
			at = facts.sequence;
			looks++;
			if (!holds(reading, query, lanes, facts)) continue;
			if (words.length > 0 || query.field !== undefined) {
				reads++;
				bytes += Math.min(facts.size, FIELD_BYTES_MAX);
				if (words.length > 0 && !holdsWords(readText(sql, facts.sequence), words)) continue;
				if (query.field !== undefined && !hasValue(sql, reading, facts, query.field, query.value ?? "")) continue;
			}
			sequences.push(facts.sequence);
		}
		if (!isFull()) at = candidates.through;
		if (candidates.sequences.length === 0) break;
	}
	if (sequences.length > limit) {
		sequences.length = limit;
		at = sequences.at(-1) ?? lowest;
	}
	if (at > lowest) page.cursor = writeCursor(at);
	for (const sequence of sequences) {
		const event = readEventSummary(sql, reading, sequence);
		if (event !== null) page.items.push({ ...event, snippet: readSnippet(sql, reading, event, query) });
	}
	return page;
}

/** The stretch of sequences that range, times and cursor leave, its end not included. */
function stretchOf(sql: SqlStorage, reading: Reading, query: SearchQuery, cursor: number): { lowest: number; before: number } {
	const range = readRange(query.sequence ?? "") ?? { lowest: 1, highest: reading.lastSequence };
	const end = reading.lastSequence + 1;
	const lowest = query.from === undefined ? 1 : firstSince(sql, query.from, end);
	const before = query.to === undefined ? end : firstSince(sql, query.to, end);
	return { lowest: Math.max(lowest, range.lowest, 1), before: Math.min(before, range.highest + 1, cursor, end) };
}

/** The sequence of the first event that came at `time` (epoch ms) or later; `end` where none did. Times rise with numbers. */
export function firstSince(sql: SqlStorage, time: number, end: number): number {
	let [low, high] = [1, end];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		const event = sql
			.exec<{ sequence: number; at: number }>(
				"SELECT sequence, received_at AS at FROM events WHERE sequence >= ? ORDER BY sequence LIMIT 1",
				middle,
			)
			.toArray()[0];
		if (event === undefined || event.at >= time) high = middle;
		else low = event.sequence + 1;
	}
	return low;
}

/** The shortest way to the events, and the words that are to be looked for in each that lies on it. */
function wayTo(
	sql: SqlStorage,
	reading: Reading,
	{ q, status }: SearchQuery,
	question: string | null,
	lowest: number,
	before: number,
): { way: Way; words: string[] } {
	const withStatus = status === undefined ? null : byStatus(sql, reading, status, lowest);
	if (question === null) return { way: withStatus ?? byNumber(sql, lowest), words: [] };
	const withWords = byWords(sql, question, lowest);
	if (withStatus === null || withWords(before, FEW).through === lowest) return { way: withWords, words: [] };
	return { way: withStatus, words: wordsIn(q ?? "") };
}

function holds(reading: Reading, query: SearchQuery, lanes: readonly string[] | null, facts: Facts): boolean {
	if (query.from !== undefined && facts.received_at < query.from) return false;
	if (query.to !== undefined && facts.received_at >= query.to) return false;
	if (query.source !== undefined && facts.source !== query.source) return false;
	if (lanes !== null && (facts.lane === null || !lanes.includes(facts.lane))) return false;
	return query.status === undefined || statusOf(reading, facts.key ?? executionKey(facts.sequence, 1), facts.status) === query.status;
}

function hasValue(sql: SqlStorage, reading: Reading, facts: Facts, field: string, value: string): boolean {
	if (facts.size > FIELD_BYTES_MAX) return false;
	const event = readEvent(sql, facts.sequence, "");
	const path = field.startsWith("event.headers.") ? field.toLowerCase() : field;
	return event !== null && isValue(valueAt(path, keySource({ ...event, headers: shownHeaders(reading, event.headers) })), value);
}

function readSnippet(sql: SqlStorage, reading: Reading, event: EventSummary, { q, value }: SearchQuery): string | null {
	const text = shownText(reading, bodyStart(sql, event.sequence), event.size, event.contentType ?? "");
	return text === null ? null : snippetOf(text, [...wordsIn(q ?? ""), ...(value ? [value] : [])]);
}
