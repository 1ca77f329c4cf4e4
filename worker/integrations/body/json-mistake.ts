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
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in strings
const STRING_PART = /(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

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
		this.#skip(STRING_PART);
		this.#expect('"');
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
