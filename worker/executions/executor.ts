import { DurableObject } from "cloudflare:workers";
import { describeError, within } from "../errors";
import { LEASE_MS } from "../events/leases";
import type { ClaimAnswer, SettleAnswer } from "../events/protocol/lease";
import type { Sequencer } from "../events/sequencer";
import { reach } from "../faults";
import { type Remote, sequencerOf } from "../integrations/objects";
import type { Version } from "../integrations/settings";
import { ANSWER_MS, answered } from "./answered";
import { APPETITE_START, nextAppetite } from "./appetite";
import { Doorway } from "./doorway";
import { executorOf } from "./executor-stub";
import { Round } from "./round";
import { Signal } from "./signal";

/** Bounds of one `start`: behind them the rest is handed back, and the slot is called again. */
const START_MAX_EVENTS = 20_000;
const START_MAX_MS = 5 * 60_000;
const START_MAX_CALLS = 5_000;

/** With nothing in its hands an Executor waits this long for more, so that a steady sender needs no queue. */
const LINGER_IDLE_MS = 250;
/** With slow executions in its hands it is there anyway. */
const LINGER_BUSY_MS = 10_000;
/** How long what is ready waits for the answer to an open question before it is settled beside it. */
const PATIENCE_MS = 5;
/** What stands in line behind slow executions goes back after this long, so that another slot can take it. */
const HOLD_MS = 250;
/** An object that nobody has called for 70 seconds is thrown away, whatever it does (measured with workerd): at work it calls itself. */
const STAY_MS = 20_000;
/** Versions kept in memory. */
const VERSIONS_KEPT = 20;

type Slot = { integrationId: string; slot: number; region: string };

/**
 * Runs executions of one integration: one slot's worth. It has no storage and may hang as long as the systems it calls;
 * what it has claimed it holds under a token, and what it cannot settle under that token it never did.
 */
export class Executor extends DurableObject<Env> {
	#working = false;
	#calledAgain = false;
	#appetite = APPETITE_START;
	readonly #versions = new Map<number, Version>();

	/** Answers at once; the work goes on behind it. A call while it works makes it look once more when it is done. */
	start(integrationId: string, slot: number, region: string): void {
		this.#calledAgain = true;
		if (this.#working) return;
		this.#working = true;
		this.ctx.waitUntil(this.#work({ integrationId, slot, region }));
	}

	/** Being called is what it is for. */
	stay(): void {}

	async #work(slot: Slot): Promise<void> {
		const staying = setInterval(
			() =>
				void executorOf(this.env, slot)
					.stay()
					.catch(() => {}),
			STAY_MS,
		);
		try {
			while (this.#calledAgain) {
				this.#calledAgain = false;
				await this.#drain(slot);
			}
		} catch (error) {
			// The lease lapses and another start takes over.
			console.error(JSON.stringify({ event: "executor.stopped", ...slot, error: describeError(error) }));
		} finally {
			clearInterval(staying);
			this.#working = false;
		}
	}

	async #claim({ slot }: Slot, sequencer: Remote<Sequencer>): Promise<ClaimAnswer> {
		if (FAULTS) await reach("executor.before_claim", this.ctx);
		const claimed = await sequencer.claim(slot, { events: this.#appetite, knownVersions: [...this.#versions.keys()] });
		if (FAULTS) await reach("executor.after_claim", this.ctx);
		return claimed;
	}

	/** Claims, runs and settles until there is nothing left or a bound is reached. */
	async #drain(slot: Slot): Promise<void> {
		for (const version of this.#versions.keys()) if (this.#versions.size > VERSIONS_KEPT) this.#versions.delete(version);
		const sequencer = () => sequencerOf(this.env, slot.integrationId, slot.region);
		const claimed = await within(LEASE_MS, this.#claim(slot, sequencer())); // what comes later has lapsed already
		if (claimed.status === "nothing") return;

		const signal = new Signal();
		const doorway = new Doorway(this.env, this.ctx, sequencer, slot.slot, claimed);
		const round = new Round(this.#versions, doorway, () => signal.fire());
		const startedAt = Date.now();
		let askedAt = startedAt;
		let open = 0;
		let answersLost = false;
		let ended: "nothing_left" | "lost" | { error: unknown } | null = null;

		const ask = async (events: number, lingerMs: number): Promise<void> => {
			open++;
			askedAt = Date.now();
			const { settlements, awaited, settled } = round.collect();
			const appetite = { events, run: round.runLength, knownVersions: [...this.#versions.keys()] };
			const waitMs = awaited ? 0 : lingerMs; // an execution that stands still until it is settled cannot wait for more
			let tries = 0;
			try {
				const answer: SettleAnswer = await answered(
					// Since an answer was lost, it says what it holds: what that had handed over goes back, even where it comes late.
					async () => {
						answersLost ||= tries++ > 0;
						if (FAULTS) await reach("executor.before_settle", this.ctx);
						const holds = answersLost && open === 1 ? round.heldKeys : null;
						const settling = await sequencer().settle(slot.slot, doorway.token, settlements, appetite, waitMs, holds);
						if (FAULTS) await reach("executor.after_settle", this.ctx);
						return settling;
					},
					waitMs + ANSWER_MS,
					() => doorway.until,
				);
				if (answer.status === "lost") ended = "lost";
				else {
					settled();
					doorway.hold(answer);
					round.take(answer);
					if (round.held === 0 && round.ready === 0 && open === 1) ended = "nothing_left";
				}
			} catch (error) {
				ended = { error };
			}
			open--;
			signal.fire();
		};

		round.take(claimed);
		try {
			for (;;) {
				await round.quiet();
				const now = Date.now();
				const over = now - startedAt > START_MAX_MS || round.taken > START_MAX_EVENTS || doorway.calls > START_MAX_CALLS;
				round.giveBackLine(over ? 0 : HOLD_MS);
				const spare = over ? 0 : round.spare(this.#appetite);
				const patient = open > 0 && now - askedAt < PATIENCE_MS;
				if (open === 0 ? round.ready > 0 || spare > 0 : round.ready > 0 && !patient) {
					if (round.ready > 0 && open === 0) this.#appetite = nextAppetite(this.#appetite, now - askedAt, round.parallel);
					void ask(spare, over ? 0 : round.held > 0 ? LINGER_BUSY_MS : LINGER_IDLE_MS);
				}
				await signal.wait(round.ready > 0 ? PATIENCE_MS : round.inLine > 0 ? HOLD_MS : null);
				if (ended === "lost") return;
				if (ended === "nothing_left") {
					this.#calledAgain ||= over;
					return;
				}
				if (ended !== null) throw (ended as { error: unknown }).error;
			}
		} finally {
			doorway.close();
			round.close();
		}
	}
}
