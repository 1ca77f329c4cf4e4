/**
 * Crockford's base32 in lower case (https://www.crockford.com/base32.html): no i, l, o, u, so an id can be read aloud.
 * Text order equals numeric order.
 */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Random part of an id: 10 bytes, 80 bits, 16 characters. An endpoint key carries the same 10 bytes. */
export const ID_BYTES = 10;
export const ID_LENGTH = 16;

const SEQUENCE_LENGTH = 8; // 40 bits: 1.1e12 events an integration
const NUMBER_LENGTH = 3; // 15 bits: 32,767 executions an event

export type IdPrefix = "int" | "con" | "usr" | "wsp" | "tok" | "inv" | "req" | "del" | "alr";

export function newId(prefix: IdPrefix): string {
	return `${prefix}_${encodeBytes(crypto.getRandomValues(new Uint8Array(ID_BYTES)))}`;
}

/** True for text that `newId(prefix)` can have made. */
export function isId(prefix: IdPrefix, text: string): boolean {
	return text.length === prefix.length + 1 + ID_LENGTH && text.startsWith(`${prefix}_`) && isBase32(text.slice(prefix.length + 1));
}

/** An event's id is its integration and sequence number: nothing to store, nothing to index. */
export function eventId(integrationId: string, sequence: number): string {
	return `evt_${integrationId.slice(4)}${encodeNumber(sequence, SEQUENCE_LENGTH)}`;
}

export function executionId(integrationId: string, sequence: number, number: number): string {
	return `exe_${integrationId.slice(4)}${encodeNumber(sequence, SEQUENCE_LENGTH)}${encodeNumber(number, NUMBER_LENGTH)}`;
}

/** The id of a delivery that made no event and is kept as row `id`. */
export const keptDeliveryId = (integrationId: string, id: number): string => `del_${integrationId.slice(4)}r${id}`;

/** The sequence number in an event's id, or null where the id is malformed or names another integration's event. */
export function sequenceOf(integrationId: string, id: string): number | null {
	const prefix = `evt_${integrationId.slice(4)}`;
	if (!id.startsWith(prefix) || id.length !== prefix.length + SEQUENCE_LENGTH) return null;
	return decodeNumber(id.slice(prefix.length));
}

export function executionOf(integrationId: string, id: string): { sequence: number; number: number } | null {
	const prefix = `exe_${integrationId.slice(4)}`;
	if (!id.startsWith(prefix) || id.length !== prefix.length + SEQUENCE_LENGTH + NUMBER_LENGTH) return null;
	const sequence = decodeNumber(id.slice(prefix.length, prefix.length + SEQUENCE_LENGTH));
	const number = decodeNumber(id.slice(prefix.length + SEQUENCE_LENGTH));
	return sequence === null || number === null ? null : { sequence, number };
}

/** 5 bits a character; the length in bytes must be a multiple of 5. */
export function encodeBytes(bytes: Uint8Array): string {
	let text = "";
	let bits = 0;
	let held = 0;
	for (const byte of bytes) {
		held = (held << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			text += ALPHABET[(held >> bits) & 31];
		}
		held &= (1 << bits) - 1;
	}
	return text;
}

export function decodeBytes(text: string): Uint8Array {
	const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (const character of text) {
		held = (held << 5) | ALPHABET.indexOf(character);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes[at++] = (held >> bits) & 255;
		}
		held &= (1 << bits) - 1;
	}
	return bytes;
}

function encodeNumber(value: number, length: number): string {
	let text = "";
	let rest = value;
	for (let i = 0; i < length; i++) {
		text = ALPHABET[rest % 32] + text;
		rest = Math.floor(rest / 32);
	}
	return text;
}

function decodeNumber(text: string): number | null {
	let value = 0;
	for (const character of text) {
		const digit = ALPHABET.indexOf(character);
		if (digit < 0) return null;
		value = value * 32 + digit;
	}
	return value;
}

function isBase32(text: string): boolean {
	for (const character of text) if (!ALPHABET.includes(character)) return false;
	return true;
}
