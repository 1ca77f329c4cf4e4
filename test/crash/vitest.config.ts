import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Plain Node, real `npm run dev`; one after the other, for each wants the machine for itself. */
export default defineConfig({
	root: fileURLToPath(new URL("../..", import.meta.url)),
	test: {
		name: "crash",
		include: ["test/crash/*.test.ts", "test/fuzz/*.test.ts"],
		fileParallelism: false,
		exclude: ["test/crash/*.unit.test.ts"],
		testTimeout: 240_000,
		// The kills in their order, and the folder that keeps the history when something is amiss.
		silent: "passed-only",
	},
});
