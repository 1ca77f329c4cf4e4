/**
 * Where and why JSON text does not parse, for people: engines word it differently and often leave the place out.
 * @returns `unexpected "}" at line 3, column 5`, or null where the text is valid
 */
export function findJsonMistake(text: string): string | null {
	const mistake = new Reader(text).mistake();
	if (mistake === null) return null;
	const before = text.slice(0, mistake).split("\n");
	const what =
		mistake >= text.length
			? "the text ends too early"
			: `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(mistake) ?? 0))}`;
	return `${what} at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const UNICODE = /u[0-9a-fA-F]{4}/y;

/** Thrown inside the reader only: the offset of the mistake. */
class Mistake {
	constructor(readonly at: number) {}
}

/** Recursive: the caller has bounded the depth. */
class Reader {
	#at = 0;

	constructor(readonly text: string) {}

	mistake(): number | null {
		try {
			this.#value();
			if (this.#at < this.text.length) throw new Mistake(this.#at);
			return null;
		} catch (error) {
			if (error instanceof Mistake) return error.at;
			throw error;
		}
	}

	#value(): void {
		this.#skip(SPACE);
		const character = this.text[this.#at];
		if (character === "{") this.#list("}", () => this.#member());
		else if (character === "[") this.#list("]", () => this.#value());
		else if (character === '"') this.#string();
		else if (this.#skip(SCALAR) === 0) throw new Mistake(this.#at);
		this.#skip(SPACE);
	}

	#list(close: string, item: () => void): void {
		this.#at++;
		this.#skip(SPACE);
		if (this.text[this.#at] === close) {
			this.#at++;
			return;
		}
		for (;;) {
			item();
			if (this.text[this.#at] === close) break;
			this.#expect(",");
		}
		this.#at++;
	}

	#member(): void {
		this.#skip(SPACE);
		if (this.text[this.#at] !== '"') throw new Mistake(this.#at);
		this.#string();
		this.#skip(SPACE);
		this.#expect(":");
		this.#value();
	}

	#string(): void {
		this.#at++;
		// By hand: a pattern runs out of stack in a long string.
		for (; this.#at < this.text.length; this.#at++) {
			const code = this.text.charCodeAt(this.#at);
			if (code === 0x22 || code < 0x20) break;
			if (code !== 0x5c) continue;
			if ('"\\/bfnrt'.includes(this.text.charAt(this.#at + 1) || " ")) this.#at++;
			else if (this.#looksLike(UNICODE, this.#at + 1)) this.#at += 5;
			else break;
		}
		this.#expect('"');
	}

	#looksLike(pattern: RegExp, at: number): boolean {
		pattern.lastIndex = at;
		return pattern.test(this.text);
	}

	#expect(character: string): void {
		if (this.text[this.#at] !== character) throw new Mistake(this.#at);
		this.#at++;
	}

	/** Steps over what the pattern matches here and answers its length. */
	#skip(pattern: RegExp): number {
		pattern.lastIndex = this.#at;
		const length = pattern.exec(this.text)?.[0].length ?? 0;
		this.#at += length;
		return length;
	}
}
