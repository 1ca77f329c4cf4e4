import type { ClaimedExecution, HeldKey, Lease, Outcome, Settlement } from "../events/protocol/lease";
import type { Version } from "../integrations/settings";
import type { Doorway } from "./doorway";
import { type Journal, openExecution, sealedBytes } from "./opening";
import { runExecution } from "./run";
import { callBytes, countThatFit, journalBytes } from "./weight";

/** Microtasks without an ended execution after which those that run are taken to wait for the outside. */
const QUIET_TURNS = 32;

/** The first run of a lane is short; one that went through without a call doubles the next. */
const RUN_MAX = 64;

/** Executions that go one after the other: those of one lane, or a single one. */
interface Run {
	line: ClaimedExecution[];
	readonly ordered: boolean;
	/** Not ended yet, nor handed back. */
	left: number;
	/** Ended, or handed back, and not yet known to be settled. */
	unsettled: number;
	/** Set while one of them waits for those before it to be settled. */
	clear: ((settled: boolean) => void) | null;
}

/**
 * The executions that one Executor holds: those in line, those that run, and those that are ready to be settled.
 *
 * A run goes on by itself only as long as nothing leaves for the outside. The first that is about to call hands back what
 * stands behind it, and calls when what stands before it is settled: so no call is ever made before all earlier events of
 * its lane have ended for good, and a failure, a pause or a crash finds at most one call under way in a lane.
 */
export class Round {
	parallel = 1;
	/** Executions taken since the beginning. */
	taken = 0;
	/** Executions that are not ready to be settled. */
	held = 0;
	/** Executions of a lane to ask for at once. */
	runLength = 1;
	#line: Run[] = [];
	#lineSince = 0;
	readonly #running = new Map<Run, ClaimedExecution>();
	#ready: { settlement: Settlement; bytes: number; run: Run }[] = [];

	/** @param changed is called whenever something is ready to be settled */
	constructor(
		readonly versions: Map<number, Version>,
		readonly doorway: Doorway,
		readonly changed: () => void,
	) {}

