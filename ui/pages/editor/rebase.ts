import { isObject, type Json, type JsonObject, sameJson } from "./draft";
import { wordsFor } from "./save-words";

/**
 * Two people saved: `base` is what mine started from, `theirs` is the newest saved version. Both are taken apart into
 * fields, a workflow step being one field, so that only what both have changed needs a decision.
 */

export interface Difference {
	/** Names the field in `takeTheirs`. */
	key: string;
	/** For people: `Methods it takes`, `Step “push”`. */
	label: string;
	base: Json | undefined;
	mine: Json | undefined;
	theirs: Json | undefined;
	/** True where both changed it, to different values. */
	both: boolean;
}

type Fields = Map<string, Json>;

const WHOLE = new Set(["name", "description", "categories", "silenceMinutes", "onFailureIntegrationId"]);
const ORDER = "workflow.order";

/** What I changed and the newest version does not have, in the order of the page. */
export function differences(base: unknown, mine: unknown, theirs: unknown): Difference[] {
	const [from, my, their] = [fieldsOf(base as JsonObject), fieldsOf(mine as JsonObject), fieldsOf(theirs as JsonObject)];
	const found: Difference[] = [];
	for (const key of allKeys(my, their, from)) {
		if (!mineChanged(key, from, my) || sameJson(my.get(key), their.get(key))) continue;
		const both = key === ORDER ? reordered(from, their) : !sameJson(from.get(key), their.get(key));
		found.push({ key, label: labelOf(key), base: from.get(key), mine: my.get(key), theirs: their.get(key), both });
	}
	return found;
}

/** My changes laid on the newest version; the fields in `takeTheirs` stay as the newest version has them. */
export function rebase<T>(base: T, mine: T, theirs: T, takeTheirs: ReadonlySet<string> = new Set()): T {
	const [from, my, their] = [fieldsOf(base as JsonObject), fieldsOf(mine as JsonObject), fieldsOf(theirs as JsonObject)];
	const merged: Fields = new Map();
	for (const key of allKeys(their, my, from)) {
		const value = !takeTheirs.has(key) && mineChanged(key, from, my) ? my.get(key) : their.get(key);
		if (value !== undefined) merged.set(key, value);
	}
	return compose(merged, their, my) as T;
}

function allKeys(...maps: Fields[]): Set<string> {
	return new Set(maps.flatMap((map) => [...map.keys()]));
}

function mineChanged(key: string, from: Fields, my: Fields): boolean {
	return key === ORDER ? reordered(from, my) : !sameJson(from.get(key), my.get(key));
}

/** True where steps that both have stand in another order: adding or removing one is no reordering. */
function reordered(from: Fields, to: Fields): boolean {
	const [before, after] = [orderOf(from), orderOf(to)];
	return !sameJson(
		before.filter((id) => after.includes(id)),
		after.filter((id) => before.includes(id)),
	);
}

function orderOf(fields: Fields): string[] {
	const order = fields.get(ORDER);
	return Array.isArray(order) ? order.map(String) : [];
}

function fieldsOf(draft: JsonObject): Fields {
	const fields: Fields = new Map();
	for (const [name, value] of Object.entries(draft)) {
		if (name === "workflow") addSteps(fields, value);
		else if (WHOLE.has(name) || !isObject(value)) fields.set(name, value);
		else for (const [key, part] of Object.entries(value)) if (part !== undefined) fields.set(`${name}.${key}`, part);
	}
	return fields;
}

function addSteps(fields: Fields, workflow: Json): void {
	const steps = isObject(workflow) && Array.isArray(workflow.steps) ? workflow.steps : [];
	const ids: string[] = [];
	for (const step of steps) {
		const id = isObject(step) ? String(step.id) : "";
		if (ids.includes(id)) continue;
		ids.push(id);
		fields.set(`step.${id}`, step);
	}
	fields.set(ORDER, ids);
}

function compose(merged: Fields, their: Fields, my: Fields): JsonObject {
	const draft: JsonObject = { webhook: {}, schedule: {}, ordering: {}, retention: {}, vars: {} };
	for (const [key, value] of merged) {
		if (key === ORDER || key.startsWith("step.")) continue;
		const dot = key.indexOf(".");
		const group = dot < 0 ? undefined : draft[key.slice(0, dot)];
		if (isObject(group)) group[key.slice(dot + 1)] = value;
		else draft[key] = value;
	}
	const ids = orderOf(merged);
	for (const other of [orderOf(my), orderOf(their)]) insertMissing(ids, other);
	draft.workflow = { steps: ids.flatMap((id) => merged.get(`step.${id}`) ?? []) };
	return draft;
}

/** Each id that `ids` lacks goes behind the one that precedes it in `other`. */
function insertMissing(ids: string[], other: string[]): void {
	other.forEach((id, i) => {
		if (ids.includes(id)) return;
		const before = other[i - 1];
		ids.splice(before === undefined ? 0 : ids.indexOf(before) + 1, 0, id);
	});
}

function labelOf(key: string): string {
	if (key === ORDER) return "Order of the steps";
	if (key.startsWith("step.")) return `Step “${key.slice(5)}”`;
	return key.startsWith("vars.") ? `Variable: ${key.slice(5)}` : wordsFor(key);
}
