import { describe, expect, it } from "vitest";
import { createPreview, TOO_LONG, type WorkerLike } from "../../ui/designer/preview";
import type { LoadRequest, PreviewRequest } from "../../ui/designer/preview-protocol";

const load: LoadRequest = { kind: "load", event: null, body: {}, workflow: { steps: [] }, vars: {}, outputs: {} };
const evaluate = (source: string) => ({ kind: "evaluate" as const, field: "template" as const, source, before: [] });

/** Workers that answer everything but `hang`, and note what they were asked. */
function workers() {
	const log: string[] = [];
	let made = 0;
	const make = (): WorkerLike => {
		made += 1;
		const name = `worker ${made}`;
		const worker: WorkerLike = {
			onmessage: null,
			onerror: null,
			terminate: () => log.push(`${name} ended`),
			postMessage: (request: PreviewRequest) => {
				log.push(`${name} ${request.kind === "load" ? "load" : String(request.source)}`);
				if (request.kind === "evaluate" && request.source === "hang") return;
				const answer =
					request.kind === "load"
						? { id: request.id, kind: "load" as const, event: {}, problem: null, steps: {} }
						: { id: request.id, kind: "evaluate" as const, result: { ok: true as const, value: request.source, missing: false } };
				queueMicrotask(() => worker.onmessage?.({ data: answer } as MessageEvent));
			},
		};
		queueMicrotask(() => worker.onmessage?.({ data: "ready" } as MessageEvent));
		return worker;
	};
	return { log, make };
}

describe("the preview's worker", () => {
	it("answers one after another", async () => {
		const { log, make } = workers();
		const preview = createPreview(make, 50);
		await preview.load(load);
		const values = await Promise.all([preview.evaluate(evaluate("a")), preview.evaluate(evaluate("b"))]);
		expect(values).toMatchObject([{ value: "a" }, { value: "b" }]);
		expect(log).toEqual(["worker 1 load", "worker 1 a", "worker 1 b"]);
		preview.close();
	});

	it("is ended when an expression takes too long, and the next one knows the sample again", async () => {
		const { log, make } = workers();
		const preview = createPreview(make, 30);
		await preview.load(load);
		const [stuck, next] = await Promise.all([preview.evaluate(evaluate("hang")), preview.evaluate(evaluate("after"))]);
		expect(stuck).toEqual({ ok: false, message: TOO_LONG });
		expect(next).toMatchObject({ ok: true, value: "after" });
		expect(log).toEqual(["worker 1 load", "worker 1 hang", "worker 1 ended", "worker 2 load", "worker 2 after"]);
		preview.close();
	});
});
