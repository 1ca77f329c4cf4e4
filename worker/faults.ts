/**
 * Where an event's way can break between two facts that last. Tests make each of these points throw, abort its object or
 * hang, and see that nothing is lost. `FAULTS` is false in what is shipped, so that nothing of this is in it: every use
 * stands behind `if (FAULTS)`.
 */
declare global {
	const FAULTS: boolean;
}

/** Points inside one turn of a Sequencer: rows and memory change together or not at all. Nothing waits here, so nothing hangs. */
export const TURN_POINTS = [
	"start.before_load",
	"start.after_load",
	"accept.before_insert",
	"accept.after_insert",
	"claim.before_write",
	"claim.after_write",
	"linger.before_write",
	"linger.after_write",
	"journal.before_write",
	"journal.after_write",
	"settle.before_write",
	"settle.after_write",
	"call_executors",
	"alarm.begin",
	"alarm.middle",
	"alarm.upkeep",
	"alarm.end",
	"tick.before_store",
	"tick.after_store",
	"apply.before_write",
	"apply.after_write",
] as const;

/** Points between turns, where one part waits for another. */
export const WAIT_POINTS = [
	// The Worker that a sender or a person called, and the consumers of the two queues.
	"accept.before_send",
	"accept.before_reply",
	"consumer.before_start",
	"consumer.after_start",
	"statistics.before_write",
	"statistics.after_write",
	"save.before_apply",
	"save.after_apply",
	"sweep.before_part",
	"sweep.before_poke",
	"sweep.after_poke",
	// The Sequencer.
	"accept.before_answer",
	"dispatch.before_send",
	"dispatch.after_send",
	"claim.before_answer",
	"renew.before_answer",
	"settle.before_answer",
	"apply.before_answer",
	"statistics.before_send",
	"statistics.after_send",
	// The Executor.
	"executor.before_claim",
	"executor.after_claim",
	"executor.before_renew",
	"executor.after_renew",
	"call.before",
	"call.after",
	"executor.before_settle",
	"executor.after_settle",
] as const;

export type TurnPoint = (typeof TURN_POINTS)[number];
export type WaitPoint = (typeof WAIT_POINTS)[number];
export type FaultPoint = TurnPoint | WaitPoint;
/** `abort` throws the object away, memory and all; where there is none, the invocation dies without an error of ours. */
export type FaultKind = "throw" | "abort" | "hang";

interface Fault {
	kind: FaultKind;
	times: number;
}

const armed = new Map<string, Fault>();
const woken = new Set<string>();
const reached = new Map<FaultPoint, number>();
/** The object whose turn it is. */
let turn: DurableObjectState | null = null;

/** A point in an integration strikes as often as said, from its next passing on. */
export function arm(point: FaultPoint, integrationId: string, kind: FaultKind, times = 1): void {
	armed.set(key(point, integrationId), { kind, times });
}

/** Strikes that are left of a fault that was armed. */
export function strikesLeft(point: FaultPoint, integrationId: string): number {
	return armed.get(key(point, integrationId))?.times ?? 0;
}

/** Lets what hangs at this point go on. */
export function wake(point: WaitPoint, integrationId: string): void {
	woken.add(key(point, integrationId));
}

/** How often a point was passed, in all integrations. */
export function passings(point: FaultPoint): number {
	return reached.get(point) ?? 0;
}

/** From here on, until it gives way to others, this object's turn runs. */
export function enterTurn(ctx: DurableObjectState): void {
	turn = ctx;
}

/** @throws where a fault strikes this point in the object whose turn it is */
export function pass(point: TurnPoint): void {
	const object = turn;
	const kind = strike(point, integrationOf(object));
	if (kind === "abort") object?.abort(`fault at ${point}`);
	if (kind !== null) throw new Error(`fault at ${point}`);
}

/**
 * @param where the object that this point is in, or the integration that an invocation of the Worker is about
 * @throws where a fault strikes this point; where it hangs, the promise does not settle unless it is woken
 */
export async function reach(point: WaitPoint, where: DurableObjectState | string): Promise<void> {
	const kind = strike(point, typeof where === "string" ? where : integrationOf(where));
	if (kind === "throw") throw new Error(`fault at ${point}`);
	if (kind === "abort" && typeof where === "string") throw `the invocation died at ${point}`;
	if (kind === "abort" && typeof where !== "string") where.abort(`fault at ${point}`);
	while (kind !== null && !woken.has(key(point, typeof where === "string" ? where : integrationOf(where)))) await scheduler.wait(20);
}

/** A Sequencer is named by its integration, an Executor `<integration>/<slot>`. */
function integrationOf(object: DurableObjectState | null): string {
	return object?.id.name?.split("/")[0] ?? "";
}

const key = (point: FaultPoint, integrationId: string): string => `${point} ${integrationId}`;

function strike(point: FaultPoint, integrationId: string): FaultKind | null {
	reached.set(point, (reached.get(point) ?? 0) + 1);
	const fault = armed.get(key(point, integrationId));
	if (!fault || fault.times === 0) return null;
	fault.times--;
	return fault.kind;
}
