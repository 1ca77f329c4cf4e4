import type { Evaluated, EvaluateRequest, LoadAnswer, LoadRequest, PreviewAnswer, PreviewRequest } from "./preview-protocol";

/** The designer's way to its Web Worker: one request at a time, none longer than a second. */
export interface Preview {
	load(request: LoadRequest): Promise<LoadAnswer | null>;
	evaluate(request: EvaluateRequest): Promise<Evaluated>;
	close(): void;
}

/** As much of a Worker as is needed here. */
export interface WorkerLike {
	postMessage(message: PreviewRequest): void;
	terminate(): void;
	onmessage: ((event: MessageEvent<PreviewAnswer | "ready">) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
}

interface Task {
	request: PreviewRequest;
	/** null: it took too long, or the worker is gone. */
	settle: (answer: PreviewAnswer | null) => void;
}

const TIME_LIMIT_MS = 1000;
export const TOO_LONG = "It takes longer than a second here and was stopped.";

export function createPreview(makeWorker: () => WorkerLike, limitMs = TIME_LIMIT_MS): Preview {
	const queue: Task[] = [];
	let worker: WorkerLike | null = null;
	let ready = false;
	let current: Task | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let loaded: LoadRequest | null = null;
	let lastId = 0;
	let closed = false;

	const finish = (answer: PreviewAnswer | null): void => {
		clearTimeout(timer);
		const task = current;
		current = null;
		task?.settle(answer);
		next();
	};

	/** A stuck worker cannot be asked to stop: it is ended, and a new one learns the sample again. */
	const restart = (): void => {
		worker?.terminate();
		worker = null;
		ready = false;
		if (loaded !== null && current?.request.kind !== "load") {
			lastId += 1;
			queue.unshift({ request: { ...loaded, id: lastId }, settle: () => {} });
		}
		finish(null);
	};

	const start = (): void => {
		const made = makeWorker();
		worker = made;
		made.onmessage = ({ data }) => {
			if (data === "ready") {
				ready = true;
				next();
			} else if (data.id === current?.request.id) finish(data);
		};
		made.onerror = restart;
	};

	const next = (): void => {
		if (closed || current !== null || queue.length === 0) return;
		if (worker === null) start();
		if (!ready || worker === null) return;
		current = queue.shift() ?? null;
		if (current === null) return;
		timer = setTimeout(restart, limitMs);
		worker.postMessage(current.request);
	};

	const ask = (request: LoadRequest | EvaluateRequest): Promise<PreviewAnswer | null> =>
		new Promise((settle) => {
			lastId += 1;
			queue.push({ request: { ...request, id: lastId }, settle });
			next();
		});

	return {
		load: async (request) => {
			loaded = request;
			const answer = await ask(request);
			return answer?.kind === "load" ? answer : null;
		},
		evaluate: async (request) => {
			const answer = await ask(request);
			return answer?.kind === "evaluate" ? answer.result : { ok: false, message: TOO_LONG };
		},
		close: () => {
			closed = true;
			clearTimeout(timer);
			worker?.terminate();
			for (const task of queue.splice(0)) task.settle(null);
		},
	};
}
