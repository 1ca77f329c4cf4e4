/** `npm run verify`: format, lint, types, arrows, words and sizes, in parallel; one line a check. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./bundle.mjs";
import { offences, readAll } from "./imports.mjs";
import { FIRST_LOAD_LIMIT_KB, firstLoadSize, shippedFaults, WORKER_LIMIT_KB, workerSize } from "./size.mjs";
import { emptyWords } from "./words.mjs";

const parts = ["worker", "ui", "test"];
const paths = parts
	.flatMap((part) => readdirSync(join(root, part), { recursive: true }).map((path) => `${part}/${path}`))
	.filter((path) => !path.includes("/node_modules/"));
const sources = readAll(root, paths);

const PROJECTS = ["worker/tsconfig.json", "ui/tsconfig.json", "test/tsconfig.json", "test/tsconfig.node.json"];
// It is typed by packages of its own, which `npm run test:vendors` brings.
if (existsSync(join(root, "test/vendors/node_modules"))) PROJECTS.push("test/vendors/tsconfig.json");
const runtimeTypes = generateTypes();
const checks = [
	["format and lint", () => command("biome", ["check", "--error-on-warnings", "--colors=off", "."])],
	["types", types],
	["import directions", () => none(offences(withoutTests(sources)))],
	["words", () => none(emptyWords(sources))],
	["worker's size", async () => limit(await workerSize(), WORKER_LIMIT_KB)],
	["points of faults in what is shipped", async () => none(await shippedFaults())],
	["UI's first load", async () => limit(await firstLoadSize(), FIRST_LOAD_LIMIT_KB)],
];

const began = Date.now();
const results = await Promise.all(checks.map(([name, check]) => report(name, check)));
const failed = results.filter((passed) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed (${((Date.now() - began) / 1000).toFixed(1)} s)`);
process.exitCode = failed === 0 ? 0 : 1;

async function report(name, check) {
	const start = Date.now();
	const { passed, text } = await check().catch((error) => ({ passed: false, text: error.message }));
	const seconds = ((Date.now() - start) / 1000).toFixed(1);
	console.log(`${passed ? "ok  " : "FAIL"} ${name} (${seconds} s)${text ? `${passed ? " " : "\n"}${text}` : ""}`);
	return passed;
}

async function command(name, args) {
	const { code, output } = await run(name, args);
	return { passed: code === 0, text: code === 0 ? "" : output.trim() };
}

/**
 * The worker's declarations are made first. The UI and the tests see those and never its sources, which need the
 * platform's globals.
 */
async function types() {
	await runtimeTypes;
	return command("tsc", ["--build", "--pretty", "false", ...PROJECTS]);
}

async function none(found) {
	return { passed: found.length === 0, text: found.join("\n") };
}

function limit(size, most) {
	return { passed: size <= most, text: `${size.toFixed(1)} KB of ${most} KB gzipped` };
}

/** Tests may import what they test. */
function withoutTests(files) {
	return new Map([...files].filter(([path]) => !path.startsWith("test/")));
}

/** The platform's types and the bindings': 600 KB that follow from wrangler.toml and the objects that the entry exports. */
async function generateTypes() {
	const made = join(root, "worker/env.d.ts");
	const reasons = ["wrangler.toml", "worker/index.ts", "package-lock.json"].map((path) => statSync(join(root, path)).mtimeMs);
	if (existsSync(made) && statSync(made).mtimeMs > Math.max(...reasons)) return;
	const script = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts.types;
	const { code, output } = await run("sh", ["-c", script]);
	if (code !== 0) console.log(`wrangler types failed:\n${output.trim()}`);
}
