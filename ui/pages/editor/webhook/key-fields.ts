import { type KeySource, valueAt } from "../../../../worker/integrations/lane";
import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";
import { MASK } from "../mask";

/** A part of an event that an ordering key, or the recognition of duplicates, may name. */
export interface KeyField {
	/** `event.body.sku` */
	path: string;
	/** The path as people say it: `sku`, `header x-topic`. */
	label: string;
	value: string | number | boolean;
}

/** In whose bodies fields can be named, for people. */
export const READABLE =
	"Fields can be named in JSON, forms, JSON lines, JWT, and XML up to 1 MB; any other body is one text without fields.";

const DEPTH_MAX = 6;
const FIELDS_MAX = 200;
/** Headers that belong to the way a request travels, and say nothing about what happened. */
const TRAVEL_HEADER =
	/^(accept|accept-.*|cache-control|connection|content-.*|date|expect|forwarded|host|origin|pragma|referer|sec-.*|te|traceparent|tracestate|transfer-encoding|user-agent|via|x-forwarded-.*|x-real-ip)$/;
const LIKELY_KEY = /(^|[._-])(id|ids|sku|ean|code|key|number|no|reference|ref|uuid)$|(Id|Sku|Code|Key|Number|No|Reference|Ref|Uuid)$/;

/** What can be chosen from an event: plain values, those that look like an id first. Items of lists have to be typed. */
export function keyFields(source: KeySource): KeyField[] {
	const fields: KeyField[] = [];
	collect(fields, source.body(), ["event", "body"]);
	collect(fields, source.query(), ["event", "query"]);
	collect(fields, source.headers(), ["event", "headers"]);
	const chosen = fields.filter((field) => !isTravel(field) && parseOrderingKey(field.path)?.length === 1);
	return [...chosen.filter(isLikely), ...chosen.filter((field) => !isLikely(field))];
}

/** `event.body.order.id` → `order.id`; other parts say what they are. */
export function fieldLabel(path: string): string {
	const [, head = "", ...rest] = path.trim().split(".");
	const name = rest.join(".");
	if (head === "body") return name === "" ? "the whole body" : name;
	if (head === "headers") return name === "" ? "all headers" : `header ${name}`;
	if (head === "query") return name === "" ? "the whole query" : `query ${name}`;
	return head;
}

/** The paths of a key as it was typed, without the empty ones. */
export function pathsOf(key: string): string[] {
	return key
		.split(",")
		.map((path) => path.trim())
		.filter((path) => path !== "");
}

/** The list with the path, or without it where it was in it. */
export function toggled(paths: readonly string[], path: string): string[] {
	return paths.includes(path) ? paths.filter((one) => one !== path) : [...paths, path];
}

/** What each path finds in the event. */
export function findings(paths: readonly string[], source: KeySource): { path: string; value: unknown; hidden: boolean }[] {
	return paths.map((path) => {
		const value = valueAt(path, source);
		return { path, value, hidden: typeof value === "string" && value.includes(MASK) };
	});
}

/** A value as it is shown in a sentence: text without quotes, so that 7 and “7” still differ. */
export function valueWords(value: unknown): string {
	const text = typeof value === "string" ? `“${value}”` : (JSON.stringify(value) ?? "");
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function collect(fields: KeyField[], value: unknown, path: string[]): void {
	if (fields.length >= FIELDS_MAX || path.length > DEPTH_MAX + 2) return;
	if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
		// A whole body or query is no field of it.
		if (path.length > 2 && value !== "") fields.push({ path: path.join("."), label: fieldLabel(path.join(".")), value });
	} else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
		for (const [name, child] of Object.entries(value)) if (!name.includes(".")) collect(fields, child, [...path, name]);
	}
}

function isTravel({ path, value }: KeyField): boolean {
	if (!path.startsWith("event.headers.")) return false;
	return TRAVEL_HEADER.test(path.slice("event.headers.".length)) || (typeof value === "string" && value.includes(MASK));
}

const isLikely = ({ path, value }: KeyField): boolean =>
	path.startsWith("event.body.") && typeof value !== "boolean" && LIKELY_KEY.test(path);
