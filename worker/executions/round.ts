import type { ClaimedExecution, Lease, Outcome, Settlement, StepRecord } from "../events/protocol";
import type { Version } from "../integrations/settings";
import type { Doorway } from "./doorway";
import { runExecution } from "./run";
import { countThatFit } from "./weight";

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
		for (const execution of this.#line.splice(0)) this.#ready.push(settlementOf(execution, { status: "handed_back" }, execution.steps));
	}

	/** What is to be settled now: all that is ready, as far as it fits into one message. */
	collect(): Settlement[] {
		return this.#ready.splice(0, countThatFit(this.#ready));
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
			if (!result.lost) this.#ready.push(settlementOf(execution, result.outcome, result.steps));
			this.doorway.leave(execution);
		} else this.#ready.push(settlementOf(execution, missingVersion(execution.version), execution.steps));
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
