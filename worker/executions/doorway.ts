import type { Connection } from "../connections/connection";
import type { StepRecord } from "../events/protocol/journal";
import type { ClaimedExecution, JournalEntry, Lease } from "../events/protocol/lease";
import type { Sequencer } from "../events/sequencer";
import { reach } from "../faults";
import type { Remote } from "../integrations/objects";
import { ANSWER_MS, answered } from "./answered";
import { send } from "./egress";
import { type OpenExecution, sealedBytes } from "./opening";
import type { Authorization, OutboundRequest, OutboundResult } from "./outbound";
import type { RunDoor } from "./run";
import { countThatFit, journalBytes } from "./weight";

/**
 * Outgoing connections that one object may have open (docs: workers/platform/limits, taken per object: requests to it
 * share one I/O context). A seventh would wait inside the runtime, unseen by timeouts.
 */
const CONNECTIONS_MAX = 6;

/** Delivers a request to this deployment's own endpoint in process; null where the URL is not one. */
interface Loopback {
	deliver(request: Request, hops: number): Promise<Response | null>;
}

/** The way to the outside for all executions of one token: it leads nowhere once the token is lost. */
export class Doorway {
	/** Calls to the outside so far. */
	calls = 0;
	token: string;
	readonly workspaceId: string;
	#until: number;
	#lost = false;
	#open = 0;
	readonly #queue: (() => void)[] = [];
	readonly #doors = new Map<number, Door>();
	readonly #timer: ReturnType<typeof setInterval>;
	#journal: { entry: JournalEntry; answer: (held: boolean) => void }[] = [];
	#flushing = false;

	constructor(
		readonly env: Env,
		readonly ctx: DurableObjectState,
		/** Gets a fresh stub. */
		readonly sequencer: () => Remote<Sequencer>,
		readonly slot: number,
		{ token, workspaceId, leaseMs }: Pick<Lease, "token" | "workspaceId" | "leaseMs">,
	) {
		this.token = token;
		this.workspaceId = workspaceId;
		this.#until = Date.now() + leaseMs;
		this.#timer = setInterval(() => this.#tend(leaseMs), leaseMs / 4);
	}

	/**
	 * @param clear is awaited before each call; false where the execution may not call any more
	 * @param open of an execution whose journal is not to show all
	 */
	of(execution: ClaimedExecution, clear: () => Promise<boolean>, open: OpenExecution | null): RunDoor {
		const door = new Door(this, execution, clear, open);
		this.#doors.set(execution.event.sequence, door);
		return door;
	}

	leave(execution: ClaimedExecution): void {
		this.#doors.delete(execution.event.sequence);
	}

	/** The token holds on, or another one took its place; these sequences were cancelled by a person. */
	hold({ token, leaseMs, cancelled }: { token: string; leaseMs: number; cancelled: readonly number[] }): void {
		this.token = token;
		this.#until = Date.now() + leaseMs;
		for (const sequence of cancelled) this.#doors.get(sequence)?.abort("cancelled");
	}

