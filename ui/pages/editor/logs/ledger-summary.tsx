import { useEffect, useState } from "preact/hooks";
import type { Ledger } from "../../../../worker/api/types";
import { AlertIcon, SucceededIcon } from "../../../components/icons";
import { Skeleton } from "../../../components/surfaces";
import { calls } from "../calls";
import { useEditor } from "../context";

/** Milliseconds between two readings while events stream in. */
const PACE_MS = 1500;

/** The ledger in one line: nothing is lost, and it shows. */
export function LedgerSummary() {
	const { editing, live } = useEditor();
	const [ledger, setLedger] = useState<Ledger | null>(null);

	useEffect(() => {
		let wanted = true;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const load = async (): Promise<void> => {
			timer = undefined;
			const answer = await calls.ledger(editing.id);
			if (wanted && answer.ok) setLedger(answer.value);
		};
		load();
		const stop = live.listen(() => {
			timer ??= setTimeout(load, PACE_MS);
		});
		return () => {
			wanted = false;
			clearTimeout(timer);
			stop();
		};
	}, [editing, live]);

	if (ledger === null)
		return (
			<div class="ledger" aria-busy="true">
				<Skeleton width="420px" height="18px" />
			</div>
		);
	const { deliveries, events } = ledger;
	const parts = [
		[events.total, events.total === 1 ? "event" : "events"],
		[events.succeeded, "succeeded"],
		[events.filtered, "filtered"],
		[events.failed, "failed"],
		[events.cancelled, "cancelled"],
		[events.pending, "pending"],
	] as const;
	const apart = [
		[deliveries.rejected, "rejected"],
		[deliveries.duplicate, "duplicate"],
		[ledger.turnedAway, "turned away"],
	] as const;
	return (
		<section class="ledger" aria-label="Ledger">
			<p class="ledger-sum">
				{parts.map(([count, word], i) => (
					<span key={word} class={count === 0 && i > 0 ? "faint" : ""}>
						{i === 0 ? "" : i === 1 ? " = " : " + "}
						<strong>{count.toLocaleString()}</strong> {word}
					</span>
				))}
			</p>
			<p class="ledger-sum soft">
				<strong>{deliveries.received.toLocaleString()}</strong> {deliveries.received === 1 ? "delivery" : "deliveries"} received
				{apart.map(([count, word]) => (count === 0 ? null : `, ${count.toLocaleString()} ${word}`))}
			</p>
			<p class={ledger.balanced ? "ledger-mark good" : "ledger-mark bad"}>
				{ledger.balanced ? <SucceededIcon /> : <AlertIcon />}
				{ledger.balanced ? "Balanced: nothing is missing" : "Not balanced: please report this"}
			</p>
		</section>
	);
}
