/**
 * `npm run dev`: the whole product on one port, from a fresh clone.
 *
 * PORT        8787 by default
 * PERSIST_TO  folder of the data, `.wrangler/state` by default; secrets that are missing are made on the first start and kept there
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { shownLine } from "./dev-lines.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const port = Number(process.env.PORT ?? 8787);
const persistTo = resolve(process.env.PERSIST_TO ?? join(root, ".wrangler/state"));
const url = `http://localhost:${port}`;

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 5_000;
const SWEEP_EVERY_MS = 60_000;

const bin = join(root, "node_modules/.bin");
const installedNode = join(bin, "node");
// wrangler needs a newer Node than some machines have; the project brings one.
const node = existsSync(installedNode) ? installedNode : process.execPath;
const environment = {
	...process.env,
	PATH: `${bin}:${process.env.PATH}`,
	WRANGLER_SEND_METRICS: "false",
	WRANGLER_HIDE_BANNER: "true",
	WRANGLER_WRITE_LOGS: "false",
	CLOUDFLARE_CF_FETCH_ENABLED: "false",
	X_LOCAL_OBSERVABILITY: "false", // it keeps each request's URL beside the data, with what a sender puts into its query
	NO_UPDATE_NOTIFIER: "1",
};

let server = null;
let stopping = false;

process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));
process.on("SIGHUP", () => stop(0));

await main();

async function main() {
	if (!(await isFree(port))) {
		console.error(`Port ${port} is in use. Choose another one: PORT=8788 npm run dev`);
		process.exit(1);
	}
	mkdirSync(persistTo, { recursive: true });
	const envFiles = [keepSecrets(join(persistTo, "secrets.env")), join(root, ".dev.vars")].filter(existsSync);

	await migrate();
	if (stopping) return;
	console.log("Building the UI and starting the worker …");
	server = wrangler([
		...["dev", "--port", String(port), "--persist-to", persistTo, "--log-level", process.env.LOG_LEVEL ?? "warn"],
		...["--show-interactive-dev-session", "false"],
		...envFiles.flatMap((file) => ["--env-file", file]),
		...["--var", "ENVIRONMENT:development", "--var", `SIGN_UP:${process.env.SIGN_UP ?? "open"}`, "--var", "ALLOW_PRIVATE_EGRESS:yes"],
	]);
	show(server.stdout, process.stdout);
	show(server.stderr, process.stderr);
	server.once("exit", (code) => {
		if (stopping) return;
		console.error("wrangler has stopped.");
		process.exit(code || 1);
	});

	if (!(await answers())) {
		if (!stopping) console.error(`No answer from ${url}/api/health within ${START_LIMIT_MS / 1000} seconds.`);
		return stop(1);
	}
	console.log(`\nInlet is ready: ${url}\nData: ${persistTo}\n`);
	setInterval(sweep, SWEEP_EVERY_MS);
}

/** `wrangler dev` fires no cron by itself. */
async function sweep() {
	try {
		await fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent("* * * * *")}`, { signal: AbortSignal.timeout(50_000) });
	} catch {
		// The worker is being reloaded; the next minute sweeps again.
	}
}

/** Makes the secrets that neither the environment nor the file has. @returns the file's path */
function keepSecrets(file) {
	const secrets = new Map();
	if (existsSync(file)) {
		for (const line of readFileSync(file, "utf8").split("\n")) {
			const [name, value] = line.split(/=(.*)/s);
			if (name && value) secrets.set(name, value);
		}
	}
	const random = () => randomBytes(32).toString("hex");
	const made = { AUTH_SECRET: random, ENDPOINT_KEYS: () => `1:${random()}`, VAULT_KEYS: () => `1:${random()}` };
	for (const [name, make] of Object.entries(made)) {
		if (process.env[name]) secrets.set(name, process.env[name]);
		else if (!secrets.has(name)) secrets.set(name, make());
	}
	writeFileSync(file, [...secrets].map(([name, value]) => `${name}=${value}\n`).join(""), { mode: 0o600 });
	return file;
}

async function migrate() {
	const run = wrangler(["d1", "migrations", "apply", "inlet", "--local", "--persist-to", persistTo]);
	let output = "";
	for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (output += chunk));
	const code = await new Promise((done) => run.once("close", done));
	if (code !== 0 && !stopping) {
		console.error(`The database could not be brought up to date.\n${output}`);
		process.exit(1);
	}
}

/** In a process group of its own, so that it ends as a whole. */
function wrangler(args) {
	const cli = join(root, "node_modules/wrangler/bin/wrangler.js");
	return spawn(node, [cli, ...args], { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
}

function show(from, to) {
	createInterface({ input: from }).on("line", (line) => {
		const shown = shownLine(line);
		if (shown !== null) to.write(`${shown}\n`);
	});
}

async function answers() {
	for (const end = Date.now() + START_LIMIT_MS; Date.now() < end && !stopping; await sleep(200)) {
		try {
			const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) });
			await response.body?.cancel();
			if (response.ok) return true;
		} catch {
			// Not yet.
		}
	}
	return false;
}

function isFree(candidate) {
	return new Promise((done) => {
		const probe = createServer();
		probe.once("error", () => done(false));
		probe.listen(candidate, "localhost", () => probe.close(() => done(true)));
	});
}

async function stop(code) {
	if (stopping) return;
	stopping = true;
	if (server !== null && server.exitCode === null) {
		const ended = new Promise((done) => server.once("exit", done));
		signal("SIGTERM");
		await Promise.race([ended, sleep(STOP_LIMIT_MS)]);
		signal("SIGKILL");
	}
	process.exit(code);
}

function signal(name) {
	try {
		process.kill(-server.pid, name);
	} catch {
		// The group is gone.
	}
}
