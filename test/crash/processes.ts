import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Looks at processes through /proc, so Linux only. */

/**
 * Process ids of the runtime that holds Sequencers' rows under `persistTo`: wrangler runs two, and the other one is its
 * own proxy.
 */
export function runtimesOf(persistTo: string): number[] {
	return processes()
		.filter((pid) => read(pid, "cmdline").split("\0")[0]?.includes("workerd"))
		.filter((pid) => opened(pid).some((path) => path.startsWith(`${persistTo}/`) && path.includes("Sequencer")));
}

/** A process and all below it, parents first: `npm run dev`, wrangler, the runtimes. */
export function treeOf(root: number): number[] {
	const childrenOf = new Map<number, number[]>();
	for (const pid of processes()) {
		const parent = Number(/^PPid:\s*(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0);
		childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
	}
	const tree = [root];
	for (const pid of tree) tree.push(...(childrenOf.get(pid) ?? []));
	return tree;
}

/** @returns false where the process has gone */
export function signal(pid: number, name: NodeJS.Signals): boolean {
	try {
		return process.kill(pid, name);
	} catch {
		return false;
	}
}

export function isAlive(pid: number): boolean {
	return ["", "Z", "X"].includes(/^State:\s*(\w)/m.exec(read(pid, "status"))?.[1] ?? "") === false;
}

function processes(): number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number);
}

function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, "utf8");
	} catch {
		return ""; // It has gone meanwhile.
	}
}

function opened(pid: number): string[] {
	try {
		return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
			try {
				return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
			} catch {
				return [];
			}
		});
	} catch {
		return [];
	}
}
