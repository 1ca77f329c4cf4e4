import type { Sender } from "../connectors/sender";
import { type KeySource, valueAt } from "./lane";

/** What a sender says of its own event. */
export interface SenderFacts {
	/** What it calls this kind of event. */
	name: string | null;
	/** When it happened there, in epoch ms. */
	occurredAt: number | null;
}

const NAME_MAX_LENGTH = 120;
/** A time before it or so far ahead of us is none: a field of another meaning, or a clock that was never set. */
const EARLIEST = Date.UTC(2000, 0, 1);
const AHEAD_MAX_MS = 366 * 24 * 3_600_000;

/**
 * @param now epoch ms
 * @param batchPath where the array stood that this event is an item of; null where it is a delivery of its own
 */
export function factsOf(sender: Sender | null, source: KeySource, now: number, batchPath: string | null = null): SenderFacts {
	const { eventName = [], eventTime } = sender ?? {};
	return {
		name: nameAt(eventName, source),
		occurredAt: eventTime === undefined ? null : timeOf(valueAt(inItem(eventTime.path, batchPath), source), eventTime.unit, now),
	};
}

/** Whether a sender may send the same body again, and mean it. */
export function mayComeAgain({ unless }: NonNullable<Sender["freshBody"]>, source: KeySource): boolean {
	return unless.some((path) => valueAt(path, source) !== null);
}

/** The first of the places where a name may stand that has a text. */
function nameAt(paths: readonly string[], source: KeySource): string | null {
	for (const path of paths) {
		const value = valueAt(path, source);
		if (typeof value === "string" && value !== "") return value.slice(0, NAME_MAX_LENGTH);
	}
	return null;
}

/** A path that names the first of several events, as it is within each of them. */
function inItem(path: string, batchPath: string | null): string {
	const first = `${batchPath}.0.`;
	return batchPath !== null && path.startsWith(first) ? `event.body.${path.slice(first.length)}` : path;
}

type Unit = NonNullable<Sender["eventTime"]>["unit"];

/** Epoch ms; null where the value is no time that can be meant. A time of day without a zone is in UTC. */
function timeOf(value: unknown, unit: Unit, now: number): number | null {
	const at = unit === "iso" ? isoTime(value) : Math.round(numberIn(value) * (unit === "seconds" ? 1_000 : 1));
	return at >= EARLIEST && at <= now + AHEAD_MAX_MS ? at : null;
}

function isoTime(value: unknown): number {
	if (typeof value !== "string" || value.length > 64) return Number.NaN;
	const text = value.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T");
	return Date.parse(/T[\d:.,]+$/.test(text) ? `${text}Z` : text);
}

function numberIn(value: unknown): number {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^\d{1,16}(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
}
