/**
 * The edit model's pure part: what a person may change on an integration, what was changed as a JSON Merge Patch
 * (RFC 7396), and how two people's changes come together when the saved version has moved on.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const EDITABLE = [
	"name",
	"description",
	"categories",
	"workflow",
	"webhook",
	"schedule",
	"ordering",
	"retention",
	"silenceMinutes",
	"onFailureIntegrationId",
	"vars",
] as const;
/** Part of the integration object, but derived by the server: never sent back. */
const DERIVED = new Set(["webhook.url", "webhook.previousUrls", "schedule.nextRunAt"]);

/** The editable part of an integration, as plain JSON. */
export function draftOf<T>(integration: object): T {
	const draft: JsonObject = {};
	for (const field of EDITABLE) {
		const value = (integration as JsonObject)[field];
		if (value === undefined) continue;
		draft[field] = isObject(value) ? without(field, value) : value;
	}
	return draft as T;
}

/** The merge patch that turns `from` into `to`, or null where nothing differs. Arrays are replaced whole. */
export function patchBetween(from: unknown, to: unknown): JsonObject | null {
	const patch = difference(from as Json, to as Json);
	return patch === undefined ? null : (patch as JsonObject);
}

/** RFC 7396: objects merge, null removes, everything else replaces. */
export function applyPatch(target: Json | undefined, patch: Json): Json {
	if (!isObject(patch)) return patch;
	const result: JsonObject = isObject(target) ? { ...target } : {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete result[key];
		else result[key] = applyPatch(result[key], value);
	}
	return result;
}

/** Same JSON: key order does not count, list order does. */
export function sameJson(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
	if (!isObject(a as Json) || !isObject(b as Json) || Array.isArray(b)) return false;
	const left = definedEntries(a as JsonObject);
	const right = b as JsonObject;
	return (
		left.length === definedEntries(right).length && left.every(([key, value]) => Object.hasOwn(right, key) && sameJson(value, right[key]))
	);
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function difference(from: Json | undefined, to: Json): Json | undefined {
	if (sameJson(from, to)) return undefined;
	if (!isObject(from) || !isObject(to)) return to;
	const patch: JsonObject = {};
	for (const key of Object.keys(from)) if (to[key] === undefined) patch[key] = null;
	for (const [key, value] of definedEntries(to)) {
		const part = difference(from[key], value);
		if (part !== undefined) patch[key] = part;
	}
	return patch;
}

function definedEntries(object: JsonObject): [string, Json][] {
	return Object.entries(object).filter(([, value]) => value !== undefined);
}

function without(field: string, value: JsonObject): JsonObject {
	return Object.fromEntries(definedEntries(value).filter(([key]) => !DERIVED.has(`${field}.${key}`)));
}
