import { DurableObject } from "cloudflare:workers";
import { describeError } from "../errors";
import { catchUp } from "../history/catch-up";
import { type DeliveryDetail, getDelivery, keptDeliveryOf, listDeliveries } from "../history/deliveries";
import { type EventQuery, getEvent, listEvents } from "../history/events";
import { type ExecutionQuery, getExecution, listExecutions } from "../history/executions";
import { LiveFeed } from "../history/live";
import type { PageQuery } from "../history/page";
import { type SearchPage, searchEvents } from "../history/search";
import type { SearchQuery } from "../history/search-query";
import type { Reading } from "../history/summaries";
import { executionId, executionOf } from "../ids";
import type { SequencerSettings } from "../integrations/settings";
import {
	acceptAfterAll,
	endpointSettings,
	hasRoom,
	isLive,
	jsonArrival,
	judge,
	judgeEndpoint,
	OVERLOADED_RETRY_SECONDS,
	store,
	takeIn,
	turnDown,
} from "./accept";
import { nextAlarm, wakeWaiting } from "./alarm";
import { Announcer } from "./announce";
import { Caller } from "./caller";
import { claim, lapse, renew, settle } from "./claims";
import { listBlockedLanes, skipLane } from "./lanes";
import type * as protocol from "./protocol";
import { ledgerOf, readingOf } from "./reading";
import { cancel, replay } from "./replay";
import { type ScheduleState, writeMeta, writeVersion } from "./rows";
import { executionKey, isKnown, migrate } from "./schema";
import { SequencerState } from "./state";
import { StatisticsClock } from "./statistics";
import { reschedule, tick } from "./ticks";
import { Upkeep } from "./upkeep";

/** After a failure the alarm comes back no sooner than this. */
const ALARM_PAUSE_MS = 5_000;
/** And what can wait, such as deleting what is old, no sooner than this. */
const UPKEEP_PAUSE_MS = 60_000;

/**
 * One integration's events: accepts and numbers them, says who is next, keeps what became of them. It never runs a
 * user's expression and never calls out, so it is never slower than its disk.
 */
