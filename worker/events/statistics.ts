import type { StatisticsMessage } from "./protocol";
import type { SequencerState } from "./state";

/** Time between two messages of one integration: what a table of integrations may be behind. */
const EVERY_MS = 2_000;

/** When an integration's figures leave for D1: soon after they changed, and never more often than every two seconds. */
export class StatisticsClock {
	#changed = false;
	#sentAt = 0;
	#number = 0;

	touch(): void {
		this.#changed = true;
	}

	/** Epoch ms, or null where nothing changed. */
	get dueAt(): number | null {
		return this.#changed ? this.#sentAt + EVERY_MS : null;
	}

	/** The message that is due now, or null. Numbers rise across restarts, since they are times. */
	take(state: SequencerState, dueAt: number | null, now: number): StatisticsMessage | null {
		const { settings, counts } = state;
		if (settings === null || !this.#changed || now < this.#sentAt + EVERY_MS) return null;
		this.#changed = false;
		this.#sentAt = now;
		this.#number = Math.max(this.#number + 1, now);
		return {
			integrationId: settings.integrationId,
			workspaceId: settings.workspaceId,
			number: this.#number,
			total: state.last,
			...counts.ended,
			pending: state.pending,
			rejected: counts.rejected,
			keptBytes: counts.bytes,
			lastReceivedAt: state.lastReceivedAt,
			lastExecutionAt: counts.lastExecutionAt,
			lastExecutionStatus: counts.lastExecutionStatus,
			nextRunAt: state.schedule.nextRunAt,
			dueAt,
		};
	}
}
