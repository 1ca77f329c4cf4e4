import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Real Chromium, real `npm run dev`. */
export default defineConfig({
	root: fileURLToPath(new URL("../..", import.meta.url)),
	test: {
		name: "browser",
		include: ["test/browser/**/*.test.ts"],
		globalSetup: ["test/browser/server.ts"],
		fileParallelism: false,
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
