/** What is downloaded: by Cloudflare at a cold start, and by a person who opens My Automations for the first time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildUi, bundleWorker, root } from "./bundle.mjs";

export const WORKER_LIMIT_KB = 450;
export const FIRST_LOAD_LIMIT_KB = 70;

let bundle = null;
const bundled = () => {
	bundle ??= bundleWorker(".wrangler/size");
	return bundle;
};

/** @returns kilobytes (1,000 bytes) of the worker's bundle, gzipped */
export async function workerSize() {
	return gzipped(await bundled());
}

/** @returns points of worker/faults.ts whose names are in the worker's bundle: none may be */
export async function shippedFaults() {
	const points = [...readFileSync(join(root, "worker/faults.ts"), "utf8").matchAll(/^\t"([a-z_.]+)",$/gm)].map(([, point]) => point);
	if (points.length < 40) throw new Error(`only ${points.length} points were found in worker/faults.ts`);
	const text = readFileSync(await bundled(), "utf8");
	return ["FAULTS", ...points].filter((point) => text.includes(point));
}

/** @returns kilobytes, gzipped, of everything that the first visit of My Automations loads */
export async function firstLoadSize() {
	const folder = ".wrangler/size/first-load";
	const manifest = await buildUi(folder);
	const page = Object.keys(manifest).find((source) => /(^|\/)pages\/.*automations.*\.tsx$/i.test(source));
	const files = filesOf(manifest, page === undefined ? ["index.html"] : ["index.html", page]);
	const all = ["index.html", ...publicFilesOf(readFileSync(join(root, folder, "index.html"), "utf8")), ...files];
	return [...new Set(all)].reduce((sum, file) => sum + gzipped(join(root, folder, file)), 0);
}

/** Files that a browser fetches for these entries: their modules, what those import statically, and the style sheets. */
export function filesOf(manifest, entries) {
	const files = new Set();
	const seen = new Set();
	const visit = (name) => {
		const chunk = manifest[name];
		if (chunk === undefined || seen.has(name)) return;
		seen.add(name);
		for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
		for (const imported of chunk.imports ?? []) visit(imported);
	};
	for (const entry of entries) visit(entry);
	return [...files];
}

/** Scripts and styles that the page names itself. */
function publicFilesOf(html) {
	return [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
}

function gzipped(path) {
	return gzipSync(readFileSync(path)).length / 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [worker, ui] = await Promise.all([workerSize(), firstLoadSize()]);
	console.log(`worker ${worker.toFixed(1)} KB of ${WORKER_LIMIT_KB}, first load ${ui.toFixed(1)} KB of ${FIRST_LOAD_LIMIT_KB}, gzipped`);
	process.exitCode = worker > WORKER_LIMIT_KB || ui > FIRST_LOAD_LIMIT_KB ? 1 : 0;
}
