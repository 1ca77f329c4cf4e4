import type { ComponentChildren } from "preact";
import type { EventSummary } from "../../../../worker/api/types";
import { StatusBadge } from "../../../components/status";
import { Time } from "../../../components/time";
import { describeSize } from "../components/body";
import { senderWords } from "../senders";
import { SOURCES } from "./words";

/** When a replay began, where else it would be said when the event came. */
export function Replayed({ at }: { at: string | null }) {
	return (
		<>
			replayed <Time iso={at} never="" />
		</>
	);
}

/** One event in a list. */
export function EventRow({
	row,
	href,
	chosen,
	children,
}: {
	row: EventSummary;
	href: string;
	chosen: boolean;
	children?: ComponentChildren;
}) {
	const from = senderWords(row);
	return (
		<a class="log-row" href={href} aria-current={chosen ? "true" : undefined}>
			<StatusBadge status={row.status} plain />
			<span class="log-number">#{row.sequence}</span>
			<span class="log-text clip">
				{from ?? SOURCES[row.source]}
				{row.source === "webhook" && row.name === null && (
					<span class="faint">
						{" "}
						{row.method} {row.path}
					</span>
				)}
			</span>
			<span class="log-took faint">{describeSize(row.size)}</span>
			<span class="log-when">{row.replays === 0 ? <Time iso={row.receivedAt} /> : <Replayed at={row.replayedAt} />}</span>
			{children}
		</a>
	);
}
