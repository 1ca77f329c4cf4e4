import { EVENT_SOURCES, type EventSource } from "../events/protocol/statuses";
import type { Ledger } from "../events/protocol/views";

/** Counts since the integration was made; retention deletes rows, never counts. */
export interface LedgerCounts {
	/** Counted from the events themselves. */
	lastSequence: number;
	bySource: Record<EventSource, number>;
	/** Events by how their latest execution ended. */
	ended: { succeeded: number; filtered: number; failed: number; cancelled: number };
	/** Events that are not ended, counted by themselves: a ledger whose last item is a difference always balances. */
	pending: number;
	duplicate: number;
	handshake: number;
	/** Without those that were accepted after all, which count as accepted; so do duplicates. */
	rejected: number;
	/** Accepted deliveries that held several events or none, and the webhook events that came of them. */
	batches: { deliveries: number; events: number };
	turnedAway: number;
}

/** The ledger, with `balanced` computed from identities that can fail. */
export function makeLedger(counts: LedgerCounts): Ledger {
	const { lastSequence, bySource, ended, pending, batches } = counts;
	const accepted = bySource.webhook - batches.events + batches.deliveries;
	const deliveries = {
		received: accepted + counts.duplicate + counts.rejected + counts.handshake,
		accepted,
		duplicate: counts.duplicate,
		rejected: counts.rejected,
		handshake: counts.handshake,
		eventsMade: bySource.webhook,
	};
	const total = EVENT_SOURCES.reduce((sum, source) => sum + bySource[source], 0);
	const events = { total, ...bySource, ...ended, pending };
	const settled = ended.succeeded + ended.filtered + ended.failed + ended.cancelled;
	const countable = [...Object.values(deliveries), ...Object.values(events), lastSequence, counts.turnedAway].every(
		(count) => Number.isSafeInteger(count) && count >= 0,
	);
	return {
		deliveries,
		events,
		lastSequence,
		turnedAway: counts.turnedAway,
		balanced: countable && total === lastSequence && settled + pending === lastSequence && batches.events <= bySource.webhook,
	};
}
