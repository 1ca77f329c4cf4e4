import * as z from "zod";

/** A letter, a digit or another sign that one can see: no space, no mark by itself, none of the blanks that pass for letters. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\ufffd]/u;
/** Controls, line separators, halves of characters, what decoders leave of broken text, and what turns the reading direction around. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufffd\u202a-\u202e\u2066-\u2069]/u;

/** What people call something: one line of 1 to `max` characters, of which one at least can be seen. */
export const nameText = (max: number) =>
	z
		.string()
		.trim()
		.min(1)
		.max(max)
		.refine((text) => !FORBIDDEN.test(text), { message: "A name has no control characters, and none that could not be read.", abort: true })
		.refine((text) => text === "" || VISIBLE.test(text), "A name needs a character that one can see.");

/** As much of a name as `max` allows, cut between characters and never inside one. */
export function shortenName(name: string, max: number): string {
	let kept = "";
	for (const character of name) {
		if (kept.length + character.length > max) break;
		kept += character;
	}
	return kept.trimEnd();
}
