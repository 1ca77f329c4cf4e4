/** Reads JSONata's text as its own tokenizer does, as far as needed to tell its signs from what strings and the like hold. */

const NAME = /[^\s"'`/*{}()[\].,:;?+\-%|=<>^&!~@#]+/y;
const SPACE = /\s+/y;
const OPERATOR_WORDS: ReadonlySet<string> = new Set(["and", "or", "in"]);

/**
 * Every sign (bracket or operator character) outside strings, quoted names, comments and regular expressions, one
 * character at a time. Stops early, and answers false, where one of those is open at the end of the text.
 */
export function* signsOf(text: string, from = 0): Generator<{ sign: string; at: number }, boolean> {
	let at = from;
	// After an operand, `/` divides; elsewhere it opens a regular expression.
	let afterOperand = false;
	while (at < text.length) {
		const character = text[at] ?? "";
		const space = lengthOf(SPACE, text, at);
		const name = lengthOf(NAME, text, at);
		if (space > 0) {
			at += space;
		} else if (name > 0) {
			afterOperand = !OPERATOR_WORDS.has(text.slice(at, at + name));
			at += name;
		} else if (text.startsWith("/*", at)) {
			const end = text.indexOf("*/", at + 2);
			if (end === -1) return false;
			at = end + 2;
		} else if (character === '"' || character === "'" || character === "`" || (character === "/" && !afterOperand)) {
			at = character === "/" ? regexEnd(text, at) : quotedEnd(text, at);
			if (at === -1) return false;
			afterOperand = true;
		} else {
			yield { sign: character, at };
			afterOperand = character === "}" || character === ")" || character === "]";
			at++;
		}
	}
	return true;
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0].length ?? 0;
}

/** The offset behind the closing quote. Backslashes escape in strings, not in names in back-ticks. */
function quotedEnd(text: string, from: number): number {
	const quote = text[from];
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] === "\\" && quote !== "`") at++;
		else if (text[at] === quote) return at + 1;
	}
	return -1;
}

/** The offset behind the closing slash, which JSONata looks for outside brackets of every kind. */
function regexEnd(text: string, from: number): number {
	let depth = 0;
	for (let at = from + 1; at < text.length; at++) {
		const character = text[at] ?? "";
		if (character === "\\") at++;
		else if ("([{".includes(character)) depth++;
		else if (")]}".includes(character)) depth--;
		else if (character === "/" && depth === 0) return at + 1;
	}
	return -1;
}
