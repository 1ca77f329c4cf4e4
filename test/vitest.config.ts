import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const elsewhere = ["test/browser/**", "test/bench/**", "test/crash/**"];

// The assets binding wants its folder; tests of the worker need no built UI in it.
mkdirSync(`${root}dist/ui`, { recursive: true });

/** Two projects: `unit` runs pure parts in plain Node, `workerd` everything else inside the Workers runtime. */
export default defineConfig({
	root,
	test: {
		// What the worker logs is of interest where a test fails.
		silent: "passed-only",
		projects: [
			{
				root,
				define: { FAULTS: "false" },
				test: {
					name: "unit",
					include: ["test/**/*.unit.test.{ts,tsx}"],
					environment: "node",
				},
			},
			{
				root,
				define: { FAULTS: "false" },
				plugins: [
					cloudflareTest(async () => ({
						main: process.env.TEST_MAIN, // another entry than wrangler.toml's, to test a part by itself
						wrangler: { configPath: `${root}wrangler.toml` },
						miniflare: {
							bindings: {
								ENVIRONMENT: "development",
								SIGN_UP: "open",
								ALLOW_PRIVATE_EGRESS: "yes",
								AUTH_SECRET: "a".repeat(64),
								ENDPOINT_KEYS: `1:${"1".repeat(64)}`,
								VAULT_KEYS: `1:${"2".repeat(64)}`,
								D1_MIGRATIONS: existsSync(`${root}migrations`) ? await readD1Migrations(`${root}migrations`) : [],
							},
						},
					})),
				],
				test: {
					name: "workerd",
					testTimeout: 30_000, // a password takes a while to hash, on a busy machine a long while
					include: ["test/**/*.test.ts"],
					exclude: ["test/**/*.unit.test.ts", ...elsewhere],
					setupFiles: ["test/setup.ts"],
				},
			},
		],
	},
});
