/** A stretch of a text: from the first character to behind the last. */
export type Span = [from: number, to: number];

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const LETTERS_AND_DIGITS = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0));

export const isLetterOrDigit = (code: number): boolean => code < 128 && LETTERS_AND_DIGITS[code] === 1;

/** What people write between the groups of a number: spaces, hyphens and dashes, a point, a slash, a line. */
export function isSeparator(code: number): boolean {
	if (code < 128) return code === 0x20 || code === 0x2d || code === 0x2e || code === 0x2f || code === 0x5f;
	return code === 0xa0 || code === 0x202f || (code >= 0x2009 && code <= 0x200a) || (code >= 0x2010 && code <= 0x2014);
}