	/** What it has and has not sent off to be settled. */
	get heldKeys(): HeldKey[] {
		const running = [...this.#running].flatMap(([{ line }, execution]) => [execution, ...line]);
		const held = [...this.#line.flatMap(({ line }) => line), ...running];
		const keys = held.map(({ event, number }) => ({ sequence: event.sequence, number }));
		return [...keys, ...this.#ready.map(({ settlement: { sequence, number } }) => ({ sequence, number }))];
	}

	get ready(): number {
		return this.#ready.length;
	}

	get inLine(): number {
		return this.#line.length;
	}

	/** How many more could begin soon: a whole batch while all go at once, else as many as may run beside the slow ones. */
	spare(appetite: number): number {
		if (this.#line.length > 0) return 0;
		return this.#running.size === 0 ? appetite : Math.max(0, Math.min(appetite, this.parallel - this.#running.size));
	}

	take(lease: Lease): void {
		this.parallel = lease.parallel;
		this.taken += lease.executions.length;
		this.held += lease.executions.length;
		for (const version of lease.versions) this.versions.set(version.version, version);
		for (const execution of lease.executions) {
			const last = this.#line.at(-1);
			if (execution.behind && last) {
				last.line.push(execution);
				last.left++;
			} else this.#line.push({ line: [execution], ordered: execution.event.lane !== null, left: 1, unsettled: 0, clear: null });
		}
		this.#lineSince = Date.now();
		this.#begin();
	}

	/** Waits until what runs without the outside has run, so that it is settled all together. */
	async quiet(): Promise<void> {
		for (let idle = 0, seen = this.ready; idle < QUIET_TURNS && this.held > 0; idle++) {
			await Promise.resolve();
			if (this.ready > seen) [seen, idle] = [this.ready, 0];
		}
	}

	/** Puts those that have stood in line for `ms` and longer among the ready ones, to be handed back. */
	giveBackLine(ms: number): void {
		if (this.#line.length === 0 || Date.now() - this.#lineSince < ms) return;
		for (const run of this.#line.splice(0)) this.#handBack(run);
	}

	/**
	 * What is to be settled now: all that is ready, as far as it fits into one message. `settled` is to be called when it
	 * is; `awaited` where an execution may stand still until then.
	 */
	collect(): { settlements: Settlement[]; awaited: boolean; settled: () => void } {
		const batch = this.#ready.splice(0, countThatFit(this.#ready.map(({ bytes }) => bytes)));
		return {
			settlements: batch.map(({ settlement }) => settlement),
			awaited: batch.some(({ run }) => run.left > 0),
			settled: () => {
				for (const { run } of batch) {
					run.unsettled--;
					if (run.unsettled === 0) run.clear?.(true);
				}
			},
		};
	}

	/** Whoever still waits to call out does not. */
	close(): void {
		for (const { clear } of this.#running.keys()) clear?.(false);
	}

	#finish(run: Run, execution: ClaimedExecution, outcome: Outcome, journal: Journal, bytes: number): void {
		run.unsettled++;
		run.left--;
		this.held--;
		this.#ready.push({ settlement: settlementOf(execution, outcome, journal), bytes, run });
	}

	/** What stands in a run goes back; the next runs are short. */
	#handBack(run: Run): void {
		if (run.ordered) this.runLength = 1;
		for (const execution of run.line.splice(0))
			this.#finish(run, execution, { status: "handed_back" }, execution, journalBytes(execution.steps));
	}

	#begin(): void {
		while (this.#running.size < this.parallel) {
			const run = this.#line.shift();
			if (!run) return;
			void this.#go(run);
		}
	}

	async #go(run: Run): Promise<void> {
		const length = run.line.length;
		for (let next = run.line.shift(); next; next = run.line.shift()) {
			this.#running.set(run, next);
			if (!(await this.#run(next, run))) this.#handBack(run);
			else if (run.ordered && run.line.length === 0) this.runLength = Math.min(RUN_MAX, Math.max(this.runLength, length * 2));
		}
		this.#running.delete(run);
		this.#begin();
		this.changed();
	}

	/** False where what stands behind it may not begin. */
	async #run(execution: ClaimedExecution, run: Run): Promise<boolean> {
		const version = this.versions.get(execution.version);
		execution.startedAt ??= Date.now();
		if (!version) {
			this.#finish(run, execution, missingVersion(execution.version), execution, journalBytes(execution.steps));
			return false;
		}
		const open = openExecution(this.doorway.env.VAULT_KEYS, this.doorway.workspaceId, execution);
		if (open !== null && "outcome" in open) {
			this.#finish(run, execution, open.outcome, execution, journalBytes(execution.steps));
			return false;
		}
		let called = false;
		const clear = (): Promise<boolean> => {
			called = true;
			return this.#clear(run);
		};
		const result = await runExecution(open?.execution ?? execution, version, this.doorway.of(execution, clear, open));
		this.doorway.leave(execution);
		if (result.lost) {
			this.held--;
			return false;
		}
		if (open === null) this.#finish(run, execution, result.outcome, result, result.outputBytes + callBytes(result.steps));
		else {
			const outcome = open.concealment.outcome(result.outcome);
			const goesOn = outcome.status === "waiting" || outcome.status === "handed_back";
			const journal = goesOn ? open.journal(result.steps) : { steps: open.concealment.steps(result.steps) };
			this.#finish(run, execution, outcome, journal, journalBytes(journal.steps) + sealedBytes(journal));
		}
		return !called && (result.outcome.status === "succeeded" || result.outcome.status === "filtered");
	}

	/** Before a call: what stands behind goes back, and what stands before is settled. False where that is lost. */
	async #clear(run: Run): Promise<boolean> {
		this.#handBack(run);
		if (run.unsettled === 0) return true;
		const settled = new Promise<boolean>((resolve) => {
			run.clear = resolve;
		});
		this.changed();
		const cleared = await settled;
		run.clear = null;
		return cleared;
	}
}

function settlementOf(execution: ClaimedExecution, outcome: Outcome, { steps, sealed }: Journal): Settlement {
	return {
		sequence: execution.event.sequence,
		number: execution.number,
		version: execution.version,
		edition: execution.edition,
		outcome,
		startedAt: execution.startedAt,
		endedAt: Date.now(),
		steps,
		...(sealed && { sealed }),
	};
}

function missingVersion(version: number): Outcome {
	return { status: "failed", error: { code: "version_missing", message: `Version ${version} of the workflow is not kept any more.` } };
}
