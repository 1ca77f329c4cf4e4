import { makeLedger } from "../history/ledger";
import { oldestReceivedAt } from "../history/retention";
import { isoTime, type Reading } from "../history/summaries";
import { nameHeaders, tokenFields } from "../integrations/verification";
import type { Kept, Ledger } from "./protocol/views";
import type { SequencerState } from "./state";

/** What reading history needs to know beyond the rows; null for an integration that is not there. */
export function readingOf(state: SequencerState): Reading | null {
	const { settings } = state;
	if (settings === null) return null;
	const running = new Set<number>();
	for (const { lease } of state.slots) for (const key of lease?.entries.keys() ?? []) running.add(key);
	return {
		integrationId: settings.integrationId,
		version: settings.current.version,
		lastSequence: state.last,
		running,
		settledThrough: state.settledThrough,
		acceptedStatus: settings.webhook.response.status,
		token: tokenFields(settings.webhook.verification),
		nameHeaders: nameHeaders(settings.webhook.verification),
	};
}

/** How much is kept; read from memory, the oldest event and the database's own count. */
export function keptOf(state: SequencerState): Kept {
	const oldest = oldestReceivedAt(state.sql);
	return { bytes: state.counts.bytes, databaseBytes: state.sql.databaseSize, since: oldest === null ? null : isoTime(oldest) };
}

/** The ledger. What is pending is counted where it waits, so that the balance is found and not made. */
export function ledgerOf(state: SequencerState): Ledger {
	const { counts } = state;
	const others = counts.bySource.schedule + counts.bySource.poll + counts.bySource.manual + counts.bySource.call;
	return makeLedger({
		lastSequence: state.last,
		bySource: { webhook: state.last - others, ...counts.bySource },
		ended: counts.ended,
		pending: state.countPending(),
		duplicate: counts.duplicate,
		handshake: counts.handshake ?? 0,
		rejected: counts.rejected,
		batches: counts.batches ?? { deliveries: 0, events: 0 },
		turnedAway: counts.turnedAway,
	});
}
