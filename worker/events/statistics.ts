import type { StatisticsMessage } from "./protocol/statistics";
import type { SequencerState } from "./state";

/** Time between two messages of one integration: what a table of integrations may be behind. */
const EVERY_MS = FAULTS ? 200 : 2_000;
/** Blocked lanes counted at most, so that a message costs the same however many there are. */
const BLOCKED_COUNTED = 1_000;

/**
 * When an integration's figures leave for D1: two seconds after they changed, so that an event and its execution travel
 * in one message, and never more often than that.
 */
export class StatisticsClock {
	#changedAt: number | null = null;
	#number = 0;
	#sent = "";

	/** Something changed that may be among the figures; `now` in epoch ms. */
	touch(now: number): void {
		this.#changedAt ??= now;
	}

	/** A Sequencer that has just started does not know whether its last figures arrived: it tells them once. `now` in epoch ms. */
	touchUnlessSent(now: number): void {
		if (this.#sent === "") this.touch(now);
	}

	/** Epoch ms, or null where nothing changed. */
	get dueAt(): number | null {
		return this.#changedAt === null ? null : this.#changedAt + EVERY_MS;
	}

	/** The message that is due now, or null. Numbers rise across restarts, since they are times. */
	take(state: SequencerState, dueAt: number | null, now: number): StatisticsMessage | null {
		const { settings, counts } = state;
		if (settings === null || this.dueAt === null || now < this.dueAt) return null;
		this.#changedAt = null;
		const lagMs = takeLag(state);
		const figures = {
			integrationId: settings.integrationId,
			workspaceId: settings.workspaceId,
			total: state.last,
			...counts.ended,
			pending: state.pending,
			rejected: counts.rejected,
			keptBytes: counts.bytes,
			lastReceivedAt: state.lastReceivedAt,
			lastExecutionAt: counts.lastExecutionAt,
			lastExecutionStatus: counts.lastExecutionStatus,
			nextRunAt: state.schedule.nextRunAt,
			...(lagMs !== null && { lagMs }),
			blockedLanes: countBlockedLanes(state.sql),
		};
		const text = JSON.stringify(figures);
		if (text === this.#sent) return null;
		this.#sent = text;
		this.#number = Math.max(this.#number + 1, now);
		return { ...figures, dueAt, number: this.#number };
	}

	/** The last message did not leave. */
	resend(now: number): void {
		this.#sent = "";
		this.touch(now);
	}
}

/** One row read a message: the event that came first has waited longest, replays left aside. */
function takeLag(state: SequencerState): number | null {
	const ended = state.oldestEnded;
	if (ended === null) return null;
	state.oldestEnded = null;
	const [event] = state.sql.exec<{ at: number }>("SELECT received_at AS at FROM events WHERE sequence = ?", ended.sequence).toArray();
	return event === undefined ? null : Math.max(0, ended.endedAt - event.at);
}

function countBlockedLanes(sql: SqlStorage): number {
	const counted = sql.exec<{ n: number }>("SELECT count(*) AS n FROM (SELECT 1 FROM blocked_lanes LIMIT ?)", BLOCKED_COUNTED).one();
	return counted.n;
}
