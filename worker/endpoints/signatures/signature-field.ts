import type { SignatureField } from "../../connectors/scheme";
import { rejected } from "./check";
import { decode } from "./decode";
import { find, type Reading, whereOf } from "./reading";
import type { Rejected } from "./verdict";

/** Signatures that one request may offer: the most that any sender was seen to send. What they are compared with is made once. */
const CANDIDATES_MAX = 100;
/** Of those that belong to a public key: for each the whole message is hashed again. */
export const PUBLIC_KEY_CANDIDATES_MAX = 5;

export interface Candidates {
	status: "candidates";
	/** Decoded. */
	signatures: readonly Uint8Array[];
	/** The other pairs of the signature's header. */
	pairs: ReadonlyMap<string, string>;
	where: string;
}

const NO_PAIRS: ReadonlyMap<string, string> = new Map();

/**
 * The signatures that a request carries where the scheme says. A header that was sent twice arrives as one, joined by a
 * comma and a space: what has them is refused, unless the sender writes its lists or pairs so. Of pairs, none may come twice.
 * @param most signatures that are looked at: with more, the request is refused
 */
export function candidatesOf(field: SignatureField, reading: Reading, most = CANDIDATES_MAX): Candidates | Rejected {
	const where = whereOf(field.in);
	const found = find(field.in, reading);
	if (found.status === "missing") return rejected({ kind: "signature_missing", looked: where });
	if (found.status === "doubled") return rejected({ kind: "doubled", where });
	let pairs = NO_PAIRS;
	const signatures: Uint8Array[] = [];
	for (const value of found.values) {
		if (value.includes(", ") && field.list !== ", " && field.pairs !== ", ") return rejected({ kind: "doubled", where });
		const parsed = textsOf(field, value);
		if (parsed === null) return rejected({ kind: "malformed", where, length: value.length });
		pairs = parsed.pairs;
		for (const text of parsed.texts) {
			const bytes = decode(text, field.encoding);
			if (bytes === null || signatures.length >= most) return rejected({ kind: "malformed", where, length: value.length });
			signatures.push(bytes);
		}
	}
	if (signatures.length === 0) return rejected({ kind: "malformed", where, length: found.values[0]?.length ?? 0 });
	return { status: "candidates", signatures, pairs, where };
}

interface Parsed {
	texts: readonly string[];
	pairs: ReadonlyMap<string, string>;
}

function textsOf(field: SignatureField, value: string): Parsed | null {
	const prefix = field.prefix ?? "";
	if (field.list !== undefined) {
		const own = value.split(field.list).filter((element) => element.startsWith(prefix));
		return { texts: own.map((element) => element.slice(prefix.length)), pairs: NO_PAIRS };
	}
	if (!value.startsWith(prefix)) return null;
	const rest = value.slice(prefix.length);
	if (field.pairs === undefined) return { texts: [rest], pairs: NO_PAIRS };
	const sets = field.sets === undefined ? [rest] : rest.split(field.sets);
	return pairsOf(sets, field);
}

/** What is no signature may come once in a set, and with one value in all of them. */
function pairsOf(sets: readonly string[], field: Extract<SignatureField, { pairs: string }>): Parsed | null {
	const texts: string[] = [];
	let first: ReadonlyMap<string, string> | null = null;
	for (const set of sets) {
		const pairs = pairsOfSet(set, field, texts);
		if (pairs === null) return null;
		first ??= pairs;
		if (pairs.size !== first.size) return null;
		for (const [name, text] of pairs) if (first.get(name) !== text) return null;
	}
	return { texts, pairs: first ?? NO_PAIRS };
}

/** The pairs that are no signatures; those go to `texts`. */
function pairsOfSet(
	set: string,
	{ pairs: delimiter, is = "=", signature }: Extract<SignatureField, { pairs: string }>,
	texts: string[],
): Map<string, string> | null {
	const pairs = new Map<string, string>();
	for (const pair of set.split(delimiter === ", " ? /, ?/ : delimiter)) {
		const at = pair.indexOf(is);
		if (at <= 0) return null;
		const name = pair.slice(0, at);
		const text = pair.slice(at + is.length);
		if (/\s/.test(pair)) return null;
		if (name === signature) texts.push(text);
		else if (pairs.has(name)) return null;
		else pairs.set(name, text);
	}
	return pairs;
}
