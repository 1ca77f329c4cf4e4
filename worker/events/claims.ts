import { pass } from "../faults";
import { eventId, executionId } from "../ids";
import type { Version } from "../integrations/settings";
import { withBody } from "./accept";
import type { Entry } from "./backlog";
import { readChunks } from "./chunks";
import { usableSlots } from "./dispatch";
import { end } from "./ending";
import { type ExecutionRow, putExecution, readExecution, readSteps, stepsBytes } from "./execution-rows";
import { firstOfLanes, handedTogether, takeBack } from "./interruptions";
import { writeLease } from "./lease-rows";
import { type Lease as HeldLease, LEASE_MS } from "./leases";
import { readVersion } from "./meta-rows";
import type {
	Appetite,
	ClaimAnswer,
	ClaimedExecution,
	HeldKey,
	JournalEntry,
	Lease,
	RenewAnswer,
	SettleAnswer,
	Settlement,
} from "./protocol/lease";
import { executionKey } from "./schema";
import { guardedOf, sealedBytes, writeOutputs } from "./sealed";
import { laneHeldBy, type SequencerState } from "./state";
import { forgetInterruptions } from "./troubles";

/** What one claim hands over at most: a message between objects holds 32 MiB. */
const CLAIM_MAX_BYTES = 8 * 1024 * 1024;
const CLAIM_MAX_EVENTS = 128;
/** A lane's retry waits in its place; delays are bounded so that a mistaken header cannot park an event for ever. */
const WAIT_MAX_MS = 30 * 24 * 3_600_000;

/**
 * A slot's first claim of a `start`. An Executor claims only while it holds nothing, and there is one of its name: a token
 * that is still out belongs to one that is gone, or was cut off and will find it lost.
 */
export function claim(state: SequencerState, slotIndex: number, appetite: Appetite, token: string, now: number): ClaimAnswer {
	const slot = state.slots[slotIndex];
	if (!slot) return { status: "nothing" };
	slot.calledAt = null;
	if (slot.lease !== null) lapse(state, slotIndex, now);
	state.refill();
	slot.lease = { token, until: now + LEASE_MS, entries: new Map() };
	const handed = hand(state, slot.lease, appetite, now);
	if (handed.executions.length === 0) {
		slot.lease = null;
		return { status: "nothing" };
	}
	if (FAULTS) pass("claim.before_write");
	writeLease(state.sql, slotIndex, token, [...slot.lease.entries.keys()]);
	if (FAULTS) pass("claim.after_write");
	return { status: "claimed", ...handed };
}

/** What there is now for an Executor that asked and waits: under its token where it holds one, else under a new one. */
export function handOn(state: SequencerState, slotIndex: number, appetite: Appetite, newToken: string, now: number): ClaimAnswer {
	const slot = state.slots[slotIndex];
	if (!slot?.lease) return claim(state, slotIndex, appetite, newToken, now);
	slot.calledAt = null;
	state.refill();
	const handed = hand(state, slot.lease, appetite, now);
	if (handed.executions.length === 0) return { status: "nothing" };
	slot.lease.until = now + LEASE_MS;
	if (FAULTS) pass("linger.before_write");
	writeLease(state.sql, slotIndex, slot.lease.token, [...slot.lease.entries.keys()]);
	if (FAULTS) pass("linger.after_write");
	return { status: "claimed", ...handed };
}

/** Holds the token on, and records what must not be done twice before the Executor's next call to the outside. */
export function renew(state: SequencerState, slotIndex: number, token: string, journal: JournalEntry[], now: number): RenewAnswer {
	const lease = heldBy(state, slotIndex, token);
	if (lease === null) return { status: "lost" };
	lease.until = now + LEASE_MS;
	for (const note of journal) {
		const entry = lease.entries.get(executionKey(note.sequence, note.number));
		if (!entry) continue;
		entry.begun = true;
		if (FAULTS) pass("journal.before_write");
		// One that calls out and stops after it is ended by its step, which counts the calls.
		forgetInterruptions(state, executionKey(note.sequence, note.number));
		putExecution(
			state.sql,
			{
				key: executionKey(note.sequence, note.number),
				status: "running",
				version: note.version,
				edition: note.edition,
				startedAt: note.startedAt,
				endedAt: null,
				dueAt: null,
				lane: entry.number > 1 ? entry.lane : null,
				error: null,
			},
			note.steps,
		);
		writeOutputs(state, executionKey(note.sequence, note.number), note.sealed);
		if (FAULTS) pass("journal.after_write");
	}
	return { status: "renewed", leaseMs: LEASE_MS, cancelled: cancelledIn(state, lease) };
}

