/**
 * Judges the history of a load that was interrupted, in the manner of Jepsen's queue checkers. Pure, so that it can be
 * shown to fail on doctored histories.
 */
import { type Acknowledgement, type Call, type Finding, finding, type History, type Kept, type Part } from "./history.ts";
import { judgeOrder } from "./order.ts";
import { judgeKeys, judgeRepeats } from "./repeats.ts";

export interface Verdict {
	/** Broken promises; none when all were kept. */
	found: Finding[];
	/** Late calls of fenced-off Executors: the one thing that may be out of order. */
	onTheWire: number;
}

export function judge(history: History): Verdict {
	const verdict: Verdict = { found: [], onTheWire: 0 };
	for (const [integration, subject] of Object.entries(history.integrations)) {
		const of = <T extends { integration: string }>(list: T[]) => list.filter((each) => each.integration === integration);
		const part: Part = {
			subject,
			intents: of(history.intents),
			acknowledgements: of(history.acknowledgements),
			calls: of(history.calls).sort((a, b) => a.arrived - b.arrived),
			faults: history.faults,
		};
		const order = judgeOrder(part);
		verdict.onTheWire += order.onTheWire;
		const found = [
			...lost(part),
			...phantoms(part),
			...numbering(part),
			...overtaken(part),
			...identities(part),
			...judgeKeys(part.calls),
			...order.found,
			...judgeRepeats(part),
			...figures(part),
		];
		verdict.found.push(...found.map(({ kind, sentence }) => finding(kind, `${integration}: ${sentence}`)));
	}
	return verdict;
}

/** What was acknowledged and what is kept, acknowledged or not, was executed: each step has called. */
function lost({ subject: { kept, steps }, acknowledgements, calls }: Part): Finding[] {
	const called = new Set(calls.map(({ eventId, step }) => `${eventId}/${step}`));
	const succeeded = new Set(kept.executions.filter(({ status }) => status === "succeeded").map(({ eventId }) => eventId));
	const listed = new Set(kept.events.map(({ id }) => id));
	const found: Finding[] = [];
	for (const { number, eventId } of acknowledgements)
		if (!listed.has(eventId)) found.push(finding("lost", `number ${number} was acknowledged as ${eventId}, which is not kept`));
	for (const eventId of new Set([...acknowledgements.map((each) => each.eventId), ...listed])) {
		for (const step of steps)
			if (!called.has(`${eventId}/${step}`)) found.push(finding("lost", `${eventId} was accepted and never called ${step}`));
		if (!succeeded.has(eventId)) found.push(finding("lost", `${eventId} was accepted and has no execution that succeeded`));
	}
	return found;
}

function phantoms({ subject: { kept, steps }, intents, calls }: Part): Finding[] {
	const sent = new Map(intents.map((intent) => [intent.number, intent.lane]));
	const known = new Set(kept.events.map(({ sequence }) => sequence));
	return calls.flatMap(({ number, lane, sequence, step }) => [
		...(sent.get(number) === lane ? [] : [finding("phantom", `number ${number} in lane ${lane} arrived and was never sent`)]),
		...(known.has(sequence) ? [] : [finding("phantom", `sequence ${sequence} arrived and no such event is kept`)]),
		...(steps.includes(step) ? [] : [finding("phantom", `sequence ${sequence} called ${step}, which is no step`)]),
	]);
}

function numbering({ subject, acknowledgements }: Part): Finding[] {
	const { events, ledger }: Kept = subject.kept;
	const found: Finding[] = [];
	const listed = new Set(events.map(({ sequence }) => sequence));
	if (listed.size !== events.length) found.push(finding("gap", "a sequence is listed twice"));
	for (let sequence = 1; sequence <= ledger.lastSequence; sequence++)
		if (!listed.has(sequence)) found.push(finding("gap", `sequence ${sequence} is missing`));
	for (const { sequence } of acknowledgements)
		if (!listed.has(sequence)) found.push(finding("gap", `sequence ${sequence} was acknowledged and is not listed`));
	return found;
}

