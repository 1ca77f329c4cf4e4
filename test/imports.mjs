/**
 * Which part of the worker may import which. The arrows point down the page:
 *
 *   index → endpoints | executions | api → events | history | integrations | connections | templates → connectors → db → errors, ids, once, faults
 */
import { readFileSync } from "node:fs";
import { posix } from "node:path";

const LEAVES = ["errors", "ids", "once", "faults"];
const BELOW_CONNECTORS = ["db", ...LEAVES];
const NOUNS = ["events", "history", "integrations", "connections", "templates"];
const BELOW_STAGES = [...NOUNS, "connectors", ...BELOW_CONNECTORS];

/** From each part of worker/ (a folder, or a file in its root) to those it may import beside itself. */
const ARROWS = {
	index: ["endpoints", "executions", "api", ...BELOW_STAGES],
	// These two never import each other.
	endpoints: BELOW_STAGES,
	executions: BELOW_STAGES,
	// A save checks its expressions with the code that runs them, its verification with the code that verifies.
	api: ["endpoints", "executions", ...BELOW_STAGES],
	...Object.fromEntries(NOUNS.map((noun) => [noun, BELOW_STAGES])),
	connectors: BELOW_CONNECTORS,
	db: LEAVES,
	errors: LEAVES,
	ids: LEAVES,
	faults: LEAVES,
};

/** Types alone: a JSON column is typed by the noun that it holds, and nothing of that is left at run time. */
const TYPE_ARROWS = { db: NOUNS };

/** The only file that may call out, and the only one of the UI that may call the API. */
const DOORS = ["worker/executions/egress.ts", "ui/api.ts"];
/** What runs in the browser as well (previews, and how a download is called): free of the platform, down to its last import. */
const SHARED = [
	"worker/api/inbox-file.ts",
	"worker/executions/expressions.ts",
	"worker/executions/template.ts",
	"worker/executions/event.ts",
	"worker/integrations/batch.ts",
	"worker/integrations/charset.ts",
	"worker/integrations/key-source.ts",
	"worker/integrations/lane.ts",
	"worker/integrations/ordering-key.ts",
	"worker/integrations/sender-id.ts",
];

