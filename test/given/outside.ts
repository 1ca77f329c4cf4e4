import { vi } from "vitest";

/** One call that left the Worker. */
export interface Call {
	method: string;
	url: string;
	headers: Headers;
	body: string;
}

/** The world outside: what steps call under `http(s)://…` that is no endpoint of ours. */
export class Outside {
	readonly calls: Call[] = [];
	readonly #spy;

	/** @param answer what the other system says to its n-th call, from 1 */
	constructor(answer: (call: Call, n: number) => Response | Promise<Response>) {
		this.#spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
			const request = new Request(input, init);
			const call = { method: request.method, url: request.url, headers: request.headers, body: await request.text() };
			this.calls.push(call);
			const signal = init?.signal;
			return await Promise.race([
				answer(call, this.calls.length),
				new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true })),
			]);
		});
	}

	close(): void {
		this.#spy.mockRestore();
	}
}

/** A system that takes the call and never answers. */
export const silence = (): Promise<Response> => new Promise(() => {});

/** A system that answers when the test says so. Asked again and again, since a promise does not wake another object. */
export class Gate {
	#open = false;

	open(): void {
		this.#open = true;
	}

	async passed(): Promise<void> {
		while (!this.#open) await scheduler.wait(5);
	}
}
