import { setTimeout as sleep } from "node:timers/promises";
import { type DevServer, startDevServer } from "../dev-server.ts";
import type { Fault } from "./history.ts";
import { isAlive, runtimesOf, signal, treeOf } from "./processes.ts";

export const MODES = ["runtime", "tree", "stop"] as const;
export type PlannedMode = (typeof MODES)[number];

const RETURN_LIMIT_MS = 60_000;
const LOOK_MS = 100;
/** The product under `npm run dev`, and what is done to it. */
export class Victim {
	readonly faults: Fault[] = [];
	server: DevServer;
	#runtimes: number[] = [];
	#busy = false;
	readonly #watch: ReturnType<typeof setInterval>;

	constructor(server: DevServer) {
		this.server = server;
		this.#watch = setInterval(() => this.#look(), LOOK_MS);
	}

	/** @param random from 0 to 1, as often as wanted */
	async suffer(mode: PlannedMode, length: number, random: () => number): Promise<string> {
		await this.#runtimesThere();
		this.#busy = true;
		try {
			if (mode === "runtime") return this.#killRuntime();
			if (mode === "tree") return await this.#killTree();
			return await this.#stopFor(length, random());
		} finally {
			this.#busy = false;
		}
	}

	async end(): Promise<void> {
		clearInterval(this.#watch);
		await this.server.stop();
	}

	/** Only the runtime: wrangler starts another one by itself. */
	#killRuntime(): string {
		const at = Date.now();
		for (const pid of this.#runtimes) signal(pid, "SIGKILL");
		this.faults.push({ mode: "runtime", target: "runtime", at, until: Date.now() });
		return `killed workerd ${this.#forget().join(", ")}`;
	}

	/** All that `npm run dev` started, and itself; then once more on the same data and port, as a person would. */
	async #killTree(): Promise<string> {
		const tree = treeOf(this.server.process.pid ?? 0);
		const at = Date.now();
		for (const pid of tree) signal(pid, "SIGKILL");
		while (tree.some(isAlive)) await sleep(10);
		this.faults.push({ mode: "tree", target: "runtime", at, until: Date.now() });
		this.#forget();
		const { port, persistTo } = this.server;
		this.server = await startDevServer({ port, persistTo });
		return `killed the tree (${tree.length} processes)`;
	}

	/** The runtime alone, the whole tree, or the tree without the runtime: all of them go on later as if nothing had been. */
	async #stopFor(length: number, share: number): Promise<string> {
		const tree = treeOf(this.server.process.pid ?? 0);
		const [what, stopped] =
			share < 0.6
				? ["workerd", this.#runtimes]
				: share < 0.8
					? ["the tree", tree]
					: ["all but workerd", tree.filter((pid) => !this.#runtimes.includes(pid))];
		const at = Date.now();
		for (const pid of stopped) signal(pid, "SIGSTOP");
		await sleep(length);
		for (const pid of stopped) signal(pid, "SIGCONT");
		this.faults.push({ mode: "stop", target: share < 0.8 ? "runtime" : "tools", at, until: Date.now() });
		return `stopped ${what} for ${(length / 1000).toFixed(1)} s`;
	}

	#forget(): number[] {
		return this.#runtimes.splice(0);
	}

	/** A runtime that ends by itself, as when its sources change, interrupts what runs just as a kill does. */
	#look(): void {
		if (this.#busy || this.#runtimes.every(isAlive)) return;
		const until = Date.now();
		this.faults.push({ mode: "unplanned", target: "runtime", at: until - 2 * LOOK_MS, until });
		console.log(`workerd ${this.#forget().join(", ")} ended by itself`);
	}

	async #runtimesThere(): Promise<void> {
		for (const end = Date.now() + RETURN_LIMIT_MS; Date.now() < end; await sleep(LOOK_MS)) {
			this.#runtimes = runtimesOf(this.server.persistTo);
			if (this.#runtimes.length > 0) return;
		}
		throw new Error(`there is no runtime:\n${this.server.output()}`);
	}

	/** Notes which processes hold the data now, so that it is seen when they end by themselves. */
	async noteRuntime(): Promise<void> {
		await this.#runtimesThere();
	}
}
