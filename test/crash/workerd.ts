import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * Process ids of the runtime that holds the data under `persistTo`: wrangler runs two, and the other one is its own
 * proxy. Reads /proc, so Linux only.
 */
export function runtimesOf(persistTo: string): number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.filter((pid) => commandOf(pid).includes("workerd") && opened(pid).some((path) => path.startsWith(persistTo)))
		.map(Number);
}

function commandOf(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
	} catch {
		return "";
	}
}

function opened(pid: string): string[] {
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
