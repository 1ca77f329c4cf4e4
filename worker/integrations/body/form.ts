import { charsetOf, decodeText } from "../charset";

/**
 * The fields of `application/x-www-form-urlencoded` in their order. What stands behind percent signs is in the charset
 * of all the rest: older systems declare another than UTF-8.
 * @throws where the bytes are not of that charset, or it is one that nobody knows
 */
export function formFields(bytes: Uint8Array, contentType: string): Iterable<[name: string, value: string]> {
	const text = decodeText(bytes, contentType);
	const decoder = new TextDecoder(charsetOf(contentType));
	return decoder.encoding.startsWith("utf-") ? pairsIn(text) : fieldsIn(bytes, decoder);
}

/**
 * The pairs of a form or a query in UTF-8. A name or value that is not is read as Windows-1252, which older systems mean
 * and in which no two bytes read the same: the usual replacement would make one value of many.
 */
export function pairsIn(text: string): Iterable<[name: string, value: string]> {
	const pairs = new URLSearchParams(text);
	const isReplaced = /%[89a-f]/i.test(text) && pairs.toString().includes("%EF%BF%BD");
	return isReplaced ? fieldsIn(new TextEncoder().encode(text), UTF_8_OR_1252) : pairs;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const UTF_8_OR_1252 = {
	decode(bytes: Uint8Array): string {
		try {
			return UTF_8.decode(bytes);
		} catch {
			return new TextDecoder("windows-1252").decode(bytes);
		}
	},
};

const [AND, EQUALS, PLUS, PERCENT, SPACE] = [0x26, 0x3d, 0x2b, 0x25, 0x20];

function* fieldsIn(bytes: Uint8Array, decoder: Pick<TextDecoder, "decode">): Generator<[name: string, value: string]> {
	for (let from = 0; from < bytes.length; ) {
		const found = bytes.indexOf(AND, from);
		const field = bytes.subarray(from, found === -1 ? bytes.length : found);
		const equals = field.indexOf(EQUALS);
		if (equals === -1) {
			if (field.length > 0) yield [decoder.decode(unescaped(field)), ""];
		} else yield [decoder.decode(unescaped(field.subarray(0, equals))), decoder.decode(unescaped(field.subarray(equals + 1)))];
		from += field.length + 1;
	}
}

/** In bytes and not in letters: a letter of two bytes may have but the first of them behind a percent sign. */
function unescaped(bytes: Uint8Array): Uint8Array {
	const plain = new Uint8Array(bytes.length);
	let length = 0;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		const [high, low] = byte === PERCENT ? [hexDigit(bytes[at + 1]), hexDigit(bytes[at + 2])] : [null, null];
		if (high !== null && low !== null) {
			plain[length++] = high * 16 + low;
			at += 2;
		} else plain[length++] = byte === PLUS ? SPACE : byte;
	}
	return plain.subarray(0, length);
}

function hexDigit(byte = 0): number | null {
	if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
	const letter = (byte | 0x20) - 0x61;
	return letter >= 0 && letter < 6 ? letter + 10 : null;
}
