/**
 * How many deliveries are likely to come at the same time. A commit of several costs hardly more than one (its fsync is a
 * sixth of an event's time), but a lonely delivery must not wait for others in vain. Who waits for as many as came last
 * time waits for nobody; now and then one more is waited for, and the longer that is in vain, the more rarely.
 */
export interface Crowd {
	/** A group of as many is whole. */
	readonly expected: number;
	/** Whether one more than last time is waited for. */
	readonly probing: boolean;
	/** Groups until the next probe. */
	readonly untilProbe: number;
	/** Groups between the last probe and the next. */
	readonly rest: number;
}

export const NOBODY: Crowd = { expected: 1, probing: false, untilProbe: 1, rest: 1 };

/** Deliveries in one group at most. */
const GROUP_MAX = 64;
/** A lonely sender waits in vain with one delivery in a thousand, so that its p99 shows nothing of it. */
const REST_MAX = 1_024;

/** What to expect after a group of `size`, which came together in time where it is as large as was expected. */
export function afterGroup(crowd: Crowd, size: number): Crowd {
	const { expected, probing, untilProbe, rest } = crowd;
	if (size < expected) {
		const longer = probing ? Math.min(rest * 2, REST_MAX) : rest;
		return { expected: Math.max(1, size), probing: false, untilProbe: longer, rest: longer };
	}
	if (probing || untilProbe <= 1)
		return { expected: Math.min(expected + 1, GROUP_MAX), probing: true, untilProbe: 0, rest: probing ? 1 : rest };
	return { ...crowd, untilProbe: untilProbe - 1 };
}
