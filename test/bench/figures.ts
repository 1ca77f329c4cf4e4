/** Figures of one measurement, and what a table and the last line make of them. */
export interface Figures {
	/** Events accepted (floor) or accepted and executed (variants) per second of wall time. */
	rps: number;
	/** Milliseconds from request to answer. */
	p50: number;
	p99: number;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	if (sorted.length === 0) return Number.NaN;
	const upper = sorted[Math.floor(middle)] ?? Number.NaN;
	return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}

export function medians(measured: readonly Figures[]): Figures {
	const of = (pick: (figures: Figures) => number, digits: number) => round(median(measured.map(pick)), digits);
	return { rps: of((each) => each.rps, 0), p50: of((each) => each.p50, 2), p99: of((each) => each.p99, 2) };
}

export function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}

/** `812 (640–990)` */
export function withSpread(values: readonly number[], digits: number): string {
	const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
	return `${median(values).toFixed(digits)} (${low}–${high})`;
}

/** Columns padded to their widest cell, the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
	const line = (row: readonly string[]) =>
		row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ");
	return rows.map(line).join("\n");
}
