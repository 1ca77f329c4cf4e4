import { useEffect, useState } from "preact/hooks";

export type Chunk<T> = { state: "loading" } | { state: "ready"; module: T } | { state: "failed"; retry: () => void };

/** Loads a part of the page when it is first shown. A failure (a deploy in between, no network) can be tried again. */
export function useChunk<T>(load: () => Promise<T>): Chunk<T> {
	const [chunk, setChunk] = useState<Chunk<T>>({ state: "loading" });
	const [attempt, setAttempt] = useState(0);
	useEffect(() => {
		let wanted = true;
		load().then(
			(module) => wanted && setChunk({ state: "ready", module }),
			() => wanted && setChunk({ state: "failed", retry: () => setAttempt(attempt + 1) }),
		);
		return () => {
			wanted = false;
		};
	}, [attempt]);
	return chunk;
}
