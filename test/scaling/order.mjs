/**
 * What a history of events must show, whatever made it. It knows nothing of shards, maps or messages: an event is its
 * lane, the object and number that it got there, and when it was accepted, first started and ended.
 *
 * @typedef {{ lane: string, shard: number, sequence: number, acceptedAt: number, startedAt: number | null, endedAt: number | null }} AcceptedEvent
 */

/**
 * Events that started before one of their lane that was accepted earlier had ended.
 * @param {readonly AcceptedEvent[]} history
 */
export function orderViolations(history) {
	const violations = [];
	for (const lane of grouped(history, (event) => event.lane)) {
		let endedAt = 0;
		for (const event of lane.sort((a, b) => a.acceptedAt - b.acceptedAt)) {
			if (event.startedAt !== null && event.startedAt < endedAt) violations.push(event);
			endedAt = Math.max(endedAt, event.endedAt ?? Number.POSITIVE_INFINITY);
		}
	}
	return violations;
}

/**
 * Events that were accepted and never ended.
 * @param {readonly AcceptedEvent[]} history
 */
export function lost(history) {
	return history.filter((event) => event.endedAt === null);
}

/**
 * Numbers that an object left out or gave twice.
 * @param {readonly AcceptedEvent[]} history
 */
export function gaps(history) {
	let count = 0;
	for (const shard of grouped(history, (event) => event.shard)) {
		const numbers = shard.map((event) => event.sequence).sort((a, b) => a - b);
		count += numbers.filter((number, index) => number !== index + 1).length;
	}
	return count;
}

function grouped(history, by) {
	const groups = new Map();
	for (const event of history) {
		const key = by(event);
		const group = groups.get(key);
		if (group) group.push(event);
		else groups.set(key, [event]);
	}
	return [...groups.values()];
}