export class Sequencer extends DurableObject<Env> {
	#state: SequencerState;
	readonly #live: LiveFeed;
	readonly #announce: Announcer;
	readonly #statistics = new StatisticsClock();
	#upkeep = new Upkeep();
	#armed: number | null = null;
	#liveUntil: number | null = null;
	readonly #caller: Caller;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#live = new LiveFeed(ctx);
		this.#announce = new Announcer(this.#live, () => this.#state);
		this.#state = new SequencerState(ctx.storage.sql);
		this.#caller = new Caller(
			() => this.#state,
			(slots) => this.#send(slots),
			(lease) => {
				if (this.#live.watched) this.#announce.executions(handed(lease));
			},
		);
		if (!isKnown(ctx.storage.sql)) return; // an address that was never configured writes nothing
		migrate(ctx.storage);
		this.#state.load(Date.now());
		void ctx.blockConcurrencyWhile(async () => {
			this.#armed = await ctx.storage.getAlarm();
			// Those who held leases may have gone with the machine: one that is there goes on, a new one takes over at once.
			const held = this.#state.slots.flatMap(({ lease }, slot) => (lease ? [slot] : []));
			if (held.length > 0) this.#send(held);
			this.#goOn();
		});
	}

	// ---- endpoints

	/** Stores a delivery that the Worker judged by the settings of `revision`, or says why not. */
	accept(generation: number, revision: number, arrival: protocol.Arrival): protocol.AcceptAnswer {
		const now = Date.now();
		const verdict = judge(this.#state, generation, revision, now);
		if (verdict !== null) {
			this.#countTurnedAway(verdict.status);
			return verdict;
		}
		return this.#change(() => {
			const { answer, delivery } = takeIn(this.#state, this.#integrationId, arrival, now);
			if (this.#live.watched) {
				if (delivery === null) this.#announce.event(answer.sequence);
				else this.#announce.delivery(delivery);
			}
			return answer;
		});
	}

	/** What an isolate needs to judge requests to this generation of the URL; null where it answers 404. */
	endpoint(generation: number): ReturnType<typeof endpointSettings> | null {
		const { settings } = this.#state;
		return settings && isLive(settings, generation, Date.now()) ? endpointSettings(settings) : null;
	}

	/** Keeps a delivery that the Worker turned down by the settings of `revision`, with its reason. */
	reject(generation: number, revision: number, rejection: protocol.Rejection): protocol.RejectAnswer {
		const now = Date.now();
		const verdict = judgeEndpoint(this.#state, generation, revision, now);
		if (verdict !== null) {
			this.#countTurnedAway(verdict.status);
			return verdict;
		}
		return this.#change(() => {
			const id = turnDown(this.#state, rejection, now);
			if (this.#live.watched) this.#announce.delivery(id);
			return { status: "rejected" };
		});
	}

	// ---- executions

	claim(slot: number, appetite: protocol.Appetite): protocol.ClaimAnswer {
		this.#caller.dismiss(slot);
		return this.#change(() => {
			const answer = claim(this.#state, slot, appetite, crypto.randomUUID(), Date.now());
			if (this.#live.watched && answer.status === "claimed") this.#announce.executions(handed(answer));
			return answer;
		});
	}

	renew(slot: number, token: string, journal: protocol.JournalEntry[]): protocol.RenewAnswer {
		return this.#change(() => {
			const answer = renew(this.#state, slot, token, journal, Date.now());
			if (this.#live.watched && answer.status === "renewed") this.#announce.journaled(journal);
			return answer;
		});
	}

	/**
	 * @param lingerMs how long the Executor waits for something to do: what comes meanwhile reaches it as the answer,
	 *   without a way through the queue
	 */
	settle(
		slot: number,
		token: string,
		settlements: protocol.Settlement[],
		appetite: protocol.Appetite,
		lingerMs: number,
		holds: protocol.HeldKey[] | null = null,
	): protocol.SettleAnswer | Promise<protocol.SettleAnswer> {
		this.#caller.release(slot);
		const answer = this.#change(() => {
			const settled = settle(this.#state, slot, token, settlements, appetite, Date.now(), holds);
			if (this.#live.watched && settled.status === "settled") this.#announce.executions([...settlements, ...handed(settled)]);
			return settled;
		});
		if (answer.status === "lost" || answer.executions.length > 0 || appetite.events === 0 || lingerMs <= 0) return answer;
		return this.#caller.linger(slot, appetite, answer, lingerMs);
	}

	// ---- people

	/** Takes over what was saved; versions only go upwards. Answers when it is on disk. */
	apply(settings: SequencerSettings): protocol.ApplyAnswer {
		const { removedFrom } = this.#state;
		if (removedFrom) return { status: "removed", revision: removedFrom.revision };
		migrate(this.ctx.storage);
		const before = this.#state.settings;
		if (before && before.revision >= settings.revision) return { status: "older", revision: before.revision };
		return this.#change(() => {
			writeMeta(this.#state.sql, "settings", settings);
			writeVersion(this.#state.sql, settings.current);
			this.#state.apply(settings);
			reschedule(this.#state, JSON.stringify(before?.schedule) !== JSON.stringify(settings.schedule), Date.now());
			return { status: "applied", revision: settings.revision };
		});
	}

	/** Forgets the integration; what is left is a tombstone, so that a late save cannot bring it back. */
	async remove(workspaceId: string): Promise<{ status: "removed" | "unknown" }> {
		const { settings, removedFrom } = this.#state;
		if (removedFrom?.workspaceId === workspaceId) return { status: "removed" };
		if (settings && settings.workspaceId !== workspaceId) return { status: "unknown" };
		const revision = settings?.revision ?? 0;
		this.#live.closeAll(4404, "The integration was deleted.");
		await this.ctx.storage.deleteAll();
		migrate(this.ctx.storage);
		writeMeta(this.ctx.storage.sql, "settings", { removed: true, workspaceId, revision });
		this.#state = new SequencerState(this.ctx.storage.sql);
		this.#state.load(Date.now());
		this.#armed = null;
		return { status: "removed" };
	}

	/** Runs the workflow for a JSON body that a person gave, also while paused. */
	run(workspaceId: string, body: ArrayBuffer): protocol.RunAnswer {
		const { settings } = this.#state;
		if (settings === null || !this.#belongsTo(workspaceId)) return { status: "unknown" };
		if (!hasRoom(this.#state)) return { status: "overloaded", retryAfterSeconds: OVERLOADED_RETRY_SECONDS };
		return this.#change(() => {
			const arrival = jsonArrival(settings, body);
			// A run by hand goes ahead while the integration is paused; its lane would hold it.
			const lane = this.#state.paused ? null : arrival.lane;
			const stored = store(this.#state, settings.integrationId, "manual", { ...arrival, lane }, Date.now());
			if (this.#live.watched) this.#announce.event(stored.sequence);
			return { status: "queued", executionId: executionId(settings.integrationId, stored.sequence, 1), ...stored };
		});
	}

	replay(workspaceId: string, eventId: string, request: protocol.ReplayRequest): protocol.ReplayAnswer {
		if (!this.#belongsTo(workspaceId)) return { status: "not_found" };
		return this.#change(() => {
			const answer = replay(this.#state, this.#integrationId, eventId, request);
			if (this.#live.watched && answer.status === "queued") this.#announce.execution(answer.executionId);
			return answer;
		});
	}

	cancel(workspaceId: string, id: string): protocol.CancelAnswer {
		if (!this.#belongsTo(workspaceId)) return { status: "not_found" };
		return this.#change(() => {
			const answer = cancel(this.#state, this.#integrationId, id, Date.now());
			if (this.#live.watched && answer.status === "cancelled") this.#announce.execution(id);
			const running = answer.status === "cancelling" ? executionOf(this.#integrationId, id) : null;
			if (running) this.#caller.stop(executionKey(running.sequence, running.number));
			return answer;
		});
	}

	/** The blocked lanes; null where the integration is not this workspace's. */
	listBlockedLanes(workspaceId: string): protocol.BlockedLaneView[] | null {
		return this.#read(workspaceId, () => listBlockedLanes(this.#state, this.#integrationId));
	}

	/** Makes an event of a delivery that was turned down, or of a duplicate with another body. */
	acceptAfterAll(workspaceId: string, deliveryId: string): protocol.AcceptAfterAllAnswer {
		const id = this.#belongsTo(workspaceId) ? keptDeliveryOf(this.#integrationId, deliveryId) : null;
		if (id === null) return { status: "not_found" };
		return this.#change(() => {
			const answer = acceptAfterAll(this.#state, this.#integrationId, id, Date.now());
			if (this.#live.watched && answer.status === "accepted") this.#announce.event(answer.sequence);
			return answer;
		});
	}

	/** Lets a blocked lane go on past the event that blocks it. */
	skipLane(workspaceId: string, laneId: string): "skipped" | "not_found" {
		if (!this.#belongsTo(workspaceId)) return "not_found";
		return this.#change(() => (skipLane(this.#state, laneId) ? "skipped" : "not_found"));
	}

	/** Heals the alarm and the dispatch of an object that something kept from waking itself. */
	poke(): void {
		if (this.#state.settings) this.#goOn();
	}

	// ---- history

	listEvents(workspaceId: string, query: EventQuery): protocol.Page<protocol.EventSummary> | null {
		return this.#read(workspaceId, (reading) => listEvents(this.#state.sql, reading, query));
	}

	searchEvents(workspaceId: string, query: SearchQuery): SearchPage | null {
		return this.#read(workspaceId, (reading) => searchEvents(this.#state.sql, reading, query));
	}

	getEvent(workspaceId: string, id: string): protocol.EventDetail | null {
		return this.#read(workspaceId, (reading) => getEvent(this.#state.sql, reading, id));
	}

	listDeliveries(workspaceId: string, query: PageQuery): protocol.Page<protocol.DeliverySummary> | null {
		return this.#read(workspaceId, (reading) => listDeliveries(this.#state.sql, reading, query));
	}

	getDelivery(workspaceId: string, id: string): DeliveryDetail | null {
		return this.#read(workspaceId, (reading) => getDelivery(this.#state.sql, reading, id));
	}

	listExecutions(workspaceId: string, query: ExecutionQuery): protocol.Page<protocol.ExecutionSummary> | null {
		return this.#read(workspaceId, (reading) => listExecutions(this.#state.sql, reading, query));
	}

	getExecution(workspaceId: string, id: string): protocol.ExecutionDetail | null {
		return this.#read(workspaceId, (reading) => getExecution(this.#state.sql, reading, id));
	}

	ledger(workspaceId: string): protocol.Ledger | null {
		return this.#read(workspaceId, () => ledgerOf(this.#state));
	}

	/** When the schedule runs next, and what it skipped. */
	schedule(workspaceId: string): ScheduleState | null {
		return this.#read(workspaceId, () => this.#state.schedule);
	}

	/** The live feed: a WebSocket that the API has authorized (headers `inlet-workspace`, `inlet-until`). */
	override fetch(request: Request): Response {
		const workspaceId = request.headers.get("inlet-workspace") ?? "";
		const reading = this.#belongsTo(workspaceId) ? readingOf(this.#state) : null;
		if (reading === null) return new Response(null, { status: 404 });
		const response = this.#live.connect(request, (after) => catchUp(this.#state.sql, reading, after));
		this.#liveUntil = this.#live.closeExpired(Date.now());
		this.#arm();
		return response;
	}

	override webSocketClose(socket: WebSocket): void {
		this.#live.forget(socket);
	}

	override webSocketError(socket: WebSocket): void {
		this.#live.forget(socket);
	}

	// ---- by itself

	override alarm(): void {
		this.#armed = null;
		const now = Date.now();
		const done = this.#attempt("alarm_failed", now, () => this.#dueNow(now));
		const kept = this.#attempt("upkeep_failed", now, () => {
			if (this.#upkeep.run(this.#state, now)) this.#statistics.touch(Date.now());
		});
		if (!kept) this.#upkeep = new Upkeep(now + UPKEEP_PAUSE_MS);
		this.#goOn(done ? 0 : now + ALARM_PAUSE_MS);
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
			this.#state = new SequencerState(this.ctx.storage.sql);
			this.#state.load(now);
			return false;
		}
	}

	/** What is due by itself: lapsed leases, retries, the schedule. */
	#dueNow(now: number): void {
		for (const [index, slot] of this.#state.slots.entries()) {
			if (!slot.lease || slot.lease.until > now) continue;
			this.#caller.dismiss(index);
			lapse(this.#state, index, now);
		}
		wakeWaiting(this.#state, now);
		if (tick(this.#state, now)) {
			this.#statistics.touch(Date.now());
			if (this.#live.watched) this.#announce.event(this.#state.last);
		}
		if (this.#state.settings) this.#state.saveSettledThrough();
		this.#liveUntil = this.#live.closeExpired(now);
	}

	/** Approximate: what is turned away costs no write. */
	#countTurnedAway(status: protocol.AcceptAnswer["status"]): void {
		if (status === "overloaded" || status === "rate_limited") this.#state.counts.turnedAway++;
	}

	get #region(): string {
		return this.#state.settings?.region ?? "auto";
	}

	get #integrationId(): string {
		return this.#state.settings?.integrationId ?? this.ctx.id.name ?? "";
	}

	#belongsTo(workspaceId: string): boolean {
		return this.#state.settings?.workspaceId === workspaceId;
	}

	#read<T>(workspaceId: string, read: (reading: Reading) => T): T | null {
		const reading = this.#belongsTo(workspaceId) ? readingOf(this.#state) : null;
		return reading === null ? null : read(reading);
	}

	/**
	 * One change of rows and memory in one turn. Should it fail half way, the object is thrown away: the rows are rolled
	 * back with the turn, and memory is made anew from them.
	 */
	#change<T>(work: () => T): T {
		let result: T;
		try {
			result = work();
		} catch (error) {
			this.#complain("reset", error);
			this.ctx.abort("a change failed half way");
			throw error;
		}
		this.#statistics.touch(Date.now());
		this.#goOn();
		return result;
	}

	/** Calls Executors, sends figures, arms the alarm. `notBefore` in epoch ms. */
	#goOn(notBefore = 0): void {
		this.#caller.call();
		this.#report();
		this.#arm(notBefore);
	}

	/** Wake-up calls leave when what they are about is on disk (output gate). One that is lost is repeated by the alarm. */
	#send(slots: number[]): void {
		const calls = slots.map((slot) => ({
			body: { integrationId: this.#integrationId, slot, region: this.#region } satisfies protocol.WakeUp,
		}));
		this.ctx.waitUntil(this.env.EXECUTIONS.sendBatch(calls).catch((error: unknown) => this.#complain("call_failed", error)));
	}

	#complain(event: string, error: unknown): void {
		console.error(JSON.stringify({ event: `sequencer.${event}`, integrationId: this.#integrationId, error: describeError(error) }));
	}

	#report(): void {
		const message = this.#statistics.take(this.#state, nextAlarm(this.#state, [], Date.now()), Date.now());
		if (message === null) return;
		this.ctx.waitUntil(
			this.env.STATISTICS.send(message).catch((error: unknown) => {
				this.#statistics.resend(Date.now());
				console.error(
					JSON.stringify({ event: "sequencer.report_failed", integrationId: this.#integrationId, error: describeError(error) }),
				);
			}),
		);
	}

	#arm(notBefore = 0): void {
		const now = Date.now();
		const next = nextAlarm(this.#state, [this.#statistics.dueAt, this.#liveUntil, this.#upkeep.dueAt(this.#state, now)], now);
		if (next === null) return; // one that is armed too early finds nothing to do
		const at = Math.max(next, notBefore);
		const past = this.#armed !== null && this.#armed < now - ALARM_PAUSE_MS;
		if (this.#armed !== null && this.#armed <= at && !past) return;
		this.#armed = at;
		void this.ctx.storage.setAlarm(at);
	}
}

/** The executions that a lease hands over, named. */
function handed(lease: protocol.Lease): { sequence: number; number: number }[] {
	return lease.executions.map(({ event, number }) => ({ sequence: event.sequence, number }));
}
