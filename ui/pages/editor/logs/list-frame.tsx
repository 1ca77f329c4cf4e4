import type { ComponentChildren, Ref } from "preact";
import { Button } from "../../../components/button";
import { UpIcon } from "../../../components/icons";
import { Callout, Skeleton } from "../../../components/surfaces";
import type { Row } from "./rows";
import type { LiveRows } from "./use-live-list";

interface ListFrameProps<T extends Row> {
	list: LiveRows<T>;
	/** Accessible name. */
	label: string;
	/** Shown where there is nothing. */
	empty: ComponentChildren;
	topRef: Ref<HTMLDivElement>;
	/** Where the list's top is scrolled to when new rows are shown. */
	onTop: () => void;
	children: (row: T) => ComponentChildren;
}

/** Rows with what belongs around them: loading, failure, nothing there, new ones above, older ones below. */
export function ListFrame<T extends Row>({ list, label, empty, topRef, onTop, children }: ListFrameProps<T>) {
	const { rows, failure } = list;
	return (
		<div class="log-frame" ref={topRef} aria-busy={rows === undefined}>
			{list.waiting > 0 && (
				<div class="log-new">
					<Button
						small
						kind="primary"
						icon={UpIcon}
						onClick={() => {
							list.showNew();
							onTop();
						}}
					>
						{list.waiting} new
					</Button>
				</div>
			)}
			{failure !== null && (
				<Callout kind="bad" actions={<Button onClick={list.reload}>Try again</Button>}>
					{failure}
				</Callout>
			)}
			{rows === undefined && failure === null && (
				<div class="log-skeleton">
					<Skeleton height="28px" lines={6} />
				</div>
			)}
			{rows !== undefined && rows.length === 0 && empty}
			{rows !== undefined && rows.length > 0 && (
				<ul class="log-rows" aria-label={label}>
					{rows.map((row) => (
						<li key={row.id}>{children(row)}</li>
					))}
				</ul>
			)}
			{list.older && (
				<div class="log-older">
					<Button busy={list.loadingOlder} onClick={list.older}>
						Load older
					</Button>
				</div>
			)}
		</div>
	);
}

/** True where the element's top has left the screen. */
export function scrolledPast(element: HTMLElement | null): boolean {
	return element !== null && element.getBoundingClientRect().top < 0;
}
