/** Finding one's way in the text of JSON that is known to be well formed: each value as it was sent. */

/** Where the value begins that these names lead to: a number is a place in a list. null where there is none. */
export function placeOf(text: string, names: readonly string[]): number | null {
	let at = skipBlank(text, 0);
	for (const name of names) {
		let found = -1;
		for (const member of membersOf(text, at)) if (member.name === name) found = member.from; // of a repeated name the last counts
		if (found === -1) return null;
		at = found;
	}
	return at;
}

/** The members of the object or the items of the array that begins at `at`; none of another value. */
export function* membersOf(text: string, at: number): Generator<{ name: string; from: number; to: number }> {
	const close = text[at] === "{" ? "}" : text[at] === "[" ? "]" : null;
	if (close === null) return;
	let next = skipBlank(text, at + 1);
	for (let place = 0; text[next] !== close; place++) {
		let name = String(place);
		if (close === "}") {
			const end = endOfValue(text, next);
			name = JSON.parse(text.slice(next, end));
			next = skipBlank(text, skipBlank(text, end) + 1);
		}
		const to = endOfValue(text, next);
		yield { name, from: next, to };
		next = skipBlank(text, to);
		if (text[next] === ",") next = skipBlank(text, next + 1);
	}
}

/** Where the value that begins at `at` has ended. */
function endOfValue(text: string, at: number): number {
	let depth = 0;
	for (let next = at; next < text.length; next++) {
		switch (text.charCodeAt(next)) {
			case 0x22: // a string: on to its closing quote
				for (next++; text.charCodeAt(next) !== 0x22; next++) if (text.charCodeAt(next) === 0x5c) next++;
				if (depth === 0) return next + 1;
				break;
			case 0x7b:
			case 0x5b:
				depth++;
				break;
			case 0x7d:
			case 0x5d:
				if (depth === 0) return next; // behind a number or a word, the end of what it stands in
				if (--depth === 0) return next + 1;
				break;
			case 0x2c:
			case 0x20:
			case 0x09:
			case 0x0a:
			case 0x0d:
				if (depth === 0) return next;
		}
	}
	return text.length;
}

function skipBlank(text: string, from: number): number {
	let at = from;
	while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
	return at;
}

/**
 * The JSON of the value that these names lead to, without blanks, and with each number beyond 2^53 in the digits that
 * were sent. null where there is no such value.
 */
export function exactJson(text: string, names: readonly string[]): string | null {
	const at = placeOf(text, names);
	if (at === null) return null;
	return JSON.stringify(JSON.parse(text.slice(at, endOfValue(text, at)), keepDigits));
}

/** What newer engines tell and make, and the compiler's library does not name yet. */
interface ExactNumbers {
	rawJSON(text: string): unknown;
}

function keepDigits(this: unknown, _name: string, value: unknown, context?: { source?: string }): unknown {
	if (typeof value !== "number" || Math.abs(value) <= Number.MAX_SAFE_INTEGER || context?.source === undefined) return value;
	return (JSON as unknown as ExactNumbers).rawJSON(context.source);
}
