import { useRef, useState } from "preact/hooks";
import { sameJson } from "../draft";

/** An object edited as rows of name and value, so that half-typed and doubled names have a place to stand. */
export interface KeyedRow<V> {
	/** Stays with the row while its name changes. */
	key: number;
	name: string;
	value: V;
}

export interface KeyedRows<V> {
	rows: KeyedRow<V>[];
	/** Names that stand in an earlier row already. */
	doubled: ReadonlySet<number>;
	add(name: string, value: V): void;
	change(key: number, part: { name?: string; value?: V }): void;
	remove(key: number): void;
}

let lastKey = 0;

/** @param emit told the new object after each edit; rows without a name are left out, the first of doubled names counts */
export function useKeyedRows<V>(object: Record<string, V>, emit: (object: Record<string, V>) => void): KeyedRows<V> {
	const emitted = useRef(object);
	const [held, setRows] = useState(() => rowsOf(object));
	let rows = held;
	if (object !== emitted.current && !sameJson(object, emitted.current)) {
		// Changed from outside: undo, the JSON view, a reload.
		emitted.current = object;
		rows = rowsOf(object);
		setRows(rows);
	}

	const enter = (next: KeyedRow<V>[]): void => {
		setRows(next);
		emitted.current = composeRows(next);
		emit(emitted.current);
	};

	return {
		rows,
		doubled: doubledRows(rows),
		add: (name, value) => {
			lastKey += 1;
			enter([...rows, { key: lastKey, name, value }]);
		},
		change: (key, part) => enter(rows.map((row) => (row.key === key ? { ...row, ...part } : row))),
		remove: (key) => enter(rows.filter((row) => row.key !== key)),
	};
}

export function composeRows<V>(rows: readonly KeyedRow<V>[]): Record<string, V> {
	const doubled = doubledRows(rows);
	// Built from entries: assigning would set the prototype where a name is `__proto__`.
	return Object.fromEntries(rows.filter((row) => row.name !== "" && !doubled.has(row.key)).map((row) => [row.name, row.value]));
}

export function doubledRows<V>(rows: readonly KeyedRow<V>[]): Set<number> {
	const seen = new Set<string>();
	const doubled = new Set<number>();
	for (const row of rows) {
		if (row.name !== "" && seen.has(row.name)) doubled.add(row.key);
		seen.add(row.name);
	}
	return doubled;
}

function rowsOf<V>(object: Record<string, V>): KeyedRow<V>[] {
	return Object.entries(object).map(([name, value]) => {
		lastKey += 1;
		return { key: lastKey, name, value };
	});
}
