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
const hanging = new Map<string, number>();
/** The object whose turn it is. */
let turn: DurableObjectState | null = null;

/**
 * A point strikes as often as said, from its next passing on.
 * @param where an integration, or one Executor of it: `<integration>/<slot>`
 */
export function arm(point: FaultPoint, where: string, kind: FaultKind, times = 1): void {
	armed.set(key(point, where), { kind, times });
}

/** Strikes that are left of a fault that was armed. */
export function strikesLeft(point: FaultPoint, where: string): number {
	return armed.get(key(point, where))?.times ?? 0;
}

/** Lets what hangs at this point go on, now and from now on. @returns how many hung there */
export function wake(point: WaitPoint, where: string): number {
	woken.add(key(point, where));
	return hanging.get(key(point, where)) ?? 0;
}

/** From here on, until it gives way to others, this object's turn runs. */
export function enterTurn(ctx: DurableObjectState): void {
	turn = ctx;
}

/** @throws where a fault strikes this point in the object whose turn it is */
export function pass(point: TurnPoint): void {
	const object = turn;
	const struck = strike(point, object?.id.name ?? "");
	if (struck?.kind === "abort") object?.abort(`fault at ${point}`);
	if (struck) throw new Error(`fault at ${point}`);
}

/**
 * @param where the object that this point is in, or the integration that an invocation of the Worker is about
 * @throws where a fault strikes this point; where it hangs, the promise does not settle unless it is woken
 */
export async function reach(point: WaitPoint, where: DurableObjectState | string): Promise<void> {
	const struck = strike(point, typeof where === "string" ? where : (where.id.name ?? ""));
	if (struck === null) return;
	if (struck.kind === "throw") throw new Error(`fault at ${point}`);
	if (struck.kind === "abort" && typeof where === "string") throw `the invocation died at ${point}`;
	if (struck.kind === "abort" && typeof where !== "string") where.abort(`fault at ${point}`);
	hanging.set(struck.key, (hanging.get(struck.key) ?? 0) + 1);
	// Asks again and again, since a promise does not wake another object.
	while (!woken.has(struck.key)) await scheduler.wait(20);
}

const key = (point: FaultPoint, where: string): string => `${point} ${where}`;

/** A Sequencer is named by its integration, an Executor `<integration>/<slot>`. */
function strike(point: FaultPoint, name: string): { kind: FaultKind; key: string } | null {
	for (const where of new Set([name, name.split("/")[0] ?? ""])) {
		const fault = armed.get(key(point, where));
		if (!fault || fault.times === 0) continue;
		fault.times--;
		return { kind: fault.kind, key: key(point, where) };
	}
	return null;
}
