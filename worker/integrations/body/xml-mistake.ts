import { describeError } from "../../errors";

/** What the validator found, and where. */
interface Found {
	msg: string;
	line: number;
	/** Missing where there is nothing to point at. */
	col?: number;
}

/**
 * Where and why XML does not parse, for people: the validator words it for those who wrote it.
 * @returns `the element "b" is not closed at line 3, column 5`
 */
export function xmlMistake(source: string, { msg, line, col }: Found): string {
	const unclosed = UNCLOSED.exec(msg);
	if (unclosed !== null) return `the element ${quoted(unclosed[1] ?? unclosed[2])} is not closed${endOf(source)}`;
	return mistakeIn(msg) + (col === undefined ? "" : ` at line ${line}, column ${col}`);
}

/** The same of one sentence, as the parser says them without a place. */
export function mistakeIn(msg: string): string {
	for (const [pattern, words] of WORDS) {
		const found = pattern.exec(msg);
		if (found !== null) return words.replace(/([$#])(\d)/g, (_, kind, at) => (kind === "$" ? quoted(found[at]) : (found[at] ?? "")));
	}
	return describeError(msg, 200).replace(/\.+$/, "");
}

/** Of several open elements the validator names all, as JSON, from the outermost on. */
const UNCLOSED = /^Unclosed tag '(.*)'\.$|^Invalid '\[.*"([^"]*)"\]' found\.$/s;

/** Each sentence of the validator with what it means: names stand for `$1` in quotes, numbers for `#2`. */
const WORDS: readonly [pattern: RegExp, words: string][] = [
	[
		/^Expected closing tag '(.*)' \(opened in line (\d+), col (\d+)\) instead of closing tag '(.*)'/s,
		"the element $1 of line #2, column #3 is not closed before $4 is",
	],
	[/^Closing tag '(.*)' has not been opened/s, "the element $1 is closed and was not opened"],
	[/^Closing tag '(.*)' (?:doesn't|can't) /s, "the end of the element $1 is not well formed"],
	[/^Tag '(.*)' is an invalid name/s, "$1 is not an element's name"],
	[/^Invalid space after '<'/, 'a name is missing behind "<"'],
	[/^Attributes for '(.*)' have open quote/s, "a quote in the element $1 is not closed"],
	[/^Attribute '(.*)' has no space in starting/s, "a blank is missing before the attribute $1"],
	[/^(?:boolean attribute|Attribute) '(.*)' is (?:not allowed|without value)/s, "the attribute $1 has no value"],
	[/^Attribute '(.*)' is an invalid name/s, "$1 is not an attribute's name"],
	[/^Attribute '(.*)' is repeated/s, "the attribute $1 is there twice"],
	[/^char '(.*)' is not expected/s, "unexpected $1"],
	[/^Extra text at the end/, "text stands behind the outermost element"],
	[/^Multiple possible root nodes/, "there is more than one outermost element"],
	[/^XML declaration allowed only at the start/, "the XML declaration is not at the start"],
	[/^Start tag expected/, "there is no element in it"],
	[/^Maximum nested tags exceeded/, "it nests too deep"],
];

/** Letters of a name, which may be as long as the body. */
const NAME_MAX = 60;

const quoted = (name = ""): string => JSON.stringify(name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name);

/** Where the text ends: ` at line 3, column 5`. */
export function endOf(source: string): string {
	const lines = source.split("\n");
	return ` at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
