/** How a check ended, in values that may be stored and shown: never a secret, never the signature that was expected. */
export type Verdict = Verified | Rejected;

export interface Verified {
	status: "verified";
	/** Which of the live secrets matched, by its place in the list. */
	by: number;
}

export interface Rejected {
	status: "rejected";
	code: "signature_missing" | "signature_invalid" | "timestamp_out_of_range" | "key_unavailable";
	reason: Reason;
}

/** What is missing before it can be decided: a key or certificate of the sender. The engine itself never calls out. */
export interface Needs {
	status: "needs";
	fetch: NeededFetch;
}

export interface NeededFetch {
	/** What to file the answer under for the next call of `verify`. */
	name: string;
	method: "GET" | "POST";
	/** https, its host one of `hosts`; redirects must not be followed. */
	url: string;
	hosts: readonly string[];
	headers: Readonly<Record<string, string>>;
	body?: string;
	maxBytes: number;
	/** How long the answer may be kept for other deliveries. */
	keepSeconds: number;
}

/** Answers with status 200, by the name of the fetch; null where it could not be had. */
export type Fetched = ReadonlyMap<string, Uint8Array | null>;

/** Why a delivery was refused, by what stands in it. */
export type Reason =
	/** Neither header nor field with a signature is there. `looked`: where. */
	| { kind: "signature_missing"; looked: string }
	/** The header came twice. */
	| { kind: "doubled"; where: string }
	/** Not the form that the sender uses: prefix, pairs, or the letters of its encoding. */
	| { kind: "malformed"; where: string; length: number }
	| { kind: "timestamp_missing"; where: string }
	| { kind: "timestamp_malformed"; where: string }
	/** Something that is signed is missing: a header or field. */
	| { kind: "part_missing"; where: string }
	/** Well-formed, and not made with a live secret over this request. */
	| { kind: "no_match"; where: string; candidates: number; secrets: number }
	/** A stored secret has not the form that this sender's secrets have, or there is none. */
	| { kind: "secret_unusable" }
	/** Right but for the time. `differenceSeconds`: ours minus theirs. `claim`: of a token, which of its times; `exp` is no time of signing. */
	| { kind: "clock"; differenceSeconds: number; toleranceSeconds: number; claim?: "exp" | "nbf" | "iat" }
	/** The token names an algorithm that is not allowed. */
	| { kind: "algorithm_refused"; algorithm: string }
	/** A signed claim says something else: `aud`, `qsh`, the body's digest. */
	| { kind: "claim_mismatch"; claim: string }
	/** Certificate or key of another host, unreadable, or out of its time. */
	| { kind: "key_refused"; where: string }
	/** The sender's key could not be fetched; it may be tried again. */
	| { kind: "key_unavailable"; where: string };
