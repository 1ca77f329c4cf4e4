import type { ComponentChildren } from "preact";
import type { Pages } from "../resource";
import { Button, join } from "./button";
import { BackIcon, ChevronIcon } from "./icons";
import { Callout, Skeleton } from "./surfaces";
import "./table.css";

export interface Column<Row> {
	id: string;
	header: string;
	/** Keeps the header for assistive technology alone (a column of buttons). */
	headerUnseen?: boolean;
	cell: (row: Row) => ComponentChildren;
	align?: "end";
	/** Where rows become cards: without its header; "wide" takes a line of its own. */
	narrow?: "bare" | "wide";
}

interface DataTableProps<Row> {
	/** Accessible name of the table. */
	label: string;
	columns: readonly Column<Row>[];
	/** undefined while loading: skeleton rows of the same height stand in. */
	rows: readonly Row[] | undefined;
	rowKey: (row: Row) => string;
	/** A click anywhere on a row that is not on a control. Give one cell a real link for the keyboard. */
	onOpen?: (row: Row) => void;
	/** Marks a row, as the selected one. */
	isSelected?: (row: Row) => boolean;
	/** Shown in place of the rows where there is none. */
	empty?: ComponentChildren;
	/** Rows that stand in while loading. */
	expected?: number;
}

const TABLE = { role: "table" } as const;
const ROWGROUP = { role: "rowgroup" } as const;
const ROW = { role: "row" } as const;
const HEADER = { role: "columnheader" } as const;
const CELL = { role: "cell" } as const;

/**
 * A table. Where it has less than 720 px its rows become cards; the roles are written out, since changing `display` takes a table's
 * meaning away in some browsers.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, onOpen, isSelected, empty, expected = 5 }: DataTableProps<Row>) {
	if (rows?.length === 0 && empty !== undefined) return <>{empty}</>;
	return (
		<div class="table-frame">
			<table class={join("table", onOpen && "openable")} {...TABLE} aria-label={label} aria-busy={rows === undefined}>
				<thead {...ROWGROUP}>
					<tr {...ROW}>
						{columns.map((column) => (
							<th key={column.id} {...HEADER} scope="col" class={join(`column-${column.id}`, column.align === "end" && "end")}>
								<span class={column.headerUnseen ? "unseen" : undefined}>{column.header}</span>
							</th>
						))}
					</tr>
				</thead>
				<tbody {...ROWGROUP}>
					{rows === undefined
						? Array.from({ length: expected }, (_, row) => <WaitingRow key={row} columns={columns} />)
						: rows.map((row) => (
								<tr
									key={rowKey(row)}
									{...ROW}
									class={isSelected?.(row) ? "selected" : undefined}
									aria-current={isSelected?.(row) || undefined}
									onClick={(event) => {
										if (onOpen && !isOnControl(event) && getSelection()?.isCollapsed !== false) onOpen(row);
									}}
								>
									{columns.map((column) => (
										<td
											key={column.id}
											{...CELL}
											class={join(`column-${column.id}`, column.align === "end" && "end", column.narrow && `narrow-${column.narrow}`)}
											data-header={column.headerUnseen ? undefined : column.header}
										>
											{column.cell(row)}
										</td>
									))}
								</tr>
							))}
				</tbody>
			</table>
		</div>
	);
}

function WaitingRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
	return (
		<tr {...ROW} class="waiting-row">
			{columns.map((column) => (
				<td key={column.id} {...CELL} class={join(`column-${column.id}`, column.narrow && `narrow-${column.narrow}`)}>
					<Skeleton width={column.headerUnseen ? "60px" : "70%"} />
				</td>
			))}
		</tr>
	);
}

/** Previous and next of a list by cursor. Shows nothing where one page holds all. */
export function Pager<T>({ pages, size, label }: { pages: Pages<T> /** Rows of a full page. */; size: number; label: string }) {
	const { items, before, previous, next } = pages;
	if (previous === null && next === null) return null;
	const first = before * size + 1;
	return (
		<nav class="pager" aria-label={`Pages of ${label}`}>
			<span class="soft">
				{items && items.length > 0 ? `${first.toLocaleString()}–${(first + items.length - 1).toLocaleString()}` : ""}
			</span>
			<Button small icon={BackIcon} disabled={previous === null} onClick={() => previous?.()}>
				Previous
			</Button>
			<Button small icon={ChevronIcon} disabled={next === null} onClick={() => next?.()}>
				Next
			</Button>
		</nav>
	);
}

/** Says why a list or a page could not be loaded, with a button that tries again. */
export function LoadFailure({ failure, onRetry }: { failure: { message: string; requestId?: string }; onRetry: () => void }) {
	return (
		<Callout
			kind="bad"
			alert
			title="This could not be loaded"
			actions={
				<Button small onClick={onRetry}>
					Try again
				</Button>
			}
		>
			{failure.message}
			{failure.requestId && <span class="faint"> ({failure.requestId})</span>}
		</Callout>
	);
}

function isOnControl(event: MouseEvent): boolean {
	return event.target instanceof Element && event.target.closest("a, button, input, select, textarea, label, dialog, [role=menu]") !== null;
}
