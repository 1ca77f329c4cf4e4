import { readFileSync } from "node:fs";
import { isAlive, treeOf } from "../crash/processes.ts";
import type { DevServer } from "../dev-server.ts";
import { type Figures, runCampaign } from "./campaign.ts";

/** A campaign against `npm run dev`, whose runtimes must still be the same at its end (seen through /proc, so on Linux). */
export async function fuzzServer(server: DevServer, seed: number, requests: number): Promise<{ figures: Figures; found: string[] }> {
	const { pid } = server.process;
	const runtimes = process.platform === "linux" && pid !== undefined ? treeOf(pid).filter(isRuntime) : [];
	const { figures, found } = await runCampaign(server.url, seed, requests);
	const gone = runtimes.filter((one) => !isAlive(one));
	if (gone.length > 0) found.push(`${gone.length} of ${runtimes.length} runtimes have ended: ${server.output().slice(-2_000)}`);
	const thrown = server.output().match(/^.*\bat .*\/worker\/(?:endpoints|events|executions|integrations)\/.*$/m);
	if (thrown !== null) found.push(`something threw: ${thrown[0]}`);
	return { figures: { ...figures, runtimes: runtimes.length }, found };
}

const isRuntime = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0]?.includes("workerd") ?? false;
