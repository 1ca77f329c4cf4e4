import { DurableObject } from "cloudflare:workers";
import { pass, reach } from "../faults";
import { catchUp } from "../history/catch-up";
import { type DeliveryDetail, getDelivery, getRefused, keptDeliveryOf, listDeliveries, type RefusedDelivery } from "../history/deliveries";
import { type EventQuery, getEvent, listEvents } from "../history/events";
import { type ExecutionQuery, getExecution, listExecutions } from "../history/executions";
import { type InboxPage, listInbox } from "../history/inbox";
import type { InboxQuery } from "../history/inbox-query";
import type { PageQuery } from "../history/page";
import { type SearchPage, searchEvents } from "../history/search";
import type { SearchQuery } from "../history/search-query";
import { executionId, executionOf } from "../ids";
import type { SequencerSettings } from "../integrations/settings";
import {
	endpointSettings,
	fits,
	hasRoom,
	isLive,
	judge,
	judgeEndpoint,
	noteHandshake,
	OVERLOADED_RETRY_SECONDS,
	store,
	takeIn,
	turnDown,
	typedArrival,
} from "./accept";
import { acceptAfterAll } from "./after-all";
import { newItemsFit, takeInBatch } from "./batches";
import { takeCall } from "./calls";
import { claim, renew, settle } from "./claims";
import { Engine, handed } from "./engine";
import { type Arrived, Intake } from "./intake";
import { listBlockedLanes, skipLane } from "./lanes";
import { type ScheduleState, writeMeta, writeVersion } from "./meta-rows";
import type { Call, CallAnswer } from "./protocol/call";
import type { AcceptAfterAllAnswer, ApplyAnswer, CancelAnswer, ReplayAnswer, ReplayRequest, RunAnswer } from "./protocol/commands";
import type {
	AcceptAnswer,
	Arrival,
	BatchAnswer,
	BatchArrival,
	HandshakeNote,
	HandshakeNoted,
	Headers,
	LookAnswer,
	RejectAnswer,
	Rejection,
} from "./protocol/delivery";
import type { Appetite, ClaimAnswer, HeldKey, JournalEntry, RenewAnswer, SettleAnswer, Settlement } from "./protocol/lease";
import type {
	BlockedLaneView,
	DeliverySummary,
	EventDetail,
	EventSummary,
	ExecutionDetail,
	ExecutionSummary,
	Kept,
	Ledger,
	Page,
} from "./protocol/views";
import { keptOf, ledgerOf, readingOf } from "./reading";
import { cancel, replay } from "./replay";
import { executionKey, migrate } from "./schema";
import { keptHere } from "./sealed";
import { reschedule } from "./ticks";
import { TokenBucket } from "./token-bucket";

/**
 * One integration's events: accepts and numbers them, says who is next, keeps what became of them. It never runs a
 * user's expression and never calls out, so it is never slower than its disk.
 */
