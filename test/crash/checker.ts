/**
 * Judges the history of a load that was interrupted by crashes: what the sender wrote down, what the called system
 * received, and what the product says about itself. Pure, so that it can be shown to fail on doctored histories.
 */

/** One number sent to one integration; written down before the request leaves. */
export interface Intent {
	integration: string;
	number: number;
	lane: string;
}

/** What the sender was told: written down after a 2xx. No such line means that the answer was lost or was no 2xx. */
export interface Acknowledgement {
	integration: string;
	number: number;
	eventId: string;
	sequence: number;
}

/** One call that the other system received, in the order of arrival; durable before it was answered. */
export interface Call {
	integration: string;
	number: number;
	lane: string;
	eventId: string;
	sequence: number;
	idempotencyKey: string;
}

export interface Kept {
	/** Sequences of all events listed. */
	sequences: number[];
	executions: { eventId: string; sequence: number; status: string }[];
	ledger: {
		deliveries: { received: number; accepted: number; duplicate: number; rejected: number; handshake: number; eventsMade: number };
		events: { total: number; webhook: number; succeeded: number; filtered: number; failed: number; cancelled: number; pending: number };
		lastSequence: number;
		balanced: boolean;
	};
}

export interface History {
	/** By integration; strict ones promise an order: of all their events, or of those of each lane. */
	integrations: Record<string, { order: "none" | "integration" | "lane"; kept: Kept }>;
	intents: Intent[];
	acknowledgements: Acknowledgement[];
	calls: Call[];
}

/** @returns one sentence a broken promise; none when all were kept */
export function broken(history: History): string[] {
	return Object.entries(history.integrations).flatMap(([integration, { order, kept }]) => {
		const of = <T extends { integration: string }>(list: T[]) => list.filter((each) => each.integration === integration);
		const [intents, acknowledgements, calls] = [of(history.intents), of(history.acknowledgements), of(history.calls)];
		return [
			...lost(acknowledgements, calls, kept),
			...phantoms(intents, calls, kept),
			...numbering(acknowledgements, kept),
			...mixedUp(acknowledgements, calls),
			...keys(calls),
			...(order === "none" ? [] : disorder(calls, order)),
			...figures(acknowledgements, intents, kept),
		].map((sentence) => `${integration}: ${sentence}`);
	});
}

function lost(acknowledgements: Acknowledgement[], calls: Call[], kept: Kept): string[] {
	const called = new Set(calls.map((call) => call.number));
	const succeeded = new Set(kept.executions.filter((execution) => execution.status === "succeeded").map((execution) => execution.eventId));
	return acknowledgements.flatMap(({ number, eventId }) => [
		...(called.has(number) ? [] : [`number ${number} was acknowledged as ${eventId} and never arrived`]),
		...(succeeded.has(eventId) ? [] : [`${eventId} was acknowledged and has no execution that succeeded`]),
	]);
}

function phantoms(intents: Intent[], calls: Call[], kept: Kept): string[] {
	const sent = new Map(intents.map((intent) => [intent.number, intent.lane]));
	const known = new Set(kept.sequences);
	return calls.flatMap(({ number, lane, sequence }) => [
		...(sent.get(number) === lane ? [] : [`number ${number} in lane ${lane} arrived and was never sent`]),
		...(known.has(sequence) ? [] : [`sequence ${sequence} arrived and no such event is kept`]),
	]);
}

function numbering(acknowledgements: Acknowledgement[], { sequences, ledger }: Kept): string[] {
	const found: string[] = [];
	const listed = new Set(sequences);
	if (listed.size !== sequences.length) found.push("a sequence is listed twice");
	for (let sequence = 1; sequence <= ledger.lastSequence; sequence++)
		if (!listed.has(sequence)) found.push(`sequence ${sequence} is missing`);
	const holders = new Map<number, number>();
	for (const { sequence, number } of acknowledgements) {
		const other = holders.get(sequence);
		if (other !== undefined) found.push(`numbers ${other} and ${number} were both acknowledged as sequence ${sequence}`);
		holders.set(sequence, number);
		if (!listed.has(sequence)) found.push(`sequence ${sequence} was acknowledged and is not listed`);
	}
	return found;
}

/** An event that carries another's content. */
function mixedUp(acknowledgements: Acknowledgement[], calls: Call[]): string[] {
	const numberOf = new Map(acknowledgements.map(({ eventId, number }) => [eventId, number]));
	return calls
		.filter(({ eventId, number }) => numberOf.has(eventId) && numberOf.get(eventId) !== number)
		.map(({ eventId, number }) => `${eventId} was acknowledged for number ${numberOf.get(eventId)} and carried ${number}`);
}

/** A call that is repeated after a crash says so by its Idempotency-Key. */
function keys(calls: Call[]): string[] {
	const found: string[] = [];
	const keyOf = new Map<number, string>();
	const holder = new Map<string, number>();
	for (const { sequence, idempotencyKey } of calls) {
		if (idempotencyKey === "") found.push(`sequence ${sequence} was called without an Idempotency-Key`);
		if ((keyOf.get(sequence) ?? idempotencyKey) !== idempotencyKey)
			found.push(`sequence ${sequence} was called under two Idempotency-Keys`);
		if ((holder.get(idempotencyKey) ?? sequence) !== sequence)
			found.push(`sequences ${holder.get(idempotencyKey)} and ${sequence} share an Idempotency-Key`);
		keyOf.set(sequence, idempotencyKey);
		holder.set(idempotencyKey, sequence);
	}
	return found;
}

/** In a lane an event may be called again, but never once a later one has been called. */
function disorder(calls: Call[], order: "integration" | "lane"): string[] {
	const found: string[] = [];
	const latest = new Map<string, number>();
	for (const { lane, sequence } of calls) {
		const name = order === "lane" ? lane : "";
		const last = latest.get(name) ?? 0;
		if (sequence < last) found.push(`sequence ${sequence} was called after ${last}${order === "lane" ? ` of its lane ${lane}` : ""}`);
		latest.set(name, Math.max(last, sequence));
	}
	return found;
}

function figures(acknowledgements: Acknowledgement[], intents: Intent[], kept: Kept): string[] {
	const { sequences, ledger } = kept;
	const { deliveries, events, lastSequence } = ledger;
	const ended = events.succeeded + events.filtered + events.failed + events.cancelled;
	const equations: [string, boolean][] = [
		["the ledger says that it does not balance", ledger.balanced],
		[
			"received is not accepted + duplicate + rejected + handshake",
			deliveries.received === deliveries.accepted + deliveries.duplicate + deliveries.rejected + deliveries.handshake,
		],
		["webhook events are not those that deliveries made", events.webhook === deliveries.eventsMade],
		["the total is not the last sequence", events.total === lastSequence],
		["the total is not what is listed", events.total === sequences.length],
		["the total is not what has ended and what is pending", events.total === ended + events.pending],
		["events are still pending", events.pending === 0],
		[
			"an execution that succeeded is not counted, or counted twice",
			events.succeeded === kept.executions.filter(({ status }) => status === "succeeded").length,
		],
		["fewer events than acknowledgements", events.total >= acknowledgements.length],
		["nothing was sent", intents.length > 0],
	];
	return equations.filter(([, holds]) => !holds).map(([sentence]) => sentence);
}
