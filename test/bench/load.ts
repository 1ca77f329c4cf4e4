import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "undici";
import { stripe } from "../given/stripe.ts";

/** A process of its own: sends one JSON body after another down each connection, and times the answers. */

export interface Load {
	url: string;
	connections: number;
	seconds: number;
	/** Different values of `sku`, taken in turn. */
	keys: number;
	/** Signs each body in Stripe's way. */
	secret?: string;
}

export interface LoadResult {
	accepted: number;
	/** Answers other than 2xx, and errors of the connection, by status or code. */
	refused: Record<string, number>;
	/** From the first request to the last answer. */
	seconds: number;
	/** Milliseconds. */
	p50: number;
	p99: number;
}

const BODY_BYTES = 80;

export function bodyOf(key: number): string {
	const body = `{"sku":"SKU-${String(key).padStart(4, "0")}","quantity":12,"warehouse":"MAIN","note":""}`;
	return body.replace('"note":""', `"note":"${"x".repeat(BODY_BYTES - body.length)}"`);
}

/** Made before the clock runs, so that signing is not measured: the window of a timestamp is longer than a measurement. */
function requestsOf({ keys, secret }: Load): { body: string; headers: Record<string, string> }[] {
	return Array.from({ length: keys }, (_, key) => {
		const body = bodyOf(key);
		const headers = { "content-type": "application/json" };
		return { body, headers: secret === undefined ? headers : { ...headers, ...stripe(secret, body) } };
	});
}

async function send(load: Load): Promise<LoadResult> {
	const { url, connections, seconds, keys } = load;
	const { origin, pathname } = new URL(url);
	const requests = requestsOf(load);
	const latencies: number[] = [];
	const refused: Record<string, number> = {};
	let sent = 0;
	const began = performance.now();
	const end = began + seconds * 1000;

	const connection = async () => {
		const client = new Client(origin, { pipelining: 1 });
		while (performance.now() < end) {
			const start = performance.now();
			let outcome: string;
			try {
				const { body, headers } = requests[sent++ % keys] ?? { body: "", headers: {} };
				const response = await client.request({ method: "POST", path: pathname, headers, body });
				await response.body.dump();
				outcome = String(response.statusCode);
			} catch (error) {
				outcome = error instanceof Error && "code" in error ? String(error.code) : "error";
			}
			if (outcome.startsWith("2")) latencies.push(performance.now() - start);
			else {
				refused[outcome] = (refused[outcome] ?? 0) + 1;
				await sleep(20);
			}
		}
		await client.close();
	};
	await Promise.all(Array.from({ length: connections }, connection));
	const elapsed = (performance.now() - began) / 1000;
	latencies.sort((a, b) => a - b);
	const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
	return { accepted: latencies.length, refused, seconds: elapsed, p50: at(0.5), p99: at(0.99) };
}

process.on("message", async (load: Load) => process.send?.(await send(load)));
