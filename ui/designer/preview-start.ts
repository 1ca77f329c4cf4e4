import type { WorkerLike } from "./preview";

/** Starts the Web Worker that evaluates expressions. */
export function startWorker(): WorkerLike {
	return new Worker(new URL("./preview.worker.ts", import.meta.url), { type: "module" }) as unknown as WorkerLike;
}