/**
 * Records how executions ended or why they wait, and answers with the next ones. Settlements that this token does not
 * hold are passed over, so the same question may be asked twice; a lost token settles nothing.
 *
 * @param holds what the Executor holds beside, where it does not know whether an earlier answer handed it more
 */
export function settle(
	state: SequencerState,
	slotIndex: number,
	token: string,
	settlements: Settlement[],
	appetite: Appetite,
	now: number,
	holds: readonly HeldKey[] | null = null,
): SettleAnswer {
	const lease = heldBy(state, slotIndex, token);
	const slot = state.slots[slotIndex];
	if (lease === null || !slot) return { status: "lost" };
	lease.until = now + LEASE_MS;
	for (const settlement of settlements) {
		if (isBack(settlement)) continue;
		if (FAULTS) pass("settle.before_write");
		settleOne(state, lease, settlement, now);
		if (FAULTS) pass("settle.after_write");
	}
	goBack(state, lease, settlements.filter(isBack), holds, now);
	if (settlements.length > 0) state.saveCounts(settlements.length);
	state.refill();
	const handed = hand(state, lease, appetite, now);
	if (settlements.length > 0 || handed.executions.length > 0 || holds !== null) {
		writeLease(state.sql, slotIndex, token, [...lease.entries.keys()]);
	}
	if (lease.entries.size === 0) slot.lease = null; // the token has nothing left to do
	return { status: "settled", cancelled: cancelledIn(state, lease), ...handed };
}

/** Takes back what a lapsed token held. Its Executor's next call is answered `lost`. */
export function lapse(state: SequencerState, slotIndex: number, now: number): void {
	const slot = state.slots[slotIndex];
	if (!slot?.lease) return;
	const entries = [...slot.lease.entries.values()];
	const begun = firstOfLanes(entries);
	for (const entry of entries.reverse()) takeBack(state, entry, begun.has(entry), now);
	slot.lease = null;
	writeLease(state.sql, slotIndex, "", []);
}

const isBack = ({ outcome }: Settlement): boolean => outcome.status === "handed_back";

/**
 * What is handed back, and where `holds` is known what the Executor does not know of: the last of the lease first, since
 * each goes in front of its line.
 */
function goBack(state: SequencerState, lease: HeldLease, back: Settlement[], holds: readonly HeldKey[] | null, now: number): void {
	if (back.length === 0 && holds === null) return;
	const settlements = new Map(back.map((settlement) => [executionKey(settlement.sequence, settlement.number), settlement]));
	const held = holds && new Set(holds.map(({ sequence, number }) => executionKey(sequence, number)));
	for (const [key, entry] of [...lease.entries].reverse()) {
		const settlement = settlements.get(key);
		if (settlement) settleOne(state, lease, settlement, now);
		else if (held && !held.has(key)) {
			lease.entries.delete(key);
			state.giveBack(entry);
		}
	}
}

function settleOne(state: SequencerState, lease: HeldLease, settlement: Settlement, now: number): void {
	const key = executionKey(settlement.sequence, settlement.number);
	const entry = lease.entries.get(key);
	if (!entry) return;
	lease.entries.delete(key);
	const row: ExecutionRow = {
		key,
		status: "queued",
		version: settlement.version,
		edition: settlement.edition,
		startedAt: settlement.startedAt,
		endedAt: null,
		dueAt: null,
		lane: entry.number > 1 ? entry.lane : null,
		error: null,
	};
	const { outcome } = settlement;
	if (outcome.status === "handed_back") {
		if (settlement.steps.length > 0) {
			entry.begun = true;
			putExecution(state.sql, row, settlement.steps);
			writeOutputs(state, key, settlement.sealed);
		}
		state.giveBack(entry);
		return;
	}
	if (outcome.status === "waiting" && !state.cancelled.has(key)) {
		entry.begun = true;
		const dueAt = now + Math.min(Math.max(0, outcome.delayMs), WAIT_MAX_MS);
		putExecution(
			state.sql,
			{ ...row, status: "waiting", dueAt, error: JSON.stringify({ code: "waiting", message: outcome.reason }) },
			settlement.steps,
		);
		writeOutputs(state, key, settlement.sealed);
		forgetInterruptions(state, key);
		state.wait(entry, dueAt);
		return;
	}
	const status = outcome.status === "waiting" ? "cancelled" : outcome.status;
	const reason = outcome.status === "failed" ? outcome.error : "reason" in outcome && outcome.status === "filtered" ? outcome.reason : null;
	const error = reason && JSON.stringify(reason);
	putExecution(state.sql, { ...row, status, endedAt: settlement.endedAt, error }, settlement.steps);
	end(state, entry, status, settlement.endedAt);
}

