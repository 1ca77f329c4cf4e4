import type { Reading } from "./reading";
import type { SignedAt } from "./timestamp";
import type { Fetched, Needs, Reason, Rejected, Verdict } from "./verdict";

/** A scheme with its keys ready, for one request after another. */
export type Check = (reading: Reading, now: number, fetched: Fetched) => Verdict | Needs;

/** A live secret and its place in the list. */
export interface LiveSecret {
	text: string;
	index: number;
}

/** What a person entered beside the secret, by option id. */
export type SchemeOptions = Readonly<Record<string, string | number | undefined>>;

const CODES: Readonly<Record<Reason["kind"], Rejected["code"]>> = {
	signature_missing: "signature_missing",
	timestamp_missing: "signature_missing",
	doubled: "signature_invalid",
	malformed: "signature_invalid",
	timestamp_malformed: "signature_invalid",
	part_missing: "signature_invalid",
	no_match: "signature_invalid",
	secret_unusable: "signature_invalid",
	clock: "timestamp_out_of_range",
	algorithm_refused: "signature_invalid",
	claim_mismatch: "signature_invalid",
	key_refused: "signature_invalid",
	key_unavailable: "key_unavailable",
};

export function rejected(reason: Reason): Rejected {
	return { status: "rejected", code: CODES[reason.kind], reason };
}

export const verified = (by: number): Verdict => ({ status: "verified", by });

/**
 * Verified by this secret, unless it was signed outside the window. A stamp in whole seconds is met by a clock in whole
 * seconds: what was signed exactly the tolerance ago would else be up to 999 ms too old.
 */
export function withinWindow(by: number, { ms, stepMs }: Pick<SignedAt, "ms" | "stepMs">, now: number, toleranceSeconds: number): Verdict {
	const difference = Math.floor(now / stepMs) * stepMs - ms;
	// Written so that NaN is refused.
	if (Math.abs(difference) <= toleranceSeconds * 1000) return verified(by);
	return rejected({ kind: "clock", differenceSeconds: Math.round(difference / 1000), toleranceSeconds });
}
