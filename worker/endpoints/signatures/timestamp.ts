import type { TimestampField } from "../../connectors/scheme";
import { rejected } from "./check";
import { find, type Reading, whereOf } from "./reading";
import type { Rejected } from "./verdict";

export interface SignedAt {
	status: "signedAt";
	/** As it was sent: this is what is signed. */
	text: string;
	/** Epoch milliseconds. */
	ms: number;
	/** What it counts in. */
	stepMs: 1 | 1000;
}

const DIGITS = /^(?:0|[1-9]\d{0,15})$/;
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;
const HTTP = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** When the request was signed, by its timestamp field. */
export function signedAtOf(field: TimestampField, pairs: ReadonlyMap<string, string>, reading: Reading): SignedAt | Rejected {
	const where = "pair" in field.in ? `${field.in.pair}=` : whereOf(field.in);
	let text: string | undefined;
	if ("pair" in field.in) text = pairs.get(field.in.pair);
	else {
		const found = find(field.in, reading);
		if (found.status === "doubled") return rejected({ kind: "doubled", where });
		if (found.status === "found") text = found.values[0];
	}
	if (text === undefined) return rejected({ kind: "timestamp_missing", where });
	const ms = millisecondsOf(text, field.unit);
	return ms === null
		? rejected({ kind: "timestamp_malformed", where })
		: { status: "signedAt", text, ms, stepMs: stepOf(text, field.unit) };
}

/** ISO times count in seconds where they have no fraction. */
export const stepOf = (text: string, unit: TimestampField["unit"]): SignedAt["stepMs"] =>
	unit === "milliseconds" || (unit === "iso" && text.includes(".")) ? 1 : 1000;

/** Epoch milliseconds of a timestamp; null unless it is written plainly. */
export function millisecondsOf(text: string, unit: TimestampField["unit"]): number | null {
	if (unit === "http") {
		const ms = HTTP.test(text) ? Date.parse(text) : Number.NaN;
		return Number.isNaN(ms) ? null : ms;
	}
	if (unit !== "iso") return DIGITS.test(text) ? Number(text) * (unit === "seconds" ? 1000 : 1) : null;
	const [, second = "", fraction = "", zone = ""] = ISO.exec(text) ?? [];
	// A three-digit fraction is all that Date is bound to read.
	const ms = Date.parse(`${second}${fraction === "" ? "" : fraction.slice(0, 4).padEnd(4, "0")}${zone}`);
	return Number.isNaN(ms) ? null : ms;
}
