import { setTimeout as sleep } from "node:timers/promises";
import { type DevServer, startDevServer } from "../dev-server.ts";
import type { Fault, Mode } from "./history.ts";
import { isAlive, runtimesOf, signal, treeOf } from "./processes.ts";

export const MODES = ["runtime", "tree", "stop"] as const;
export type PlannedMode = (typeof MODES)[number];

const RETURN_LIMIT_MS = 60_000;
const LOOK_MS = 150;
/** The product under `npm run dev`, and what is done to it. */
export class Victim {
	readonly faults: Fault[] = [];
	server: DevServer;
	#runtimes: number[] = [];
	#killing = false;
	readonly #watch: ReturnType<typeof setInterval>;

	constructor(server: DevServer) {
		this.server = server;
		this.#watch = setInterval(() => this.#look(), LOOK_MS);
	}

	/** @param random from 0 to 1, as often as wanted */
	async suffer(mode: PlannedMode, length: number, random: () => number): Promise<string> {
		await this.#runtimesThere();
		if (mode === "runtime") return this.#killRuntime();
		if (mode === "tree") return this.#killTree();
		return this.#stopFor(length, random());
	}

	async end(): Promise<void> {
		clearInterval(this.#watch);
		await this.server.stop();
	}

	/** Only the runtime: wrangler starts another one by itself. */
	async #killRuntime(): Promise<string> {
		const killed = [...this.#runtimes];
		await this.#kill("runtime", killed);
		return `killed workerd ${killed.join(", ")}`;
	}

	/** All that `npm run dev` started, and itself; then once more on the same data and port, as a person would. */
	async #killTree(): Promise<string> {
		const tree = treeOf(this.server.process.pid ?? 0);
		await this.#kill("tree", tree);
		const { port, persistTo } = this.server;
		this.server = await startDevServer({ port, persistTo });
		return `killed the tree (${tree.length} processes)`;
	}

	async #kill(mode: Mode, pids: readonly number[]): Promise<void> {
		this.#killing = true;
		const at = Date.now();
		for (const pid of pids) signal(pid, "SIGKILL");
		this.faults.push({ mode, target: "runtime", at, until: Date.now() });
		while (pids.some(isAlive)) await sleep(10);
		this.#runtimes = [];
		this.#killing = false;
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

	/** A runtime that ends by itself, as when its sources change, interrupts what runs just as a kill does. */
	#look(): void {
		if (this.#killing) return;
		if (!this.#runtimes.every(isAlive)) {
			const until = Date.now();
			this.faults.push({ mode: "unplanned", target: "runtime", at: until - 2 * LOOK_MS, until });
			console.log(`workerd ${this.#runtimes.join(", ")} ended by itself`);
			this.#runtimes = [];
		}
		for (const pid of runtimesOf(this.server.persistTo)) if (!this.#runtimes.includes(pid)) this.#runtimes.push(pid);
	}

	async #runtimesThere(): Promise<void> {
		for (const end = Date.now() + RETURN_LIMIT_MS; Date.now() < end; await sleep(LOOK_MS)) {
			this.#look();
			if (this.#runtimes.length > 0) return;
		}
		throw new Error(`there is no runtime:\n${this.server.output()}`);
	}
}
