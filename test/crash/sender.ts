import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "undici";
import type { Acknowledgement, Intent } from "./history.ts";

const LANES = 7;
const CONNECTIONS = 4;
/** Between two requests of one connection: continuous, and less than a strict lane can take. */
const PAUSE_MS = { least: 120, most: 400 };
const PAUSE_AFTER_FAILURE_MS = 250;
const PATIENCE_MS = 15_000;

export interface Sender {
	/** When the last request left that was answered with 2xx, epoch ms. */
	acknowledgedSince: () => number;
	stop: () => Promise<{ sent: number; refused: number }>;
}

/**
 * Sends numbered bodies to one integration until told to stop. What it is going to send and what it was told are
 * written down before it goes on; a number is sent once, whatever became of it. Nobody kills this process, so it need
 * not wait for the disk.
 */
export function startSender(integration: string, url: string, folder: string): Sender {
	const intents = openSync(`${folder}/intents.jsonl`, "a");
	const acknowledgements = openSync(`${folder}/acknowledgements.jsonl`, "a");
	const { origin, pathname } = new URL(url);
	let number = 0;
	let refused = 0;
	let since = 0;
	let stopped = false;

	const connection = async () => {
		const client = new Client(origin, { headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
		while (!stopped) {
			const intent: Intent = { integration, number: ++number, lane: `lane-${number % LANES}`, at: now() };
			write(intents, intent);
			try {
				const body = JSON.stringify(intent);
				const response = await client.request({ method: "POST", path: pathname, headers: { "content-type": "application/json" }, body });
				const answer = await response.body.text();
				if (response.statusCode < 200 || response.statusCode > 299) throw new Error(String(response.statusCode));
				const { id, sequence } = JSON.parse(answer);
				const acknowledgement: Acknowledgement = { integration, number: intent.number, eventId: id, sequence, at: now() };
				write(acknowledgements, acknowledgement);
				since = Math.max(since, intent.at);
				await sleep(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
			} catch {
				refused++;
				await sleep(PAUSE_AFTER_FAILURE_MS);
			}
		}
		await client.destroy();
	};
	const ended = Promise.all(Array.from({ length: CONNECTIONS }, connection));
	return {
		acknowledgedSince: () => since,
		stop: async () => {
			stopped = true;
			await ended;
			closeSync(intents);
			closeSync(acknowledgements);
			return { sent: number, refused };
		},
	};
}

/** Epoch ms of a clock that only goes forwards. */
function now(): number {
	return performance.timeOrigin + performance.now();
}

function write(file: number, line: unknown): void {
	writeSync(file, `${JSON.stringify(line)}\n`);
}

export function readLines<T>(path: string): T[] {
	return readFileSync(path, "utf8")
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as T);
}
