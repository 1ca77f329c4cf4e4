import { useMemo, useRef, useState } from "preact/hooks";
import { join } from "../../../components/button";
import { ChevronIcon } from "../../../components/icons";
import { pathText } from "../../../designer/completion";
import { CopySmall } from "./copy-small";
import { CHILDREN_STEP, openingDepth, type PayloadRow, payloadRows } from "./payload-rows";
import "./payload-tree.css";

interface PayloadTreeProps {
	/** Accessible name: "Body of the request". */
	label: string;
	value: unknown;
	/** Path of the root, put before copied paths: `["event", "body"]`. */
	root?: readonly (string | number)[];
	/** Called with a row's whole path when it is chosen by click or Enter; without it, choosing folds. */
	onPick?: (path: string, value: unknown) => void;
	/** How many rows are open at first, about. */
	rowsWanted?: number;
	/** Leaves out the row of the whole. */
	rootless?: boolean;
}

const TEXT_MAX = 160;

/** A JSON value as a foldable tree: arrow keys move and fold, every row can be copied. Never rendered as HTML. */
export function PayloadTree({ label, value, root = [], onPick, rowsWanted = 60, rootless = false }: PayloadTreeProps) {
	const [open, setOpen] = useState<ReadonlyMap<string, boolean>>(new Map());
	const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
	const [current, setCurrent] = useState<string | null>(null);
	const list = useRef<HTMLDivElement>(null);
	const openDepth = useMemo(() => openingDepth(value, rowsWanted), [value, rowsWanted]);
	const all = useMemo(() => payloadRows(value, { open, shown, openDepth }), [value, open, shown, openDepth]);
	const rows = rootless ? all.slice(1) : all;
	const outdent = rootless ? 1 : 0;
	const at = Math.max(
		0,
		rows.findIndex((row) => row.key === current),
	);

	const focus = (index: number): void => {
		const row = rows[index];
		if (row === undefined) return;
		setCurrent(row.key);
		list.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[index]?.focus();
	};
	const fold = (row: PayloadRow, to: boolean): void => setOpen(new Map(open).set(row.key, to));
	const showMore = (row: PayloadRow): void => {
		const key = row.key.slice(0, -1);
		setShown(new Map(shown).set(key, (shown.get(key) ?? CHILDREN_STEP) + CHILDREN_STEP));
	};
	const choose = (row: PayloadRow): void => {
		if (row.kind === "more") showMore(row);
		else if (onPick && !(row.kind === "object" && row.depth === 0)) onPick(pathText([...root, ...row.path]), row.value);
		else if (row.size > 0 || isLong(row)) fold(row, !row.open);
	};

	const onKeyDown = (event: KeyboardEvent): void => {
		const row = rows[at];
		if (row === undefined || (event.target as HTMLElement).getAttribute("role") !== "treeitem") return;
		const parent = rows.findLastIndex((one, i) => i < at && one.depth < row.depth);
		const acts: Record<string, () => void> = {
			ArrowDown: () => focus(at + 1),
			ArrowUp: () => focus(at - 1),
			Home: () => focus(0),
			End: () => focus(rows.length - 1),
			ArrowRight: () => (row.size > 0 && !row.open ? fold(row, true) : row.open ? focus(at + 1) : undefined),
			ArrowLeft: () => (row.open && row.size > 0 ? fold(row, false) : focus(parent)),
			Enter: () => choose(row),
			" ": () => choose(row),
		};
		const act = acts[event.key];
		if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
		event.preventDefault();
		act();
	};

	return (
		<div class={join("payload", onPick && "pickable")} role="tree" aria-label={label} ref={list} onKeyDown={onKeyDown}>
			{rows.map((row, i) => (
				<TreeRow
					key={row.key}
					row={row}
					depth={row.depth - outdent}
					long={open.get(row.key) === true}
					current={i === at}
					root={root}
					onFocus={() => setCurrent(row.key)}
					onFold={() => fold(row, !row.open)}
					onChoose={() => choose(row)}
				/>
			))}
		</div>
	);
}

interface TreeRowProps {
	row: PayloadRow;
	/** From 0. */
	depth: number;
	/** A long text is shown whole. */
	long: boolean;
	current: boolean;
	root: readonly (string | number)[];
	onFocus: () => void;
	onFold: () => void;
	onChoose: () => void;
}

function TreeRow({ row, depth, long, current, root, onFocus, onFold, onChoose }: TreeRowProps) {
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles keys
		<div
			role="treeitem"
			class="payload-row"
			aria-level={depth + 1}
			aria-posinset={row.position}
			aria-setsize={row.siblings}
			aria-expanded={row.size > 0 ? row.open : undefined}
			aria-selected={current}
			tabIndex={current ? 0 : -1}
			style={{ paddingInlineStart: `${depth * 16}px` }}
			onFocus={onFocus}
			onClick={(event) => {
				if (getSelection()?.isCollapsed === false) return;
				if ((event.target as Element).closest("button") === null) onChoose();
			}}
		>
			{row.size > 0 ? (
				// biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys on the row fold
				// biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the pointer alone
				<span
					class="payload-fold"
					data-open={row.open}
					onClick={(event) => {
						event.stopPropagation();
						onFold();
					}}
				>
					<ChevronIcon size={12} />
				</span>
			) : (
				<span class="payload-fold" />
			)}
			{row.name !== null && <span class={typeof row.name === "number" ? "payload-index" : "payload-name"}>{row.name}</span>}
			<span class={`payload-value ${row.kind}`}>{valueText(row, long)}</span>
			{row.kind !== "more" && (
				<span class="payload-acts">
					{row.depth > 0 && (
						<CopySmall text={pathText([...root, ...row.path])} label={`Copy path of ${row.name}`} tabbable={current} kind="path" />
					)}
					<CopySmall
						text={() => plainText(row.value)}
						label={`Copy value${row.name === null ? "" : ` of ${row.name}`}`}
						tabbable={current}
						kind="value"
					/>
				</span>
			)}
		</div>
	);
}

function isLong(row: PayloadRow): boolean {
	return typeof row.value === "string" && row.value.length > TEXT_MAX;
}

function valueText(row: PayloadRow, long: boolean): string {
	switch (row.kind) {
		case "more":
			return `Show more (${row.value} left)`;
		case "array":
			return row.open ? `[ ${row.size} ]` : `[ ${row.size} ${row.size === 1 ? "item" : "items"} ]`;
		case "object":
			return row.size === 0
				? "{ }"
				: row.open
					? "{ }"
					: `{ ${Object.keys(row.value as object)
							.slice(0, 4)
							.join(", ")}${row.size > 4 ? ", …" : ""} }`;
		case "string": {
			const text = String(row.value);
			if (text.length <= TEXT_MAX || long) return JSON.stringify(text.slice(0, 100_000));
			return `${JSON.stringify(text.slice(0, TEXT_MAX)).slice(0, -1)}… (${text.length.toLocaleString()} characters)`;
		}
		default:
			return String(row.value);
	}
}

function plainText(value: unknown): string {
	return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}
