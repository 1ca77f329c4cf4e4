import { describeError } from "../../errors";
import { findJsonMistake } from "./json-mistake";
import { invalid, type ParsedBody } from "./parsed";

/** JSON within bounds that are known before anything of it is built. */

/** Levels of objects and arrays in one another. */
export const NESTING_MAX = 64;
const KEYS_MAX = 500_000;
/** Objects and lists, also empty ones: each takes many times the two letters that it is written with. */
const CONTAINERS_MAX = 1_000_000;

export function jsonText(source: string): ParsedBody {
	const excess = excessOf(source);
	if (excess !== null) return invalid("JSON", excess);
	try {
		return { ok: true, value: JSON.parse(source) };
	} catch (error) {
		return invalid("JSON", findJsonMistake(source) ?? describeError(error, 200));
	}
}

/** What makes the JSON too much to parse: depth, or number of members, objects and lists, counted before anything is built. */
export function excessOf(source: string): string | null {
	let depth = 0;
	let keys = 0;
	let containers = 0;
	for (let at = 0; at < source.length; at++) {
		switch (source.charCodeAt(at)) {
			case 0x22: // a string: on to its closing quote
				for (at++; at < source.length && source.charCodeAt(at) !== 0x22; at++) if (source.charCodeAt(at) === 0x5c) at++;
				break;
			case 0x7b:
			case 0x5b:
				if (++depth > NESTING_MAX) return `it nests deeper than ${NESTING_MAX} levels`;
				if (++containers > CONTAINERS_MAX) return `it has more than ${CONTAINERS_MAX} objects and lists`;
				break;
			case 0x7d:
			case 0x5d:
				depth--;
				break;
			case 0x3a:
				if (++keys > KEYS_MAX) return `it has more than ${KEYS_MAX} members`;
		}
	}
	return null;
}
