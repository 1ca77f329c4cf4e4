import type { ClaimedExecution, HeldKey, Lease, Outcome, Settlement, StepRecord } from "../events/protocol";
import type { Version } from "../integrations/settings";
import type { Doorway } from "./doorway";
import { runExecution } from "./run";
import { callBytes, countThatFit, journalBytes } from "./weight";

/** Microtasks without an ended execution after which those that run are taken to wait for the outside. */
const QUIET_TURNS = 32;

/** The executions that one Executor holds: those in line, those that run, and those that are ready to be settled. */
export class Round {
	parallel = 1;
	/** Executions taken since the beginning. */
	taken = 0;
	#line: ClaimedExecution[] = [];
	#lineSince = 0;
	readonly #running = new Set<ClaimedExecution>();
	#ready: Settlement[] = [];
	/** Bytes of each of them. */
	#readyBytes: number[] = [];

	/** @param changed is called whenever an execution has ended */
	constructor(
		readonly versions: Map<number, Version>,
		readonly doorway: Doorway,
		readonly changed: () => void,
	) {}

	/** Executions that are not ready to be settled. */
	get held(): number {
		return this.#line.length + this.#running.size;
	}

	/** What it has and has not sent off to be settled. */
	get heldKeys(): HeldKey[] {
		const keys = [...this.#line, ...this.#running].map(({ event, number }) => ({ sequence: event.sequence, number }));
		return [...keys, ...this.#ready.map(({ sequence, number }) => ({ sequence, number }))];
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
		for (const version of lease.versions) this.versions.set(version.version, version);
		this.#line.push(...lease.executions);
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
		for (const execution of this.#line.splice(0))
			this.#finish(execution, { status: "handed_back" }, execution.steps, journalBytes(execution.steps));
	}

	/** What is to be settled now: all that is ready, as far as it fits into one message. */
	collect(): Settlement[] {
		const count = countThatFit(this.#readyBytes);
		this.#readyBytes.splice(0, count);
		return this.#ready.splice(0, count);
	}

	#finish(execution: ClaimedExecution, outcome: Outcome, steps: StepRecord[], bytes: number): void {
		this.#ready.push(settlementOf(execution, outcome, steps));
		this.#readyBytes.push(bytes);
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
		if (version) {
			const result = await runExecution(execution, version, this.doorway.of(execution));
			if (!result.lost) this.#finish(execution, result.outcome, result.steps, result.outputBytes + callBytes(result.steps));
			this.doorway.leave(execution);
		} else this.#finish(execution, missingVersion(execution.version), execution.steps, journalBytes(execution.steps));
		this.#running.delete(execution);
		this.#begin();
		this.changed();
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