const IMPORT = /(?:^|\n)[ \t]*(?:import|export)\b(?:([^"';]*?)\bfrom\s*)?\s*["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;
const RAW_FETCH = /(?<![\w$.])fetch\(|\b(?:globalThis|self|window)\.fetch\b|[=:]\s*fetch\s*[,;})\n]/;
/** `fetch(request: Request) {`, `fetch: …`, `fetch(request, env, ctx) {`: a handler of that name, not a call. */
const FETCH_HANDLER = /\bfetch\(\w+\??:|^\s*fetch:|^\s*(?:async\s+)?fetch\([^)]*\)\s*\{/;

/**
 * @param {Map<string, string>} files text by path from the project's root
 * @returns {string[]} one line an offence: `path:line what is wrong`
 */
export function offences(files) {
	const imports = new Map([...files].map(([path, text]) => [path, importsOf(path, text, files)]));
	const found = [];
	for (const [path, list] of imports) {
		for (const each of list) {
			const complaint = judge(path, each);
			if (complaint !== null) found.push(`${path}:${each.line} ${complaint}`);
		}
	}
	return [...found, ...closedDoors(files), ...impurities(imports), ...circles(imports)];
}

function importsOf(path, text, files) {
	return [...text.matchAll(IMPORT)].map((match) => {
		const specifier = match[2] ?? match[3];
		const clause = (match[1] ?? "").trim();
		const names = /\{([^}]*)\}/
			.exec(clause)?.[1]
			?.split(",")
			.map((name) => name.trim());
		const onlyTypes =
			clause.startsWith("type ") || (names?.filter(Boolean).every((name) => name.startsWith("type ")) && /^\{/.test(clause));
		const start = match.index + match[0].length - match[0].trimStart().length;
		return {
			specifier,
			onlyTypes: Boolean(onlyTypes),
			target: resolve(path, specifier, files),
			line: text.slice(0, start).split("\n").length,
		};
	});
}

/** The imported file's path from the project's root, or null for a package. */
function resolve(from, specifier, files) {
	if (!specifier.startsWith(".")) return null;
	const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ""));
	return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`].find((candidate) => files.has(candidate)) ?? path;
}

function judge(path, { target, onlyTypes, specifier }) {
	if (specifier === "cloudflare:sockets" && !DOORS.includes(path)) return "opens a socket beside the outbound door";
	if (target === null) return null;
	if (path.startsWith("worker/")) {
		if (!target.startsWith("worker/")) return `the worker imports ${target}`;
		const from = partOf(path);
		const to = partOf(target);
		const allowed = ARROWS[from];
		if (allowed === undefined) return `${from} has no row in the table of arrows`;
		const forTypes = onlyTypes ? (TYPE_ARROWS[from] ?? []) : [];
		return from === to || allowed.includes(to) || forTypes.includes(to) ? null : `${from} may not import ${to}`;
	}
	if (path === "ui/vite.config.ts" && target === "worker/connectors/senders/pages.ts") return null; // the build writes them into files
	if (path.startsWith("ui/") && target.startsWith("worker/")) {
		if (SHARED.includes(target)) return null;
		if (!target.startsWith("worker/api/")) return `the UI imports ${target}; it may import types from worker/api alone`;
		return onlyTypes ? null : `the UI imports more than types from ${target}`;
	}
	return path.startsWith("ui/") && !target.startsWith("ui/") ? `the UI imports ${target}` : null;
}

/** `worker/events/schema.ts` is of the part `events`, `worker/ids.ts` of `ids`. */
function partOf(path) {
	return withoutExtension(path.split("/")[1] ?? "");
}

function withoutExtension(path) {
	return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** Calls to the outside, and to the API, that do not go through their door. */
function closedDoors(files) {
	const found = [];
	for (const [path, text] of files) {
		if (DOORS.includes(path) || !/^(worker|ui)\//.test(path)) continue;
		text.split("\n").forEach((line, index) => {
			const code = line.replace(/\/\/.*$|^\s*\*.*$/, "");
			if (RAW_FETCH.test(code) && !FETCH_HANDLER.test(code))
				found.push(`${path}:${index + 1} raw fetch; calls go through ${DOORS.join(" or ")}`);
		});
	}
	return found;
}

/** What is shared with the browser reaches types, packages and files as pure as itself. */
function impurities(imports) {
	const found = [];
	const seen = new Set();
	const visit = (path) => {
		if (seen.has(path)) return;
		seen.add(path);
		for (const { specifier, target, onlyTypes, line } of imports.get(path) ?? []) {
			if (onlyTypes) continue;
			if (target !== null) visit(target);
			else if (/^(cloudflare|node):/.test(specifier))
				found.push(`${path}:${line} ${specifier} does not run in the browser, where this does`);
		}
	};
	for (const path of SHARED) visit(path);
	return found;
}

/** Circles of imports that exist at run time; one that consists of types is harmless. */
function circles(imports) {
	const found = [];
	const state = new Map();
	const visit = (path, trail) => {
		if (state.get(path) === "done") return;
		if (state.get(path) === "open") {
			found.push(`${path}:1 imports itself: ${[...trail.slice(trail.indexOf(path)), path].join(" → ")}`);
			return;
		}
		state.set(path, "open");
		for (const { target, onlyTypes } of imports.get(path) ?? [])
			if (target !== null && !onlyTypes && imports.has(target)) visit(target, [...trail, path]);
		state.set(path, "done");
	};
	for (const path of imports.keys()) visit(path, []);
	return found;
}

/** @param {string[]} paths from `root` */
export function readAll(root, paths) {
	return new Map(
		paths
			.filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
			.map((path) => [path, readFileSync(posix.join(root, path), "utf8")]),
	);
}
