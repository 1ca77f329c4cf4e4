import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { build, type Plugin, type Rolldown } from "vite";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const elsewhere = ["test/browser/**", "test/bench/**", "test/crash/**", "test/fuzz/**", "test/vendors/**"];

// The assets binding wants its folder; tests of the worker need no built UI in it.
mkdirSync(`${root}dist/ui`, { recursive: true });

/** A file a sender, and each test file's runtime would fetch them one by one: they come as one. */
const sendersInOne = (): Plugin => ({
	name: "senders-in-one",
	enforce: "pre",
	async load(id) {
		if (id !== `${root}worker/connectors/senders/index.ts`) return null;
		const lib = { entry: id, formats: ["es" as const] };
		const built = await build({ configFile: false, logLevel: "error", build: { lib, write: false, minify: false } });
		const [{ output }] = built as [Rolldown.RolldownOutput];
		return output[0].code;
	},
});

/** A project whose tests run inside the Workers runtime. @param faults whether the points where things can break are there */
const inRuntime = (name: string, faults: boolean, include: string[], exclude: string[]) => ({
	root,
	define: { FAULTS: String(faults) },
	plugins: [
		sendersInOne(),
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
		name,
		testTimeout: 30_000, // a password takes a while to hash, on a busy machine a long while
		include,
		exclude: ["test/**/*.unit.test.ts", ...elsewhere, ...exclude],
		setupFiles: ["test/setup.ts"],
		// Libraries of hundreds of files, which each test file's runtime would fetch one by one.
		deps: {
			optimizer: {
				ssr: { enabled: true, include: ["zod", "drizzle-orm", "drizzle-orm/d1", "drizzle-orm/sqlite-core", "drizzle-orm/batch"] },
			},
		},
	},
});

const FAULTY = ["test/**/faults*.test.ts"];

/**
 * Three projects: `unit` runs pure parts in plain Node, `workerd` everything else inside the Workers runtime, `faults` the
 * same with points where things can break, and with shorter leases.
 */
export default defineConfig({
	root,
	test: {
		// Half of a file's time is its runtime's start; with one worker, as on two cores by default, nothing runs beside it.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		// A fault that a test puts into an object's start also meets a call that nobody waits for any more.
		onUnhandledError: (error) => !error.message?.startsWith("fault at "),
		// What the worker logs is of interest where a test fails.
		silent: "passed-only",
		projects: [
			{
				root,
				define: { FAULTS: "false" },
				test: {
					name: "unit",
					testTimeout: 30_000, // some go through ten megabytes, on a busy machine
					include: ["test/**/*.unit.test.{ts,tsx}"],
					environment: "node",
				},
			},
			inRuntime("workerd", false, ["test/**/*.test.ts"], FAULTY),
			inRuntime("faults", true, FAULTY, []),
		],
	},
});
