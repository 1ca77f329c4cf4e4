import type { HttpStep } from "../../worker/api/types";

/** `10 s, 5 attempts over about 15 s` */
export function describeRetry({ timeoutMs, retry }: Pick<HttpStep, "timeoutMs" | "retry">): string {
	const limit = `${timeoutMs / 1000} s`;
	if (retry.attempts === 1) return `${limit}, one attempt`;
	return `${limit}, ${retry.attempts} attempts over about ${span(pausesMs(retry))}`;
}

/** Milliseconds of all pauses together, without jitter. */
export function pausesMs({ attempts, backoff, initialMs, maxMs }: HttpStep["retry"]): number {
	let sum = 0;
	for (let i = 0; i < attempts - 1; i++) sum += backoff === "fixed" ? initialMs : Math.min(maxMs, initialMs * 2 ** i);
	return sum;
}

function span(ms: number): string {
	if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
	if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
	return `${Math.round(ms / 3_600_000)} h`;
}