	close(): void {
		clearInterval(this.#timer);
		this.#lose();
	}

	/** Journals and renews, several executions in one call. False where the token is lost. */
	journal(entry: JournalEntry): Promise<boolean> {
		if (this.#lost) return Promise.resolve(false);
		return new Promise((answer) => {
			this.#journal.push({ entry, answer });
			if (!this.#flushing) void this.#flush();
		});
	}

	/** Lends one of the connections for the length of `work`. */
	async connect<T>(work: () => Promise<T>): Promise<T> {
		if (this.#open >= CONNECTIONS_MAX) await new Promise<void>((resolve) => this.#queue.push(resolve));
		this.#open++;
		this.calls++;
		try {
			return await work();
		} finally {
			this.#open--;
			this.#queue.shift()?.();
		}
	}

	async #flush(): Promise<void> {
		this.#flushing = true;
		await Promise.resolve(); // others that journal in the same turn come along
		while (this.#journal.length > 0) {
			const batch = this.#journal.splice(0, countThatFit(this.#journal.map(({ entry }) => journalBytes(entry.steps) + sealedBytes(entry))));
			const held = await this.#renew(batch.map(({ entry }) => entry));
			for (const { answer } of batch) answer(held);
		}
		this.#flushing = false;
	}

	/** When the token lapses unless it is renewed, by this object's clock; epoch ms. */
	get until(): number {
		return this.#until;
	}

	async #renew(journal: JournalEntry[]): Promise<boolean> {
		let askedAt = Date.now(); // the lease counts from before the question, never from the answer
		try {
			const answer = await answered(
				async () => {
					askedAt = Date.now();
					if (FAULTS) await reach("executor.before_renew", this.ctx);
					const renewed = await this.sequencer().renew(this.slot, this.token, journal);
					if (FAULTS) await reach("executor.after_renew", this.ctx);
					return renewed;
				},
				ANSWER_MS,
				() => this.#until,
			);
			if (answer.status === "lost") this.#lose();
			else {
				this.hold({ ...answer, token: this.token });
				this.#until = askedAt + answer.leaseMs;
			}
		} catch {
			this.#lose(); // nobody knows whether the journal was written, so no call may follow it
		}
		return !this.#lost;
	}

	/** Renews in time while something runs, and gives up by itself when nobody answers: nobody else would notice. */
	#tend(leaseMs: number): void {
		if (this.#lost || this.#doors.size === 0) return;
		const left = this.#until - Date.now();
		if (left <= 0) this.#lose();
		else if (left < leaseMs * 0.75) void this.#renew([]);
	}

	#lose(): void {
		this.#lost = true;
		for (const door of this.#doors.values()) door.abort("lost");
	}
}

/** One execution's way out. */
class Door implements RunDoor {
	#controller: AbortController | null = null;
	#aborted: "lost" | "cancelled" | null = null;

	constructor(
		readonly doorway: Doorway,
		readonly execution: ClaimedExecution,
		readonly clear: () => Promise<boolean>,
		readonly open: OpenExecution | null,
	) {}

	get signal(): AbortSignal {
		this.#controller ??= new AbortController();
		if (this.#aborted) this.#controller.abort(this.#aborted);
		return this.#controller.signal;
	}

	abort(reason: "lost" | "cancelled"): void {
		this.#aborted ??= reason;
		this.#controller?.abort(reason);
	}

	async checkpoint(steps: StepRecord[]): Promise<"ok" | "lost" | "cancelled"> {
		if (!(await this.clear())) return "lost";
		const { event, number, version, edition, startedAt } = this.execution;
		const journal = this.open ? this.open.journal(steps) : { steps };
		const entry = { sequence: event.sequence, number, version, edition, startedAt: startedAt ?? Date.now(), ...journal };
		const held = await this.doorway.journal(entry);
		if (!held) return "lost";
		return this.#aborted ?? "ok";
	}

	send(request: OutboundRequest): Promise<OutboundResult> {
		const { ctx, env } = this.doorway;
		const { Loopback } = ctx.exports as unknown as { Loopback: Loopback };
		return this.doorway.connect(() =>
			send(request, { env, object: ctx, signal: this.signal, loopback: (inner, hops) => Loopback.deliver(inner, hops) }),
		);
	}

	async authorize(connectionId: string, url: string): Promise<Authorization> {
		const { env, workspaceId } = this.doorway;
		const connection = env.CONNECTION.get(env.CONNECTION.idFromName(connectionId)) as unknown as Remote<Connection>;
		const answer = await connection.authorize({ workspaceId, url });
		return answer.ok ? { headers: answer.headers } : { error: { code: answer.code, message: answer.message } };
	}

	now(): number {
		return Date.now();
	}

	random(): number {
		return Math.random();
	}
}
