import { DurableObject } from "cloudflare:workers";
import { describeError } from "../errors";
import type { Appetite, ClaimedExecution, Lease, Outcome, Settlement, StepRecord } from "../events/protocol";
import { sequencerOf } from "../integrations/objects";
import type { Version } from "../integrations/settings";
import { APPETITE_START, nextAppetite } from "./appetite";
import { Doorway } from "./doorway";
import { runExecution } from "./run";

/** Bounds of one `start`: behind them the rest is handed back, and the slot is called again. */
const START_MAX_EVENTS = 20_000;
const START_MAX_MS = 5 * 60_000;
const START_MAX_CALLS = 5_000;

/** An Executor that has settled everything waits this long for more, so that a steady sender needs no queue. */
const LINGER_MS = 250;

/** What was claimed and not begun goes back after this long, so that another slot can take it. */
const HOLD_MS = 250;
/** Microtasks without an ended execution after which those that run are taken to wait for the outside. */
const QUIET_TURNS = 32;
/** Versions kept in memory, newest use last. */
const VERSIONS_KEPT = 20;

type Slot = { integrationId: string; slot: number; region: string };

/**
 * Runs executions of one integration: one slot's worth. It has no storage and may hang as long as the systems it calls;
 * all that it knows it has claimed under a token, and what it cannot settle under that token it never did.
 */
export class Executor extends DurableObject<Env> {
	#running = false;
	#calledAgain = false;
	#appetite = APPETITE_START;
	readonly #versions = new Map<number, Version>();

	/** Answers at once; the work goes on behind it. A call while it works makes it look once more when it is done. */
	start(integrationId: string, slot: number, region: string): void {
		if (this.#running) {
			this.#calledAgain = true;
			return;
		}
		this.#running = true;
		this.ctx.waitUntil(this.#work({ integrationId, slot, region }));
	}

	async #work(slot: Slot): Promise<void> {
		try {
			do {
				this.#calledAgain = false;
				await this.#drain(slot);
			} while (this.#calledAgain);
		} catch (error) {
			// The lease lapses and another start takes over.
			console.error(JSON.stringify({ event: "executor.stopped", ...slot, error: describeError(error) }));
		} finally {
			this.#running = false;
		}
	}

	async #drain(slot: Slot): Promise<void> {
		for (const version of this.#versions.keys()) if (this.#versions.size > VERSIONS_KEPT) this.#versions.delete(version);
		const sequencer = sequencerOf(this.env, slot.integrationId, slot.region);
		const claimed = await sequencer.claim(slot.slot, this.#wanted());
		if (claimed.status === "nothing") return;
		const round = new Round(claimed, this.#versions, new Doorway(this.env, this.ctx, sequencer, slot.slot, claimed));
		const startedAt = Date.now();
		let events = claimed.executions.length;
		try {
			for (;;) {
				const began = Date.now();
				await round.progress();
				const over = Date.now() - startedAt > START_MAX_MS || events > START_MAX_EVENTS || round.doorway.calls > START_MAX_CALLS;
				const settlements = round.collect(over);
				this.#appetite = nextAppetite(this.#appetite, Date.now() - began, round.parallel);
				const wanted = over ? { events: 0, knownVersions: [] } : this.#wanted(round.held);
				const answer = await sequencer.settle(slot.slot, round.doorway.token, settlements, wanted, over ? 0 : LINGER_MS);
				if (answer.status === "lost") return;
				if (answer.token === round.doorway.token) round.doorway.renewed(answer.leaseMs, answer.cancelled);
				else round.doorway.hold(answer.token, answer.leaseMs);
				round.take(answer);
				events += answer.executions.length;
				if (round.held === 0) {
					this.#calledAgain ||= over;
					return;
				}
			}
		} finally {
			round.doorway.close();
		}
	}

	#wanted(held = 0): Appetite {
		return { events: Math.max(0, this.#appetite - held), knownVersions: [...this.#versions.keys()] };
	}
}

/** The executions of one token: those in line, those that run, and those that are ready to be settled. */
class Round {
	parallel: number;
	readonly #line: ClaimedExecution[] = [];
	readonly #running = new Set<ClaimedExecution>();
	#settled: Settlement[] = [];
	#changed: (() => void) | null = null;

	constructor(
		lease: Lease,
		readonly versions: Map<number, Version>,
		readonly doorway: Doorway,
	) {
		this.parallel = lease.parallel;
		this.take(lease);
	}

	/** Executions taken and not settled yet. */
	get held(): number {
		return this.#line.length + this.#running.size;
	}

	take(lease: Lease): void {
		this.parallel = lease.parallel;
		for (const version of lease.versions) this.versions.set(version.version, version);
		this.#line.push(...lease.executions);
		this.#begin();
	}

	/** Resolves when there is something to settle, or what stands in line should not wait any longer. */
	async progress(): Promise<void> {
		// Executions that need nothing from outside end within a few microtasks: settle them all together.
		for (let idle = 0, seen = 0; idle < QUIET_TURNS && this.held > 0; idle++) {
			await Promise.resolve();
			if (this.#settled.length > seen) [seen, idle] = [this.#settled.length, 0];
		}
		if (this.#settled.length > 0 || this.held === 0) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		await new Promise<void>((resolve) => {
			this.#changed = resolve;
			if (this.#line.length > 0) timer = setTimeout(resolve, HOLD_MS);
		});
		clearTimeout(timer);
		this.#changed = null;
	}

	/** What is to be settled now. Those still in line are handed back when nothing ended meanwhile, or at the bound. */
	collect(over: boolean): Settlement[] {
		const settled = this.#settled;
		this.#settled = [];
		if (over || settled.length === 0) {
			for (const execution of this.#line.splice(0)) settled.push(settlementOf(execution, { status: "handed_back" }, execution.steps));
		}
		return settled;
	}

	#begin(): void {
		while (this.#running.size < this.parallel) {
			const execution = this.#line.shift();
			if (!execution) return;
			this.#running.add(execution);
			void this.#run(execution);
		}
	}

	async #run(execution: ClaimedExecution): Promise<void> {
		const version = this.versions.get(execution.version);
		execution.startedAt ??= Date.now();
		const door = this.doorway.of(execution);
		try {
			const result = version
				? await runExecution(execution, version, door)
				: { lost: false as const, outcome: missingVersion(execution.version), steps: execution.steps };
			if (!result.lost) this.#settled.push(settlementOf(execution, result.outcome, result.steps));
		} finally {
			this.doorway.leave(execution);
			this.#running.delete(execution);
			this.#begin();
			this.#changed?.();
		}
	}
}

function settlementOf(execution: ClaimedExecution, outcome: Outcome, steps: StepRecord[]): Settlement {
	return {
		sequence: execution.event.sequence,
		number: execution.number,
		version: execution.version,
		edition: execution.edition,
		outcome,
		startedAt: execution.startedAt,
		endedAt: Date.now(),
		steps,
	};
}

function missingVersion(version: number): Outcome {
	return { status: "failed", error: { code: "version_missing", message: `Version ${version} of the workflow is not kept any more.` } };
}
