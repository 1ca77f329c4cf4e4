import { handOn } from "./claims";
import { callSlots, hasUncalledWork } from "./dispatch";
import { LEASE_MS } from "./leases";
import type { Appetite, Lease, SettleAnswer } from "./protocol/lease";
import { sequenceOfKey } from "./schema";
import type { SequencerState } from "./state";

/** Waiting longer than this beside a busy Executor calls one more. */
const OVERDUE_MS = 50;

/** Answers to one slot come no closer together than this, so that events in quick succession travel in one. */
const SPACING_MS = 4;

/** An Executor whose question is kept open until there is something for it. */
interface Lingerer {
	appetite: Appetite;
	resolve: (answer: SettleAnswer) => void;
	nothing: SettleAnswer;
	timer: ReturnType<typeof setTimeout>;
	/** Set while an answer waits for its turn. */
	spacing: ReturnType<typeof setTimeout> | null;
}

/** Brings work to Executors: as the answer to one that lingers, by a wake-up to one that sleeps. */
export class Caller {
	readonly #lingerers = new Map<number, Lingerer>();
	readonly #answeredAt = new Map<number, number>();
	#timer = false;
	#turn = 0;

	/**
	 * @param send puts wake-ups for these slots on the queue
	 * @param whole does what a timer brings about in one turn, or nothing of it
	 * @param handed is told what a lingering Executor was given
	 */
	constructor(
		readonly state: () => SequencerState,
		readonly send: (slots: number[]) => void,
		readonly whole: (work: () => void) => void,
		readonly handed: (lease: Lease) => void,
	) {}

	/** @param overdue something has waited longer than a busy Executor should take */
	call(overdue = false): void {
		const now = Date.now();
		const { lingering, asleep } = callSlots(this.state(), overdue, this.#turn, now);
		for (const slot of lingering) this.#answerSpaced(slot, now);
		if (asleep.length > 0) this.send(asleep);
		this.#turn += asleep.length + lingering.length;
		if (this.#timer || !hasUncalledWork(this.state())) return;
		this.#timer = true;
		setTimeout(() => {
			this.#timer = false;
			if (hasUncalledWork(this.state())) this.whole(() => this.call(true));
		}, OVERDUE_MS);
	}

	/** Keeps an Executor's question open for a while. @param nothing what it is told when nothing comes */
	linger(index: number, appetite: Appetite, nothing: SettleAnswer, lingerMs: number): Promise<SettleAnswer> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => this.whole(() => this.#answer(index)), lingerMs);
			this.#lingerers.set(index, { appetite, resolve, nothing, timer, spacing: null });
			const slot = this.state().slots[index];
			if (slot) slot.lingering = true;
			this.whole(() => this.call());
		});
	}

	/**
	 * Answers an open question with nothing to do: its Executor asks anew, with something to settle, or is told what a
	 * person stopped.
	 */
	release(index: number, cancelled: number[] = []): void {
		const lingerer = this.#lingerers.get(index);
		if (!lingerer) return;
		this.#forget(index);
		lingerer.resolve(this.#nothing(index, lingerer, cancelled));
	}

	/** Tells the Executor of a running execution at once that a person cancelled it, where it lingers. */
	stop(key: number): void {
		const index = this.state().slots.findIndex(({ lease }) => lease?.entries.has(key));
		if (index >= 0) this.release(index, [sequenceOfKey(key)]);
	}

	/** Turns away an Executor whose lease has lapsed: it holds nothing any more, and may be gone. */
	dismiss(index: number): void {
		const lingerer = this.#lingerers.get(index);
		if (!lingerer) return;
		this.#forget(index);
		lingerer.resolve({ status: "lost" });
	}

	/** The lease counts from the last time that the Executor was heard of, not from this answer: it may be gone. */
	#nothing(index: number, { nothing }: Lingerer, cancelled: number[]): SettleAnswer {
		const until = this.state().slots[index]?.lease?.until;
		const leaseMs = until === undefined ? LEASE_MS : Math.max(0, until - Date.now());
		return nothing.status === "settled" ? { ...nothing, cancelled, leaseMs } : nothing;
	}

	#forget(index: number): void {
		const lingerer = this.#lingerers.get(index);
		clearTimeout(lingerer?.timer); // a timer that runs on would keep the object awake
		clearTimeout(lingerer?.spacing ?? undefined);
		this.#lingerers.delete(index);
		const slot = this.state().slots[index];
		if (slot) slot.lingering = false;
	}

	#answerSpaced(index: number, now: number): void {
		const lingerer = this.#lingerers.get(index);
		if (!lingerer || lingerer.spacing !== null) return;
		const wait = (this.#answeredAt.get(index) ?? 0) + SPACING_MS - now;
		if (wait <= 0) this.#answer(index);
		else lingerer.spacing = setTimeout(() => this.whole(() => this.#answer(index)), wait);
	}

	#answer(index: number): void {
		const lingerer = this.#lingerers.get(index);
		if (!lingerer) return;
		this.#forget(index);
		const now = Date.now();
		this.#answeredAt.set(index, now);
		const answer = handOn(this.state(), index, lingerer.appetite, crypto.randomUUID(), now);
		if (answer.status === "claimed") this.handed(answer);
		lingerer.resolve(answer.status === "claimed" ? { ...answer, status: "settled", cancelled: [] } : this.#nothing(index, lingerer, []));
	}
}
