import * as z from "zod";
import { PATTERNS, type Pattern } from "./patterns";

/** What of an integration's events is masked before anything is kept: fields by their paths, and values by what they look like. */

export const FIELDS_MAX = 50;
const FIELD_MAX_LENGTH = 500;

const fieldSchema = z
	.string()
	.max(FIELD_MAX_LENGTH)
	.refine((path) => namesOf(path) !== null, "a path such as event.body.card.number, event.headers.x-token or event.query.key");

export const redactionSchema = z
	.strictObject({
		/** Paths; `[]` after a name stands for every element of a list. */
		fields: z.array(fieldSchema).max(FIELDS_MAX).default([]),
		/** Kinds of values that are found wherever they stand. */
		patterns: z.array(z.enum(PATTERNS)).max(PATTERNS.length).default([]),
	})
	.refine(({ fields, patterns }) => fields.length + patterns.length > 0, "Name a field or a kind of value, or send null.");
export type Redaction = z.infer<typeof redactionSchema>;

export const NO_REDACTION: Redaction = { fields: [], patterns: [] };

/** A place on the way to masked fields. */
export interface Node {
	/** The path of the field that ends here; null where none does. */
	field: string | null;
	children: Map<string, Node>;
}

/** A redaction made ready to be looked up. */
export interface Rules {
	body: Node;
	/** By lower-case name. */
	headers: Map<string, string>;
	query: Node;
	patterns: readonly Pattern[];
}

const HEADS = ["body", "headers", "query"];
const NAME = /^[^.[\]\s,"\\]{1,100}$/u;

/** The names of a path without `event` and `[]`; null where it is none. */
function namesOf(path: string): string[] | null {
	const [root, ...names] = path
		.trim()
		.replaceAll(/\[\](?=\.|$)/g, "")
		.split(".");
	const [head, ...rest] = names;
	if (root !== "event" || head === undefined || !HEADS.includes(head) || !rest.every((name) => NAME.test(name))) return null;
	if (head === "headers" ? rest.length !== 1 : head === "query" && rest.length === 0) return null;
	return names;
}

const ready = new WeakMap<Redaction, Rules>();

export function rulesOf(redaction: Redaction): Rules {
	let rules = ready.get(redaction);
	if (rules === undefined) {
		rules = { body: node(), headers: new Map(), query: node(), patterns: redaction.patterns };
		for (const field of redaction.fields) {
			const [head, ...names] = namesOf(field) ?? [];
			if (head === "headers") rules.headers.set((names[0] ?? "").toLowerCase(), field);
			else if (head === "body" || head === "query") endOf(rules[head], names).field = field;
		}
		ready.set(redaction, rules);
	}
	return rules;
}

/** Both together: an event is masked by the rules of its arrival, and by those of now. */
export function joined(one: Redaction | null, other: Redaction | null): Redaction | null {
	if (one === null || other === null) return one ?? other;
	return {
		fields: [...new Set([...one.fields, ...other.fields])],
		patterns: [...new Set([...one.patterns, ...other.patterns])],
	};
}

const whole = new WeakMap<Redaction, { path: string; redaction: Redaction }>();

/** The redaction by which a webhook's deliveries are masked, and the items of its batches. */
export function redactionOf<R extends Redaction | null>({
	redaction,
	batch,
}: {
	redaction: R;
	batch?: { path: string } | null;
}): Redaction | R {
	return redaction && batch ? inBatches(redaction, batch.path) : redaction;
}

/**
 * The redaction of an integration that takes batches. A field is masked whether it was named as it stands in an item or as
 * it stands in the whole delivery, in the items of an accepted one and in the whole of one that was refused.
 * @param path of the batch: `event.body.data.events`
 */
export function inBatches(redaction: Redaction, path: string): Redaction {
	const known = whole.get(redaction);
	if (known?.path === path) return known.redaction;
	const [, ...batch] = namesOf(path) ?? [];
	const fields = redaction.fields.flatMap((field) => {
		const [head, ...names] = namesOf(field) ?? [];
		if (head !== "body") return [field];
		const within = batch.every((name, at) => name === names[at]);
		const around = names.every((name, at) => name === batch[at]);
		// The place of one item says nothing in an item.
		const inItem = within ? names.slice(batch.length).filter((name, at) => at > 0 || !/^\d+$/.test(name)) : around ? [] : null;
		return [field, pathOf([...batch, ...names]), ...(inItem === null ? [] : [pathOf(inItem)])];
	});
	const made = { fields: [...new Set(fields)], patterns: redaction.patterns };
	whole.set(redaction, { path, redaction: made });
	return made;
}

const pathOf = (names: readonly string[]): string => ["event.body", ...names].join(".");

/** Whether a field of the body is named. */
export const namesBody = ({ body }: Rules): boolean => body.field !== null || body.children.size > 0;

/** The places that a member of this name leads to. A list on the way is passed through, so `items.ssn` is in each item. */
export function below(nodes: readonly Node[], name: string): Node[] {
	const [only] = nodes;
	if (only === undefined || nodes.length > 1) return nodes.flatMap(({ children }) => children.get(name) ?? []);
	const child = only.children.get(name);
	return child === undefined ? [] : [child];
}

/** The places in an element of a list: those of the list, and those that name this element. Each once, however deep lists nest. */
export function inside(nodes: readonly Node[], index: string): readonly Node[] {
	const named = below(nodes, index);
	return named.length === 0 ? nodes : [...new Set([...nodes, ...named])];
}

/** The field that ends at one of these places; null where none does. */
export const fieldAt = (nodes: readonly Node[]): string | null => nodes.find(({ field }) => field !== null)?.field ?? null;

function endOf(root: Node, names: readonly string[]): Node {
	let at = root;
	for (const name of names) {
		let next = at.children.get(name);
		if (next === undefined) {
			next = node();
			at.children.set(name, next);
		}
		at = next;
	}
	return at;
}

const node = (): Node => ({ field: null, children: new Map() });
