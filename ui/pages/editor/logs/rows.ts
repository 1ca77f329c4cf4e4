/** A list that pages by cursor and is changed by the live feed without jumping under the reader. */

export interface Row {
	id: string;
}

export interface LiveList<T extends Row> {
	/** Newest first. */
	rows: T[];
	/** New ones that wait above until the reader asks for them, newest first. */
	waiting: T[];
	/** Where the next, older page begins; null at the end. */
	cursor: string | null;
}

export function emptyList<T extends Row>(): LiveList<T> {
	return { rows: [], waiting: [], cursor: null };
}

/** The list with an older page behind it; rows that are there already are not doubled. */
export function appendPage<T extends Row>(list: LiveList<T>, page: { items: T[]; cursor: string | null }): LiveList<T> {
	const known = new Set([...list.rows, ...list.waiting].map((row) => row.id));
	return { ...list, rows: [...list.rows, ...page.items.filter((row) => !known.has(row.id))], cursor: page.cursor };
}

/**
 * The list after changes from the live feed.
 * @param wanted false for a row that the filter excludes: it leaves the list where it was in it
 * @param newer negative where the first comes before the second in the list
 * @param hold the reader has scrolled down: new rows wait
 */
export function applyChanges<T extends Row>(
	list: LiveList<T>,
	changed: readonly T[],
	options: { wanted: (row: T) => boolean; newer: (a: T, b: T) => number; hold: boolean },
): LiveList<T> {
	if (changed.length === 0) return list;
	const latest = new Map(changed.map((row) => [row.id, row]));
	const update = (rows: T[]): T[] => rows.map((row) => take(latest, row)).filter(options.wanted);
	const rows = update(list.rows);
	const waiting = update(list.waiting);
	const last = list.rows.at(-1);
	// What is older than the last row comes with its page.
	const inReach = (row: T): boolean => list.cursor === null || last === undefined || options.newer(row, last) < 0;
	const fresh = [...latest.values()].filter((row) => options.wanted(row) && inReach(row));
	if (options.hold) return { ...list, rows, waiting: [...fresh, ...waiting].sort(options.newer) };
	return { ...list, rows: [...fresh, ...waiting, ...rows].sort(options.newer), waiting: [] };
}

/** Shows what was waiting. */
export function showWaiting<T extends Row>(list: LiveList<T>): LiveList<T> {
	return { ...list, rows: [...list.waiting, ...list.rows], waiting: [] };
}

/** Removes from `latest` what was used, so that what remains is new. */
function take<T extends Row>(latest: Map<string, T>, row: T): T {
	const changed = latest.get(row.id);
	latest.delete(row.id);
	return changed ?? row;
}
