import { describeError } from "../errors";
import { enterTurn, pass, reach } from "../faults";
import { LiveFeed } from "../history/live";
import type { Reading } from "../history/summaries";
import { doDue, nextAlarm } from "./alarm";
import { Announcer } from "./announce";
import { Caller } from "./caller";
import { FailureCaller } from "./failure-caller";
import type { Lease, WakeUp } from "./protocol/lease";
import { readingOf } from "./reading";
import { isKnown, migrate, numberOfKey, sequenceOfKey } from "./schema";
import { SequencerState } from "./state";
import { StatisticsClock } from "./statistics";
import { Upkeep } from "./upkeep";

/** After a failure the alarm comes back no sooner than this. */
const ALARM_PAUSE_MS = FAULTS ? 100 : 5_000;
/** And what can wait, such as deleting what is old, no sooner than this. */
const UPKEEP_PAUSE_MS = 60_000;

/**
 * What drives a Sequencer, whatever is asked of it: every change is whole, and after each one Executors are called,
 * figures leave and the one alarm is armed for what is due next.
 */
export class Engine {
	state: SequencerState;
	readonly live: LiveFeed;
	readonly announce: Announcer;
	readonly caller: Caller;
	readonly #failures: FailureCaller;
	readonly #statistics = new StatisticsClock();
	#upkeep = new Upkeep();
	#armed: number | null = null;
	#liveUntil: number | null = null;

