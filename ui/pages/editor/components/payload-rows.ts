/** A JSON value as the flat list of rows that its foldable tree shows. */

export type PathPart = string | number;

export interface PayloadRow {
	/** Names the row: its path as JSON. */
	key: string;
	path: readonly PathPart[];
	/** From 0. */
	depth: number;
	/** Field name or position; null at the root. */
	name: PathPart | null;
	value: unknown;
	kind: "object" | "array" | "string" | "number" | "boolean" | "null" | "more";
	/** Fields or items; 0 for a plain value. */
	size: number;
	open: boolean;
	/** Position among its siblings, from 1, and how many there are: for screen readers. */
	position: number;
	siblings: number;
}

/** Children shown at once; a row “more” shows as many again. */
export const CHILDREN_STEP = 100;

export interface Folding {
	/** Rows that were opened (true) or closed (false) by hand. */
	open: ReadonlyMap<string, boolean>;
	/** How many children a long row shows, where it is not the first hundred. */
	shown: ReadonlyMap<string, number>;
	/** Rows less deep than this are open by themselves. */
	openDepth: number;
}

/** The visible rows, in order. */
export function payloadRows(value: unknown, folding: Folding): PayloadRow[] {
	const rows: PayloadRow[] = [];
	addRow(rows, value, [], { position: 1, siblings: 1 }, folding);
	return rows;
}

/** How deep a value is opened at first, so that about `rowsWanted` rows show. */
export function openingDepth(value: unknown, rowsWanted = 60): number {
	let depth = 0;
	let level: unknown[] = [value];
	let rows = 1;
	while (level.length > 0 && depth < 8) {
		level = level.flatMap((one) => childrenOf(one).map(([, child]) => child));
		rows += level.length;
		if (rows > rowsWanted) return Math.max(depth, 1);
		depth += 1;
	}
	return depth;
}

export function rowKey(path: readonly PathPart[]): string {
	return JSON.stringify(path);
}

function addRow(
	rows: PayloadRow[],
	value: unknown,
	path: PathPart[],
	place: { position: number; siblings: number },
	folding: Folding,
): void {
	const key = rowKey(path);
	const children = childrenOf(value);
	const open = children.length > 0 && (folding.open.get(key) ?? path.length < folding.openDepth);
	rows.push({
		key,
		path,
		depth: path.length,
		name: path.at(-1) ?? null,
		value,
		kind: kindOf(value),
		size: children.length,
		open,
		...place,
	});
	if (!open) return;
	const shown = folding.shown.get(key) ?? CHILDREN_STEP;
	const siblings = Math.min(children.length, shown) + (children.length > shown ? 1 : 0);
	children.slice(0, shown).forEach(([name, child], i) => {
		addRow(rows, child, [...path, name], { position: i + 1, siblings }, folding);
	});
	if (children.length > shown) {
		const more = { key: `${key}…`, path, depth: path.length + 1, name: null, value: children.length - shown, kind: "more" as const };
		rows.push({ ...more, size: 0, open: false, position: siblings, siblings });
	}
}

function childrenOf(value: unknown): [PathPart, unknown][] {
	if (Array.isArray(value)) return value.map((item, i) => [i, item]);
	return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function kindOf(value: unknown): PayloadRow["kind"] {
	if (Array.isArray(value)) return "array";
	if (value === null || value === undefined) return "null";
	switch (typeof value) {
		case "object":
			return "object";
		case "number":
		case "bigint":
			return "number";
		case "boolean":
			return "boolean";
		default:
			return "string";
	}
}
