import type { Failure, Result } from "../../../api";

/** Calls on their way at the same time. */
const SIDE_BY_SIDE = 4;

/**
 * Does something to each of many, a few at a time, to the end: one that is refused keeps no other one back. What is gone
 * by now counts as done, since somebody else was quicker.
 */
export async function eachOf<T>(
	items: readonly T[],
	act: (item: T) => Promise<Result<unknown>>,
): Promise<{ done: number; refused: Failure[] }> {
	const waiting = [...items];
	const refused: Failure[] = [];
	const work = async (): Promise<void> => {
		for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
			const answer = await act(item);
			if (!answer.ok && answer.status !== 404) refused.push(answer);
		}
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
	return { done: items.length - refused.length, refused };
}