	constructor(
		readonly ctx: DurableObjectState,
		readonly env: Env,
	) {
		this.live = new LiveFeed(ctx);
		this.announce = new Announcer(this.live, () => this.state);
		this.state = newState(ctx, env);
		this.caller = new Caller(
			() => this.state,
			(slots) => this.#send(slots),
			(work) => this.#whole(work),
			(lease) => {
				if (this.live.watched) this.announce.executions(handed(lease));
			},
		);
		this.#failures = new FailureCaller(
			ctx,
			env,
			() => this.state,
			(work, keys) => {
				this.change(work);
				if (this.live.watched) this.announce.executions(keys.map((key) => ({ sequence: sequenceOfKey(key), number: numberOfKey(key) })));
			},
			(event, error) => this.#complain(event, error),
		);
		if (!isKnown(ctx.storage.sql)) return; // an address that was never configured writes nothing
		migrate(ctx.storage);
		if (FAULTS) enterTurn(ctx);
		if (FAULTS) pass("start.before_load");
		this.state.load(Date.now());
		if (FAULTS) pass("start.after_load");
		void ctx.blockConcurrencyWhile(async () => {
			this.#armed = await ctx.storage.getAlarm();
			// Those who held leases may have gone with the machine: one that is there goes on, a new one takes over at once.
			const held = this.state.slots.flatMap(({ lease }, slot) => (lease ? [slot] : []));
			if (held.length > 0) this.#send(held);
			this.goOn();
		});
	}

	get integrationId(): string {
		return this.state.settings?.integrationId ?? this.ctx.id.name ?? "";
	}

	belongsTo(workspaceId: string): boolean {
		return this.state.settings?.workspaceId === workspaceId;
	}

	/** Reads for a workspace; null where the integration is not its own. */
	read<T>(workspaceId: string, read: (reading: Reading) => T): T | null {
		const reading = this.belongsTo(workspaceId) ? readingOf(this.state) : null;
		return reading === null ? null : read(reading);
	}

	/** One change of rows and memory, and what follows from it. */
	change<T>(work: () => T): T {
		return this.#whole(() => {
			const result = work();
			this.#statistics.touch(Date.now());
			this.goOn();
			return result;
		});
	}

	/**
	 * Does all of it in one turn, or nothing: should it fail half way, the object is thrown away, the rows are rolled back
	 * with the turn, and memory is made anew from them.
	 */
	#whole<T>(work: () => T): T {
		if (FAULTS) enterTurn(this.ctx);
		try {
			return work();
		} catch (error) {
			this.#complain("reset", error);
			this.ctx.abort("a change failed half way");
			throw error;
		}
	}

	/** Makes memory anew from the rows, after all of them were deleted. */
	reset(): void {
		this.state = newState(this.ctx, this.env);
		this.state.load(Date.now());
		this.#armed = null;
	}

	/** Calls Executors, sends figures, arms the alarm. `notBefore` in epoch ms. */
	goOn(notBefore = 0): void {
		if (FAULTS) pass("call_executors");
		this.caller.call();
		this.#failures.go(Date.now());
		this.#report();
		this.#arm(notBefore);
	}

	/** Heals what a lost alarm, lost wake-ups or lost figures left behind. */
	poke(): void {
		this.#whole(() => {
			this.#statistics.touchUnlessSent(Date.now());
			this.goOn();
		});
	}

	/** Somebody has come to watch: the alarm closes the socket when its session ends. */
	watch(): void {
		this.#liveUntil = this.live.closeExpired(Date.now());
		this.#arm();
	}

	alarm(): void {
		this.#armed = null;
		if (FAULTS) enterTurn(this.ctx);
		const now = Date.now();
		const done = this.#attempt("alarm_failed", now, () => this.#dueNow(now));
		const kept = this.#attempt("upkeep_failed", now, () => {
			if (FAULTS) pass("alarm.upkeep");
			if (this.#upkeep.run(this.state, now)) this.#statistics.touch(now);
		});
		if (!kept) this.#upkeep = new Upkeep(now + UPKEEP_PAUSE_MS);
		this.#statistics.touchUnlessSent(now);
		const gone = this.#attempt("calls_failed", now, () => {
			if (FAULTS) pass("alarm.end");
			this.goOn(done ? 0 : now + ALARM_PAUSE_MS);
		});
		if (!gone) this.#armAt(now + ALARM_PAUSE_MS);
	}

	/**
	 * Does what is due in one transaction. A throwing alarm is given up by the platform after six tries; this one comes
	 * back, with memory as the rows say.
	 */
	#attempt(complaint: string, now: number, work: () => void): boolean {
		try {
			this.ctx.storage.transactionSync(work);
			return true;
		} catch (error) {
			this.#complain(complaint, error);
			this.state = newState(this.ctx, this.env);
			this.state.load(now);
			return false;
		}
	}

	/** What is due by itself: lapsed leases, retries, the schedule. */
	#dueNow(now: number): void {
		if (FAULTS) pass("alarm.begin");
		if (doDue(this.state, now, (slot) => this.caller.dismiss(slot))) {
			this.#statistics.touch(now);
			if (this.live.watched) this.announce.event(this.state.last);
		}
		this.#liveUntil = this.live.closeExpired(now);
	}

	/** Wake-up calls leave when what they are about is on disk (output gate). One that is lost is repeated by the alarm. */
	#send(slots: number[]): void {
		const region = this.state.settings?.region ?? "auto";
		const calls = slots.map((slot) => ({ body: { integrationId: this.integrationId, slot, region } satisfies WakeUp }));
		const before = FAULTS ? reach("dispatch.before_send", this.ctx) : null;
		const sent = before ? before.then(() => this.env.EXECUTIONS.sendBatch(calls)) : this.env.EXECUTIONS.sendBatch(calls);
		const after = FAULTS ? sent.then(() => reach("dispatch.after_send", this.ctx)) : sent;
		this.ctx.waitUntil(after.catch((error: unknown) => this.#complain("call_failed", error)));
	}

	#report(): void {
		const now = Date.now();
		const message = this.#statistics.take(this.state, nextAlarm(this.state, [], now), now);
		if (message === null) return;
		const before = FAULTS ? reach("statistics.before_send", this.ctx) : null;
		const sent = before ? before.then(() => this.env.STATISTICS.send(message)) : this.env.STATISTICS.send(message);
		const after = FAULTS ? sent.then(() => reach("statistics.after_send", this.ctx)) : sent;
		this.ctx.waitUntil(
			after.catch((error: unknown) => {
				this.#statistics.resend(Date.now());
				this.#complain("report_failed", error);
			}),
		);
	}

	#arm(notBefore = 0): void {
		const now = Date.now();
		const next = nextAlarm(
			this.state,
			[this.#failures.dueAt, this.#statistics.dueAt, this.#liveUntil, this.#upkeep.dueAt(this.state, now)],
			now,
		);
		if (next === null) return; // one that is armed too early finds nothing to do
		const at = Math.max(next, notBefore);
		const past = this.#armed !== null && this.#armed < now - ALARM_PAUSE_MS;
		if (this.#armed !== null && this.#armed <= at && !past) return;
		this.#armAt(at);
	}

	#armAt(at: number): void {
		this.#armed = at;
		void this.ctx.storage.setAlarm(at);
	}

	#complain(event: string, error: unknown): void {
		console.error(JSON.stringify({ event: `sequencer.${event}`, integrationId: this.integrationId, error: describeError(error) }));
	}
}

const newState = (ctx: DurableObjectState, env: Env): SequencerState => new SequencerState(ctx.storage.sql, undefined, env.VAULT_KEYS);

/** The executions that a lease hands over, named. */
export function handed(lease: Lease): { sequence: number; number: number }[] {
	return lease.executions.map(({ event, number }) => ({ sequence: event.sequence, number }));
}
