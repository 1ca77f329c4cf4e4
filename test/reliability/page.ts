import type { PartName } from "./parts.ts";
import type { Row } from "./rows.ts";

/** When and on what a part was measured. */
export interface Circumstances {
	/** YYYY-MM-DD */
	date: string;
	/** Processors, memory, versions. */
	machine: string;
}

const BEGIN = "<!-- written by npm run reliability -->";
const END = "<!-- end -->";

/** @returns the page with another table in the place of its old one */
export function withTable(page: string, rows: readonly Row[], measured: Partial<Record<PartName, Circumstances>>): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`the page has no place for the table, between ${BEGIN} and ${END}`);
	return `${page.slice(0, begin)}${BEGIN}\n\n${tableOf(rows, measured)}\n\n${page.slice(end)}`;
}

function tableOf(rows: readonly Row[], measured: Partial<Record<PartName, Circumstances>>): string {
	const machines = [...new Set(Object.values(measured).map(({ machine }) => machine))];
	const lines = rows.map(({ part, promise, how, bar, figure, verdict }) => {
		const circumstances = measured[part];
		const place = machines.length > 1 && circumstances ? ` (${machines.indexOf(circumstances.machine) + 1})` : "";
		return [promise, how, bar, figure, verdict === "missed" ? "**missed**" : verdict, `${circumstances?.date ?? "–"}${place}`];
	});
	const table = [["what is promised", "how it was measured", "bar", "figure", "verdict", "measured"], Array(6).fill("---"), ...lines];
	const legend = machines.map((machine, index) => (machines.length > 1 ? `(${index + 1}) ${machine}` : machine)).join("; ");
	return `${table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n\nMachine: ${legend}.`;
}
