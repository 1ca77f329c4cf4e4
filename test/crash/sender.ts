import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "undici";
import type { Acknowledgement, Intent } from "./checker.ts";

const LANES = 7;
const CONNECTIONS = 4;
const PAUSE_AFTER_FAILURE_MS = 100;
const PATIENCE_MS = 15_000;

/**
 * Sends numbered bodies to one integration until told to stop. What it is going to send and what it was told are on
 * disk before it goes on; a number is sent once, whatever became of it.
 */
export function startSender(integration: string, url: string, folder: string): { stop: () => Promise<{ sent: number; refused: number }> } {
	const intents = openSync(`${folder}/intents.jsonl`, "a");
	const acknowledgements = openSync(`${folder}/acknowledgements.jsonl`, "a");
	const { origin, pathname } = new URL(url);
	let number = 0;
	let refused = 0;
	let stopped = false;

	const connection = async () => {
		const client = new Client(origin, { headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
		while (!stopped) {
			const intent: Intent = { integration, number: ++number, lane: `lane-${number % LANES}` };
			write(intents, intent);
			try {
				const body = JSON.stringify(intent);
				const response = await client.request({ method: "POST", path: pathname, headers: { "content-type": "application/json" }, body });
				const answer = await response.body.text();
				if (response.statusCode < 200 || response.statusCode > 299) throw new Error(String(response.statusCode));
				const { id, sequence } = JSON.parse(answer);
				const acknowledgement: Acknowledgement = { integration, number: intent.number, eventId: id, sequence };
				write(acknowledgements, acknowledgement);
			} catch {
				refused++;
				await sleep(PAUSE_AFTER_FAILURE_MS);
			}
		}
		await client.destroy();
	};
	const ended = Promise.all(Array.from({ length: CONNECTIONS }, connection));
	return {
		stop: async () => {
			stopped = true;
			await ended;
			closeSync(intents);
			closeSync(acknowledgements);
			return { sent: number, refused };
		},
	};
}

function write(file: number, line: unknown): void {
	writeSync(file, `${JSON.stringify(line)}\n`);
	fsyncSync(file);
}

export function readLines<T>(path: string): T[] {
	return readFileSync(path, "utf8")
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as T);
}
