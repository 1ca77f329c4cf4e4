/** `node test/growth/run.mjs [events]`: what a Sequencer's work costs with few events kept and with many (1,000,000). */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport(fileURLToPath(new URL("growth.ts", import.meta.url)), {
	logLevel: "error",
	define: { FAULTS: "false" },
});
module.measure(Number(process.argv[2] ?? 1_000_000));