/** What was sent after another's acknowledgement stands behind it. */
function overtaken({ intents, acknowledgements, calls }: Part): Finding[] {
	const found: Finding[] = [];
	const sequenceOf = new Map<number, number>();
	for (const { number, sequence } of [...calls, ...acknowledgements]) sequenceOf.set(number, sequence);
	const told = [...acknowledgements].sort((a, b) => a.at - b.at);
	let highest: Acknowledgement | null = null;
	let next = 0;
	for (const { number, at } of [...intents].sort((a, b) => a.at - b.at)) {
		for (let answer = told[next]; answer !== undefined && answer.at < at; answer = told[++next])
			if (highest === null || answer.sequence > highest.sequence) highest = answer;
		const sequence = sequenceOf.get(number);
		if (sequence === undefined || highest === null || sequence > highest.sequence) continue;
		const sentence = `number ${number} was sent after number ${highest.number} had become sequence ${highest.sequence}, and became ${sequence}`;
		found.push(finding("order", sentence));
	}
	return found;
}

/** A number, a sequence and an event's id belong to one another everywhere: nothing is taken twice, nothing carries another's content. */
function identities({ subject: { kept }, acknowledgements, calls }: Part): Finding[] {
	const found = new Set<string>();
	const pairs = (nameA: string, nameB: string) => {
		const [bOf, aOf] = [new Map<string | number, string | number>(), new Map<string | number, string | number>()];
		return (a: string | number, b: string | number) => {
			const [knownB, knownA] = [bOf.get(a) ?? b, aOf.get(b) ?? a];
			if (knownB !== b) found.add(`${nameA} ${a} is ${nameB} ${knownB} and ${b}`);
			if (knownA !== a) found.add(`${nameB} ${b} is ${nameA} ${knownA} and ${a}`);
			bOf.set(a, b);
			aOf.set(b, a);
		};
	};
	const [byId, byNumber] = [pairs("event", "sequence"), pairs("number", "event")];
	for (const { eventId, sequence, number } of [...acknowledgements, ...calls] as (Acknowledgement | Call)[]) {
		byId(eventId, sequence);
		byNumber(number, eventId);
	}
	for (const { id, sequence } of kept.events) byId(id, sequence);
	for (const { eventId, sequence } of kept.executions) byId(eventId, sequence);
	return [...found].map((sentence) => finding("identity", sentence));
}

/** The ledger agrees with itself, with the lists, and with the sender: every number was new and good, so nothing was turned down. */
function figures({ subject: { kept }, acknowledgements, intents }: Part): Finding[] {
	const { events: listed, executions, ledger } = kept;
	const { deliveries, events, lastSequence } = ledger;
	const ended = events.succeeded + events.filtered + events.failed + events.cancelled;
	const equations: [string, boolean][] = [
		["the ledger says that it does not balance", ledger.balanced],
		[
			"received is not accepted + duplicate + rejected + handshake",
			deliveries.received === deliveries.accepted + deliveries.duplicate + deliveries.rejected + deliveries.handshake,
		],
		["a delivery counts as duplicate, rejected or handshake", deliveries.received === deliveries.accepted],
		["webhook events are not those that deliveries made", events.webhook === deliveries.eventsMade],
		["accepted deliveries and their events differ", deliveries.accepted === deliveries.eventsMade],
		["an event came from elsewhere than a webhook", events.total === events.webhook],
		["the total is not the last sequence", events.total === lastSequence],
		["the total is not what is listed", events.total === listed.length],
		["the total is not what has ended and what is pending", events.total === ended + events.pending],
		["events are still pending", events.pending === 0],
		["an event ended without success", events.succeeded === ended],
		["an event has no execution, or two", executions.length === new Set(executions.map(({ eventId }) => eventId)).size],
		[
			"an execution that succeeded is not counted, or counted twice",
			events.succeeded === executions.filter(({ status }) => status === "succeeded").length,
		],
		["fewer events than acknowledgements", events.total >= acknowledgements.length],
		["more events than were sent", events.total <= intents.length],
		["nothing was acknowledged", acknowledgements.length > 0],
	];
	return equations.filter(([, holds]) => !holds).map(([sentence]) => finding("ledger", sentence));
}