export class Sequencer extends DurableObject<Env> {
	readonly #engine: Engine;
	readonly #intake = new Intake((group) => this.#store(group));
	readonly #sends = new TokenBucket(1);

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#engine = new Engine(ctx, env);
	}

	// ---- endpoints

	/** Stores a delivery that the Worker judged by the settings of `revision`, or says why not. */
	accept(generation: number, revision: number, arrival: Arrival): AcceptAnswer | Promise<AcceptAnswer> {
		const now = Date.now();
		const { state } = this.#engine;
		const verdict = judge(state, generation, revision, now, this.#intake.size, 1, () => {
			this.#intake.flush(); // what this repeats may be among those that wait
			return fits(state, arrival, now);
		});
		if (verdict !== null) {
			this.#countTurnedAway(verdict.status);
			return verdict;
		}
		const answer = this.#intake.add(arrival, now);
		return FAULTS ? reach("accept.before_answer", this.ctx).then(() => answer) : answer;
	}

	#store(group: readonly Arrived[]): AcceptAnswer[] {
		return this.#engine.change(() =>
			group.map(({ arrival, at }) => {
				const { answer, delivery } = takeIn(this.#engine.state, this.#engine.integrationId, arrival, at);
				if (this.#engine.live.watched) {
					if (delivery === null) this.#engine.announce.event(answer.sequence);
					else this.#engine.announce.delivery(delivery);
				}
				return answer;
			}),
		);
	}

	/** Stores a delivery that holds several events, all of them in one turn or none, or says why not. */
	acceptBatch(generation: number, revision: number, batch: BatchArrival): BatchAnswer {
		this.#intake.flush(); // what came before is numbered before
		const now = Date.now();
		const { state, announce, live, integrationId } = this.#engine;
		const verdict = judge(state, generation, revision, now, 0, Math.max(1, batch.items.length), () => newItemsFit(state, batch.items, now));
		if (verdict !== null) {
			this.#countTurnedAway(verdict.status);
			return verdict;
		}
		return this.#engine.change(() => {
			const before = state.last;
			const { answer, deliveries } = takeInBatch(state, integrationId, batch, now);
			if (live.watched) {
				announce.eventsAfter(before);
				for (const delivery of deliveries) announce.delivery(delivery);
			}
			return answer;
		});
	}

	/** What an isolate needs to judge requests to this generation of the URL; null where it answers 404. */
	endpoint(generation: number): ReturnType<typeof endpointSettings> | null {
		const { settings } = this.#engine.state;
		return settings && isLive(settings, generation, Date.now()) ? endpointSettings(settings) : null;
	}

	/** Whether the URL is live, for whoever only looks: nothing is kept of it. */
	look(generation: number, revision: number): LookAnswer {
		return judgeEndpoint(this.#engine.state, generation, revision, Date.now(), 1, "questions") ?? { status: "live" };
	}

	/** Keeps a delivery that the Worker turned down by the settings of `revision`, with its reason. */
	reject(generation: number, revision: number, rejection: Rejection): RejectAnswer {
		const now = Date.now();
		const verdict = judgeEndpoint(this.#engine.state, generation, revision, now, 1, "refusals");
		if (verdict !== null) {
			this.#countTurnedAway(verdict.status);
			return verdict;
		}
		return this.#engine.change(() => {
			const id = turnDown(this.#engine.state, rejection, now);
			if (this.#engine.live.watched) this.#engine.announce.delivery(id);
			return { status: "rejected" };
		});
	}

	/** Keeps a handshake that the Worker answered by the settings of `revision`; the answer waits for this, so that its rate counts. */
	noteHandshake(generation: number, revision: number, note: HandshakeNote): HandshakeNoted {
		const now = Date.now();
		const verdict = judgeEndpoint(this.#engine.state, generation, revision, now, 1, "questions");
		if (verdict !== null) {
			this.#countTurnedAway(verdict.status);
			return verdict;
		}
		return this.#engine.change(() => {
			const id = noteHandshake(this.#engine.state, note, now);
			if (this.#engine.live.watched) this.#engine.announce.delivery(id);
			return { status: "noted" };
		});
	}

	// ---- executions

	claim(slot: number, appetite: Appetite): ClaimAnswer | Promise<ClaimAnswer> {
		this.#engine.caller.dismiss(slot);
		const claimed = this.#engine.change(() => {
			const answer = claim(this.#engine.state, slot, appetite, crypto.randomUUID(), Date.now());
			if (this.#engine.live.watched && answer.status === "claimed") this.#engine.announce.executions(handed(answer));
			return answer;
		});
		return FAULTS ? reach("claim.before_answer", this.ctx).then(() => claimed) : claimed;
	}

	renew(slot: number, token: string, journal: JournalEntry[]): RenewAnswer | Promise<RenewAnswer> {
		const renewed = this.#engine.change(() => {
			const answer = renew(this.#engine.state, slot, token, journal, Date.now());
			if (this.#engine.live.watched && answer.status === "renewed") this.#engine.announce.journaled(journal);
			return answer;
		});
		return FAULTS ? reach("renew.before_answer", this.ctx).then(() => renewed) : renewed;
	}

	/**
	 * @param lingerMs how long the Executor waits for something to do: what comes meanwhile reaches it as the answer,
	 *   without a way through the queue
	 */
	settle(
		slot: number,
		token: string,
		settlements: Settlement[],
		appetite: Appetite,
		lingerMs: number,
		holds: HeldKey[] | null = null,
	): SettleAnswer | Promise<SettleAnswer> {
		this.#engine.caller.release(slot);
		const answer = this.#engine.change(() => {
			const settled = settle(this.#engine.state, slot, token, settlements, appetite, Date.now(), holds);
			if (this.#engine.live.watched && settled.status === "settled") this.#engine.announce.executions([...settlements, ...handed(settled)]);
			return settled;
		});
		if (answer.status === "lost" || answer.executions.length > 0 || appetite.events === 0 || lingerMs <= 0)
			return FAULTS ? reach("settle.before_answer", this.ctx).then(() => answer) : answer;
		const later = this.#engine.caller.linger(slot, appetite, answer, lingerMs);
		return FAULTS ? later.then((lingered) => reach("settle.before_answer", this.ctx).then(() => lingered)) : later;
	}

	/** Calls by other integrations of the workspace: an event for each, once however often it is told of it. */
	takeCalls(workspaceId: string, calls: readonly Call[]): CallAnswer[] {
		if (!this.#engine.belongsTo(workspaceId)) return calls.map(() => ({ status: "unknown" }));
		return this.#engine.change(() => {
			const before = this.#engine.state.last;
			const answers = calls.map((call) => takeCall(this.#engine.state, call, Date.now()));
			if (this.#engine.live.watched) this.#engine.announce.eventsAfter(before);
			return answers;
		});
	}

	// ---- people

	/** Takes over what was saved; versions only go upwards. Answers when it is on disk. */
	apply(settings: SequencerSettings): ApplyAnswer | Promise<ApplyAnswer> {
		const { removedFrom } = this.#engine.state;
		if (removedFrom) return { status: "removed", revision: removedFrom.revision };
		migrate(this.ctx.storage);
		const before = this.#engine.state.settings;
		if (before && before.revision >= settings.revision) return { status: "older", revision: before.revision };
		this.#intake.flush();
		const applied = this.#engine.change(() => {
			if (FAULTS) pass("apply.before_write");
			writeMeta(this.#engine.state.sql, "settings", settings);
			writeVersion(this.#engine.state.sql, settings.current);
			this.#engine.state.apply(settings);
			reschedule(this.#engine.state, JSON.stringify(before?.schedule) !== JSON.stringify(settings.schedule), Date.now());
			if (FAULTS) pass("apply.after_write");
			return { status: "applied", revision: settings.revision } as const;
		});
		return FAULTS ? reach("apply.before_answer", this.ctx).then(() => applied) : applied;
	}

	/** Forgets the integration; what is left is a tombstone, so that a late save cannot bring it back. */
	async remove(workspaceId: string): Promise<{ status: "removed" | "unknown" }> {
		const { settings, removedFrom } = this.#engine.state;
		if (removedFrom?.workspaceId === workspaceId) return { status: "removed" };
		if (settings && settings.workspaceId !== workspaceId) return { status: "unknown" };
		const revision = settings?.revision ?? 0;
		this.#intake.flush();
		this.#engine.live.closeAll(4404, "The integration was deleted.");
		await this.ctx.storage.deleteAll();
		migrate(this.ctx.storage);
		writeMeta(this.ctx.storage.sql, "settings", { removed: true, workspaceId, revision });
		this.#engine.reset();
		return { status: "removed" };
	}

	/** Runs the workflow for a body that a person gave, JSON unless the headers say otherwise, also while paused. */
	run(workspaceId: string, body: ArrayBuffer, headers: Headers = []): RunAnswer {
		const { settings } = this.#engine.state;
		if (settings === null || !this.#engine.belongsTo(workspaceId)) return { status: "unknown" };
		if (!hasRoom(this.#engine.state)) return { status: "overloaded", retryAfterSeconds: OVERLOADED_RETRY_SECONDS };
		return this.#engine.change(() => {
			const arrival = keptHere(this.#engine.state, typedArrival(settings, body, headers, Date.now()));
			// A run by hand goes ahead of what its lane holds while the integration is paused.
			const [lane, beside] = this.#engine.state.paused ? [null, arrival.lane] : [arrival.lane, null];
			const stored = store(this.#engine.state, settings.integrationId, "manual", { ...arrival, lane }, Date.now(), { beside });
			if (this.#engine.live.watched) this.#engine.announce.event(stored.sequence);
			return { status: "queued", executionId: executionId(settings.integrationId, stored.sequence, 1), ...stored };
		});
	}

	replay(workspaceId: string, eventId: string, request: ReplayRequest): ReplayAnswer {
		if (!this.#engine.belongsTo(workspaceId)) return { status: "not_found" };
		return this.#engine.change(() => {
			const answer = replay(this.#engine.state, this.#engine.integrationId, eventId, request);
			if (this.#engine.live.watched && answer.status === "queued") this.#engine.announce.execution(answer.executionId);
			return answer;
		});
	}

	cancel(workspaceId: string, id: string): CancelAnswer {
		if (!this.#engine.belongsTo(workspaceId)) return { status: "not_found" };
		return this.#engine.change(() => {
			const answer = cancel(this.#engine.state, this.#engine.integrationId, id, Date.now());
			if (this.#engine.live.watched && answer.status === "cancelled") this.#engine.announce.execution(id);
			const running = answer.status === "cancelling" ? executionOf(this.#engine.integrationId, id) : null;
			if (running) this.#engine.caller.stop(executionKey(running.sequence, running.number));
			return answer;
		});
	}

	/** The blocked lanes; null where the integration is not this workspace's. */
	listBlockedLanes(workspaceId: string): BlockedLaneView[] | null {
		return this.#engine.read(workspaceId, () => listBlockedLanes(this.#engine.state, this.#engine.integrationId));
	}

	/** Makes an event of a delivery that was turned down, or of a duplicate with another body. @param again also where it came again */
	acceptAfterAll(workspaceId: string, deliveryId: string, again = false): AcceptAfterAllAnswer {
		const id = this.#engine.belongsTo(workspaceId) ? keptDeliveryOf(this.#engine.integrationId, deliveryId) : null;
		if (id === null) return { status: "not_found" };
		return this.#engine.change(() => {
			const { state, integrationId, live, announce } = this.#engine;
			const before = state.last;
			const answer = acceptAfterAll(state, integrationId, id, Date.now(), again);
			if (live.watched) announce.eventsAfter(before);
			return answer;
		});
	}

	/** Lets a blocked lane go on past the event that blocks it. */
	skipLane(workspaceId: string, laneId: string): "skipped" | "not_found" {
		if (!this.#engine.belongsTo(workspaceId)) return "not_found";
		return this.#engine.change(() => (skipLane(this.#engine.state, laneId) ? "skipped" : "not_found"));
	}

	/** Heals the alarm, the dispatch and the figures of an object that something kept from waking itself. */
	poke(): void {
		if (this.#engine.state.settings) this.#engine.poke();
	}

	// ---- history

	listEvents(workspaceId: string, query: EventQuery): Page<EventSummary> | null {
		return this.#engine.read(workspaceId, (reading) => listEvents(this.#engine.state.sql, reading, query));
	}

	searchEvents(workspaceId: string, query: SearchQuery): SearchPage | null {
		return this.#engine.read(workspaceId, (reading) => searchEvents(this.#engine.state.sql, reading, query));
	}

	listInbox(workspaceId: string, query: InboxQuery): InboxPage | null {
		return this.#engine.read(workspaceId, (reading) => listInbox(this.#engine.state.sql, reading, query));
	}

	/** Counts a stored request that a person sends elsewhere: one a second. @returns ms to wait; 0 where it may go */
	takeSend(): number {
		const wait = this.#sends.waitMs(Date.now());
		if (wait === 0) this.#sends.take(1);
		return wait;
	}

	getEvent(workspaceId: string, id: string): EventDetail | null {
		return this.#engine.read(workspaceId, (reading) => getEvent(this.#engine.state.sql, reading, id));
	}

	listDeliveries(workspaceId: string, query: PageQuery): Page<DeliverySummary> | null {
		return this.#engine.read(workspaceId, (reading) => listDeliveries(this.#engine.state.sql, reading, query));
	}

	getDelivery(workspaceId: string, id: string): DeliveryDetail | null {
		return this.#engine.read(workspaceId, (reading) => getDelivery(this.#engine.state.sql, reading, id));
	}

	/** A delivery that was turned down, with its headers as they came: for the search of its cause alone. */
	getRefused(workspaceId: string, id: string): RefusedDelivery | null {
		return this.#engine.read(workspaceId, (reading) => getRefused(this.#engine.state.sql, reading, id));
	}

	listExecutions(workspaceId: string, query: ExecutionQuery): Page<ExecutionSummary> | null {
		return this.#engine.read(workspaceId, (reading) => listExecutions(this.#engine.state.sql, reading, query));
	}

	getExecution(workspaceId: string, id: string): ExecutionDetail | null {
		return this.#engine.read(workspaceId, (reading) => getExecution(this.#engine.state.sql, reading, id));
	}

	ledger(workspaceId: string): Ledger | null {
		return this.#engine.read(workspaceId, () => ledgerOf(this.#engine.state));
	}

	/** When the schedule runs next, and what it skipped. */
	schedule(workspaceId: string): ScheduleState | null {
		return this.#engine.read(workspaceId, () => this.#engine.state.schedule);
	}

	/** How much is kept, and since when. */
	kept(workspaceId: string): Kept | null {
		return this.#engine.read(workspaceId, () => keptOf(this.#engine.state));
	}

	/** The live feed: a WebSocket that the API has authorized (headers `inlet-workspace`, `inlet-until`). */
	override fetch(request: Request): Response {
		const workspaceId = request.headers.get("inlet-workspace") ?? "";
		const reading = this.#engine.belongsTo(workspaceId) ? readingOf(this.#engine.state) : null;
		if (reading === null) return new Response(null, { status: 404 });
		const response = this.#engine.live.connect(request, (after) => catchUp(this.#engine.state.sql, reading, after));
		this.#engine.watch();
		return response;
	}

	override webSocketClose(socket: WebSocket): void {
		this.#engine.live.forget(socket);
	}

	override webSocketError(socket: WebSocket): void {
		this.#engine.live.forget(socket);
	}

	override alarm(): void {
		this.#engine.alarm();
	}

	/** Approximate: what is turned away costs no write. */
	#countTurnedAway(status: AcceptAnswer["status"]): void {
		if (status === "overloaded" || status === "rate_limited") this.#engine.state.counts.turnedAway++;
	}
}
