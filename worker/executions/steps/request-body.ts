import type { Headers } from "../../events/protocol/delivery";
import { mediaType } from "../../integrations/charset";
import { textOf } from "../template";

/**
 * A step's body as it is sent. Text goes as it stands; any other value as JSON, or as a form where the headers declare
 * one. Adds the Content-Type that is missing. Undefined is no body.
 */
export function encodeRequestBody(value: unknown, headers: Headers): string | null {
	if (value === undefined) return null;
	const declared = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
	if (typeof value === "string") {
		if (declared === undefined) headers.push(["Content-Type", "text/plain; charset=utf-8"]);
		return value;
	}
	if (
		declared !== undefined &&
		mediaType(declared) === "application/x-www-form-urlencoded" &&
		typeof value === "object" &&
		value !== null
	) {
		return encodeForm(value);
	}
	if (declared === undefined) headers.push(["Content-Type", "application/json"]);
	return JSON.stringify(value);
}

/** An array repeats its name; members that are objects are JSON. */
function encodeForm(value: object): string {
	const form = new URLSearchParams();
	for (const [name, member] of Object.entries(value)) {
		for (const item of Array.isArray(member) ? member : [member]) form.append(name, item === null ? "" : textOf(item));
	}
	return form.toString();
}
