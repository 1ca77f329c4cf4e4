import { ExpressionError } from "./expression-error";

/** A regular expression's parts, for the machine in regex.ts. */
export type RegexNode =
	/** One UTF-16 unit. */
	| { kind: "char"; test: (code: number) => boolean }
	| { kind: "assert"; holds: (text: string, at: number) => boolean }
	| { kind: "sequence"; parts: RegexNode[] }
	| { kind: "choice"; options: RegexNode[] }
	| { kind: "group"; index: number; inner: RegexNode }
	/** `groupsFrom` to `groupsTo` (exclusive) are the groups inside. */
	| { kind: "repeat"; inner: RegexNode; min: number; max: number; lazy: boolean; groupsFrom: number; groupsTo: number };

/** Reads the source of an expression that the runtime has accepted already (without the flags u and v). */
export function parseRegex(pattern: RegExp): { root: RegexNode; groups: number } {
	const { source, ignoreCase, multiline } = pattern;
	let at = 0;
	let groups = 0;

	const choice = (): RegexNode => {
		const options = [sequence()];
		while (source[at] === "|") {
			at++;
			options.push(sequence());
		}
		const [only] = options;
		return options.length === 1 && only ? only : { kind: "choice", options };
	};

	const sequence = (): RegexNode => {
		const parts: RegexNode[] = [];
		while (at < source.length && source[at] !== "|" && source[at] !== ")") parts.push(repeated());
		return { kind: "sequence", parts };
	};

	const repeated = (): RegexNode => {
		const groupsFrom = groups + 1;
		const inner = atom();
		const quantifier = /^(?:([*+?])|\{(\d+)(,(\d*))?\})(\??)/.exec(source.slice(at, at + 40));
		if (quantifier === null) return inner;
		at += quantifier[0].length;
		const [, sign, low, comma, high, lazy] = quantifier;
		const min = sign === undefined ? Number(low) : sign === "+" ? 1 : 0;
		const max =
			sign === "?" ? 1 : sign !== undefined || (comma !== undefined && high === "") ? Number.POSITIVE_INFINITY : Number(high ?? low);
		return { kind: "repeat", inner, min, max, lazy: lazy === "?", groupsFrom, groupsTo: groups + 1 };
	};

	const atom = (): RegexNode => {
		const character = source[at] ?? "";
		switch (character) {
			case "(":
				return group();
			case "^":
				at++;
				return { kind: "assert", holds: multiline ? (text, i) => i === 0 || isLineEnd(text[i - 1]) : (_, i) => i === 0 };
			case "$":
				at++;
				return { kind: "assert", holds: multiline ? (text, i) => i === text.length || isLineEnd(text[i]) : (text, i) => i === text.length };
			case "[":
				return charOf(source.slice(at, classEnd()));
			case "\\":
				return escaped();
			default:
				return charOf(character);
		}
	};

	const group = (): RegexNode => {
		const opening = /^\((?:\?(?::|<[^=!>][^>]*>))?/.exec(source.slice(at))?.[0] ?? "(";
		at += opening.length;
		if (opening === "(" && source[at] === "?") throw refused("Look-ahead, look-behind and inline flags");
		const index = opening === "(?:" ? null : ++groups;
		const inner = choice();
		at++; // the closing parenthesis
		return index === null ? inner : { kind: "group", index, inner };
	};

	const escaped = (): RegexNode => {
		const text = /^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[\s\S])/.exec(source.slice(at, at + 6))?.[0] ?? "\\";
		if (text === "\\b" || text === "\\B") {
			at += 2;
			return { kind: "assert", holds: (whole, i) => (isWord(whole[i - 1]) !== isWord(whole[i])) === (text === "\\b") };
		}
		if (/^\\[1-9k]$/.test(text) || /^\\0\d/.test(source.slice(at, at + 3))) throw refused("Back-references and octal escapes");
		return charOf(text);
	};

	/** Steps over `text` and answers a test for the one character that it stands for; the runtime itself judges, once a code. */
	const charOf = (text: string): RegexNode => {
		at += text.length;
		if (text.length === 1 && !ignoreCase && text !== ".") {
			const wanted = text.charCodeAt(0);
			return { kind: "char", test: (code) => code === wanted };
		}
		const judge = new RegExp(`^(?:${text === "]" || text === "{" || text === "}" ? `\\${text}` : text})$`, ignoreCase ? "i" : "");
		const known = new Map<number, boolean>();
		return {
			kind: "char",
			test: (code) => {
				let answer = known.get(code);
				if (answer === undefined) {
					answer = judge.test(String.fromCharCode(code));
					known.set(code, answer);
				}
				return answer;
			},
		};
	};

	const classEnd = (): number => {
		let end = at + 1;
		while (end < source.length && source[end] !== "]") end += source[end] === "\\" ? 2 : 1;
		return end + 1;
	};

	return { root: choice(), groups };
}

function isLineEnd(character: string | undefined): boolean {
	return character === "\n" || character === "\r" || character === "\u2028" || character === "\u2029";
}

function isWord(character: string | undefined): boolean {
	return character !== undefined && /\w/.test(character);
}

function refused(what: string): ExpressionError {
	return new ExpressionError("expression_refused", `${what} are not available in regular expressions.`, null);
}
