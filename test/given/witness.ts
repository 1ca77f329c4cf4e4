import { vi } from "vitest";

/** A call that hangs is given up after this long. */
const TIMEOUT_MS = 4_000;

/** One call that a step made, as the system outside saw it. */
export interface Seen {
	step: string;
	/** The number that the sender put into the event. */
	n: number;
	idempotencyKey: string;
}

/**
 * The system outside, of many integrations at once: notes every call. It turns the first try of each event 2 down, so
 * that something always waits for the alarm, and answers event 3 only when it has seen event 4 (or never will, in a
 * strict lane), so that an Executor asks for more beside a slow call.
 */
export class Witness {
	readonly #seen = new Map<string, Seen[]>();
	readonly #strict = new Set<string>();
	readonly #spy;

	constructor() {
		this.#spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
			const request = new Request(input, init);
			init?.signal?.throwIfAborted();
			const [, integrationId = "", step = ""] = new URL(request.url).pathname.split("/");
			const n = Number(await request.text());
			const seen = this.of(integrationId);
			const first = !seen.some((call) => call.step === step && call.n === n);
			seen.push({ step, n, idempotencyKey: request.headers.get("idempotency-key") ?? "" });
			this.#seen.set(integrationId, seen);
			if (n === 3 && step === "one") await this.#lingering(integrationId);
			return n === 2 && step === "one" && first ? new Response("", { status: 503 }) : Response.json({});
		});
	}

	/** Calls of one integration, in the order in which they came. */
	of(integrationId: string): Seen[] {
		return this.#seen.get(integrationId) ?? [];
	}

	async #lingering(integrationId: string): Promise<void> {
		const until = Date.now() + (this.#strict.has(integrationId) ? 100 : TIMEOUT_MS - 500);
		while (Date.now() < until && !this.of(integrationId).some(({ n }) => n === 4)) await scheduler.wait(5);
	}

	/** Two calls, one after the other, as a workflow's steps. */
	steps(integrationId: string, strict: boolean): unknown[] {
		if (strict) this.#strict.add(integrationId);
		const step = (id: string) => ({
			id,
			type: "http",
			method: "POST",
			url: `https://shop.example/${integrationId}/${id}`,
			body: "{{ event.body.n }}",
			retry: { backoff: "fixed", initialMs: 50, attempts: 3 },
			timeoutMs: TIMEOUT_MS,
		});
		return [{ id: "map", type: "map", output: { n: "{{ event.body.n }}" } }, step("one"), step("two")];
	}

	close(): void {
		this.#spy.mockRestore();
	}
}