function hand(state: SequencerState, lease: HeldLease, appetite: Appetite, now: number): Lease {
	const count = Math.max(0, Math.min(appetite.events, CLAIM_MAX_EVENTS, state.starts?.available(now) ?? CLAIM_MAX_EVENTS));
	const entries = count > 0 ? state.backlog.take(count, CLAIM_MAX_BYTES, state.paused, appetite.run) : [];
	for (const entry of entries.splice(handedTogether(state, entries)).reverse()) state.giveBack(entry);
	state.starts?.take(entries.length);
	const versions = new Map<number, Version>();
	const executions: ClaimedExecution[] = [];
	let bytes = 0;
	let lane: string | null = null;
	for (const [index, entry] of entries.entries()) {
		const key = executionKey(entry.sequence, entry.number);
		bytes += entry.size + (entry.begun ? stepsBytes(state.sql, key) : 0) + sealedBytes(state, key);
		if (bytes > CLAIM_MAX_BYTES && executions.length > 0) {
			for (const rest of entries.slice(index).reverse()) state.giveBack(rest);
			break;
		}
		const execution = claimed(state, entry);
		if (execution === null) {
			state.release(laneHeldBy(entry));
			continue;
		}
		lease.entries.set(key, entry);
		if (entry.lane !== null && entry.lane === lane) execution.behind = true;
		lane = entry.lane;
		executions.push(execution);
		if (!appetite.knownVersions.includes(execution.version) && !versions.has(execution.version)) {
			const version = versionOf(state, execution.version);
			if (version) versions.set(execution.version, version);
		}
	}
	const concurrency = state.settings?.ordering.concurrency ?? 1;
	return {
		token: lease.token,
		workspaceId: state.settings?.workspaceId ?? "",
		leaseMs: LEASE_MS,
		parallel: Math.max(1, Math.floor(concurrency / usableSlots(concurrency))),
		executions,
		versions: [...versions.values()],
	};
}

function versionOf(state: SequencerState, version: number): Version | null {
	const current = state.settings?.current;
	return current?.version === version ? current : readVersion(state.sql, version);
}

function claimed(state: SequencerState, entry: Entry): ClaimedExecution | null {
	const { settings } = state;
	if (settings === null) return null;
	const stored = state.recall(entry.sequence, eventId(settings.integrationId, entry.sequence));
	if (stored === null) return null;
	const row = entry.begun ? readExecution(state.sql, entry.sequence, entry.number) : null;
	const edited = entry.number > 1 ? readChunks(state.sql, "replay", executionKey(entry.sequence, entry.number)) : null;
	const event = edited ? withBody(stored, edited.buffer as ArrayBuffer) : stored;
	const guarded = guardedOf(state, executionKey(entry.sequence, entry.number));
	if (guarded?.event) event.body = new ArrayBuffer(0); // the full one comes instead
	return {
		event,
		executionId: executionId(settings.integrationId, entry.sequence, entry.number),
		number: entry.number,
		version: row?.version ?? settings.current.version,
		edition: row?.edition ?? 1,
		steps: row ? readSteps(state.sql, row.key) : [],
		startedAt: row?.startedAt ?? null,
		...(guarded && { guarded }),
	};
}

function heldBy(state: SequencerState, slotIndex: number, token: string): HeldLease | null {
	const lease = state.slots[slotIndex]?.lease ?? null;
	return lease?.token === token ? lease : null;
}

function cancelledIn(state: SequencerState, lease: HeldLease): number[] {
	if (state.cancelled.size === 0) return [];
	return [...lease.entries].filter(([key]) => state.cancelled.has(key)).map(([, entry]) => entry.sequence);
}
