/** The worker as `wrangler deploy` would upload it, and the UI as it would serve it, both built aside from `dist/`. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command of node_modules/.bin. @returns its exit code and everything it printed */
export function run(command, args, options = {}) {
	const path = `${join(root, "node_modules/.bin")}:${process.env.PATH}`;
	const environment = {
		...process.env,
		PATH: path,
		WRANGLER_SEND_METRICS: "false",
		WRANGLER_HIDE_BANNER: "true",
		WRANGLER_WRITE_LOGS: "false",
		...options.env,
	};
	return new Promise((done) => {
		const child = spawn(command, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		child.stdout.on("data", (chunk) => {
			output += chunk;
		});
		child.stderr.on("data", (chunk) => {
			output += chunk;
		});
		child.once("error", (error) => done({ code: 1, output: error.message }));
		child.once("close", (code) => done({ code, output }));
	});
}

async function runOrThrow(command, args) {
	const { code, output } = await run(command, args);
	if (code !== 0) throw new Error(`${command} ${args[0]} failed:\n${output.trim()}`);
}

/**
 * @param folder where to build, inside the project (`.wrangler/…`), so that packages are found
 * @returns path of the bundled module
 */
export async function bundleWorker(folder) {
	const out = join(root, folder);
	mkdirSync(join(out, "ui"), { recursive: true });
	const config = join(out, "wrangler.toml");
	writeFileSync(config, configOf(readFileSync(join(root, "wrangler.toml"), "utf8"), out));
	await runOrThrow("wrangler", ["deploy", "--dry-run", "--config", config, "--outdir", join(out, "worker")]);
	return join(out, "worker/index.js");
}

/** @returns the build manifest: source path → {file, imports, dynamicImports, css} */
export async function buildUi(folder) {
	const out = join(root, folder);
	await runOrThrow("vite", [
		"build",
		"--config",
		"ui/vite.config.ts",
		"--outDir",
		out,
		"--emptyOutDir",
		"--manifest",
		"--logLevel",
		"warn",
	]);
	return JSON.parse(readFileSync(join(out, ".vite/manifest.json"), "utf8"));
}

/** The project's configuration without the UI's build, readable from another folder. */
function configOf(text, out) {
	return text
		.replace(/^\[build\]\n(?:(?!\[).*\n)*/m, "")
		.replace(/^main = "(.*)"/m, (_, path) => `main = "${join(root, path)}"`)
		.replace(/^directory = ".*"/m, `directory = "${join(out, "ui")}"`)
		.replace(/^migrations_dir = "(.*)"/m, (_, path) => `migrations_dir = "${join(root, path)}"`);
}
