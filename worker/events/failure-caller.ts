import { sequencerOf } from "../integrations/objects";
import { dueCalls, recordAnswers } from "./failure-calls";
import type { CallAnswer } from "./protocol/call";
import type { SequencerState } from "./state";

/** For so long the other integration may take to answer; then it is asked again later. */
const ANSWER_MAX_MS = 20_000;

/**
 * Brings the calls of the integration that runs at a failure to its Sequencer, some together and one group at a time.
 * Nobody waits for them: the failure is settled already.
 */
export class FailureCaller {
	#calling = false;

	/** @param record makes a change of rows and memory that concerns these executions; after it `go` is called again */
	constructor(
		readonly ctx: DurableObjectState,
		readonly env: Env,
		readonly state: () => SequencerState,
		readonly record: (work: () => void, keys: readonly number[]) => void,
		readonly complain: (event: string, error: unknown) => void,
	) {}

	/** When a call is to be made, in epoch ms; null where none is, or one is under way. */
	get dueAt(): number | null {
		return this.#calling ? null : this.state().callsDueAt;
	}

	/** Makes the calls that are due, unless some are under way. `now` in epoch ms. */
	go(now: number): void {
		if (this.dueAt === null || this.dueAt > now) return;
		this.#calling = true;
		this.ctx.waitUntil(this.#call(now).catch((error: unknown) => this.complain("failure_call_failed", error)));
	}

	async #call(now: number): Promise<void> {
		try {
			const { settings } = this.state();
			const due = settings && dueCalls(this.state(), now);
			const answers = due && (await this.#ask(due.target, settings.workspaceId, due.calls));
			this.#calling = false;
			this.record(() => due && recordAnswers(this.state(), due, answers, Date.now()), due?.keys ?? []);
		} finally {
			this.#calling = false;
		}
	}

	/** Null where the other one does not answer. A lost answer does no harm: a call is taken once. */
	async #ask(target: string, workspaceId: string, calls: Parameters<ReturnType<typeof sequencerOf>["takeCalls"]>[1]) {
		const deadline = Promise.withResolvers<null>();
		const timer = setTimeout(() => deadline.resolve(null), ANSWER_MAX_MS);
		try {
			return await Promise.race<CallAnswer[] | null>([
				sequencerOf(this.env, target, "auto").takeCalls(workspaceId, calls),
				deadline.promise,
			]);
		} catch (error) {
			this.complain("failure_call_lost", error);
			return null;
		} finally {
			clearTimeout(timer);
		}
	}
}
