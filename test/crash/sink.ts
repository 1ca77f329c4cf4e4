import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "./history.ts";

/**
 * The other system, a process of its own: a call is on its disk before it is answered, and the answer is written down
 * before it is given. Started with the file to write; tells its parent the port. Each line is a call or an answer.
 */
type Line = Omit<Call, "arrived" | "answered"> | { answers: number };

/** Most answers take a moment, a few much longer, so that kills fall into calls under way. */
const USUAL_MS = 12;
const SLOW_SHARE = 0.004;
const SLOW_MS = { least: 500, most: 3_000 };

/** What a sink wrote down, in the order of arrival. */
export function readCalls(path: string): Call[] {
	const lines = readFileSync(path, "utf8")
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Line);
	const calls = new Map<number, Call>();
	for (const [place, line] of lines.entries()) {
		if ("answers" in line) {
			const call = calls.get(line.answers);
			if (call === undefined) throw new Error(`line ${place} answers ${line.answers}, which is no call`);
			call.answered = place;
		} else calls.set(place, { ...line, arrived: place, answered: null });
	}
	return [...calls.values()];
}

function serve(path: string): void {
	const file = openSync(path, "a");
	let lines = 0;
	const write = (line: Line): number => {
		writeSync(file, `${JSON.stringify(line)}\n`);
		return lines++;
	};
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		try {
			for await (const chunk of request) chunks.push(chunk);
		} catch {
			return; // The caller died before its request had left.
		}
		const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
		const place = write({ ...body, idempotencyKey: request.headers["idempotency-key"] ?? "", at: Date.now() });
		fsyncSync(file);
		const { least, most } = Math.random() < SLOW_SHARE ? SLOW_MS : { least: 0, most: USUAL_MS };
		await sleep(least + Math.random() * (most - least));
		if (response.destroyed) return; // Nobody is there to be answered.
		write({ answers: place });
		response.writeHead(200, { "content-type": "application/json" });
		response.end('{"ok":true}');
	});
	server.listen(0, "127.0.0.1", () => {
		const address = server.address();
		if (address !== null && typeof address === "object") process.send?.(address.port);
	});
	process.on("disconnect", () => {
		closeSync(file);
		process.exit();
	});
}

if (process.argv[2] === "serve") serve(process.argv[3] ?? "");
