import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 10_000;
const entry = fileURLToPath(new URL("../worker/dev.mjs", import.meta.url));

export interface DevServer {
	url: string;
	port: number;
	persistTo: string;
	/** `npm run dev` itself; wrangler and workerd are below it. */
	process: ChildProcess;
	/** What it printed so far. */
	output: () => string;
	stop: () => Promise<void>;
}

/**
 * The product as `npm run dev` serves it, with fresh data that goes away with it.
 *
 * @param options.persistTo data of an earlier server to go on with
 */
export async function startDevServer(
	options: { port?: number; persistTo?: string; environment?: Record<string, string> } = {},
): Promise<DevServer> {
	const port = options.port ?? (await freePort());
	const url = `http://localhost:${port}`;
	const persistTo = options.persistTo ?? mkdtempSync(join(tmpdir(), "inlet-"));
	const child = spawn(process.execPath, [entry], {
		env: { ...process.env, NODE_ENV: "production", PORT: String(port), PERSIST_TO: persistTo, ...options.environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (chunk) => {
			output = (output + chunk).slice(-100_000);
		});
	}
	const stop = async () => {
		if (child.exitCode === null && child.signalCode === null) {
			const ended = new Promise((done) => child.once("exit", done));
			child.kill("SIGTERM");
			await Promise.race([ended, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
		}
		rmSync(persistTo, { recursive: true, force: true, maxRetries: 5 });
	};
	for (const end = Date.now() + START_LIMIT_MS; !output.includes("Inlet is ready"); await sleep(100)) {
		if (child.exitCode !== null || Date.now() > end) {
			await stop();
			throw new Error(`npm run dev did not start:\n${output}`);
		}
	}
	return { url, port, persistTo, process: child, output: () => output, stop };
}

export function freePort(): Promise<number> {
	return new Promise((done, fail) => {
		const probe = createServer();
		probe.once("error", fail);
		probe.listen(0, "localhost", () => {
			const address = probe.address();
			probe.close(() => (address !== null && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
		});
	});
}
