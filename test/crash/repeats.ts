import { type Call, type Fault, type Finding, finding, type Part } from "./history.ts";
import { fences, WIRE_MS } from "./order.ts";

/** A killed runtime's last requests may still be on their way to the other system for so long. */
const KILL_SLACK_MS = 1_000;

/** A call and all that repeat it bear one Idempotency-Key, and nothing else bears it. */
export function judgeKeys(calls: readonly Call[]): Finding[] {
	const found: Finding[] = [];
	const keyOf = new Map<string, string>();
	const holder = new Map<string, string>();
	for (const { sequence, step, idempotencyKey } of calls) {
		const name = `sequence ${sequence} at ${step}`;
		if (idempotencyKey === "") found.push(finding("key", `${name} was called without an Idempotency-Key`));
		if ((keyOf.get(name) ?? idempotencyKey) !== idempotencyKey) found.push(finding("key", `${name} was called under two Idempotency-Keys`));
		const other = holder.get(idempotencyKey) ?? name;
		if (other !== name) found.push(finding("key", `${other} and ${name} share an Idempotency-Key`));
		keyOf.set(name, idempotencyKey);
		holder.set(idempotencyKey, name);
	}
	return found;
}

/**
 * A call is repeated for a reason only: something happened to the runtime between the two. And each call was journaled
 * before it left, so the journal tells of as many tries as arrived, at least.
 */
export function judgeRepeats({ subject, calls, faults }: Part): Finding[] {
	return repeatedCalls(calls).flatMap(({ name, calls: same }) => {
		const found: Finding[] = [];
		const journaled = subject.kept.attempts[name]?.length ?? 0;
		if (journaled < same.length) found.push(finding("repeat", `${name} was called ${same.length} times and journaled ${journaled} times`));
		same.forEach((call, index) => {
			const before = same[index - 1];
			if (before !== undefined && !faults.some((fault) => explains(fault, before, call)))
				found.push(finding("repeat", `${name} was called again although nothing had happened in between`));
		});
		return found;
	});
}

/** Calls of one step of one event, where there are several: by `<sequence>/<step>`, in the order of arrival. */
export function repeatedCalls(calls: readonly Call[]): { name: string; calls: Call[] }[] {
	const byName = new Map<string, Call[]>();
	for (const call of calls) {
		const name = `${call.sequence}/${call.step}`;
		const same = byName.get(name);
		if (same === undefined) byName.set(name, [call]);
		else same.push(call);
	}
	return [...byName].filter(([, same]) => same.length > 1).map(([name, same]) => ({ name, calls: same }));
}

function explains(fault: Fault, before: Call, call: Call): boolean {
	if (fault.target !== "runtime") return false;
	if (fault.mode === "stop") return fences(fault) && call.at >= fault.until && before.at <= fault.until + WIRE_MS;
	return call.at >= fault.at && before.at <= fault.until + KILL_SLACK_MS;
}
