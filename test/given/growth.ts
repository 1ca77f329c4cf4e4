/** Runs too short to be told apart count as this long. */
const FLOOR_MS = 4;
const TIMES = 4;
/** What is over the line is measured anew: another process may have come in between. What grows too fast does so each time. */
const ROUNDS = 3;

/** Far enough apart that what else the machine does cannot take the one for the other. */
const FACTOR = 4;

/** Above it work grows with the square of its input, whatever else the machine does meanwhile. */
export const LINEAR_MAX = 2 * FACTOR;

/**
 * How many times as long work takes for an input of four times the size: 4 where it looks at each character a bounded
 * number of times, 16 where it goes over all of it for each. Close to 1 where both are done in no time.
 * @param make the input of a size; not part of what is measured
 */
export function growth<Input>(make: (size: number) => Input, work: (input: Input) => unknown, size: number): number {
	const [small, large] = [make(size), make(FACTOR * size)];
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round < ROUNDS && least >= LINEAR_MAX; round++)
		least = Math.min(least, (FLOOR_MS + shortest(large, work)) / (FLOOR_MS + shortest(small, work)));
	return least;
}

/** The shortest of several runs, in ms: what else the machine does only makes them longer. */
export function shortest<Input>(input: Input, work: (input: Input) => unknown): number {
	let least = Number.POSITIVE_INFINITY;
	for (let time = 0; time < TIMES; time++) {
		const began = performance.now();
		work(input);
		least = Math.min(least, performance.now() - began);
	}
	return least;
}
