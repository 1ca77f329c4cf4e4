import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from "wrangler";
import { bundleWorker, root } from "../bundle.mjs";

/**
 * The two that are compared, each in a workerd of its own, both kept on disk. Static assets are left out of both: on
 * Cloudflare they are answered before the Worker, here by a second worker in front of it.
 */
export interface Instances {
	floorUrl: string;
	inletUrl: string;
	stop: () => Promise<void>;
}

const FOLDER = ".wrangler/bench";

export async function startInstances(): Promise<Instances> {
	const folder = join(root, FOLDER);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const bundle = await bundleWorker(join(FOLDER, "built"));
	const floor = await startFloor(join(folder, "floor"));
	const inlet = await startInlet(bundle, join(folder, "inlet"));
	return {
		floorUrl: (await floor.ready).origin,
		inletUrl: (await inlet.ready).origin,
		stop: async () => {
			await Promise.all([floor.dispose(), inlet.dispose()]);
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

async function startFloor(persistTo: string): Promise<Miniflare> {
	const script = readFileSync(join(root, "test/bench/floor.mjs"), "utf8");
	return start(persistTo, {
		name: "floor",
		compatibilityDate: "2026-10-01",
		modules: [{ type: "ESModule", path: "floor.mjs", contents: script }],
		durableObjects: { FLOOR: { className: "Floor", useSQLite: true } },
	});
}

/** @param bindings settings of the deployment beside those of a bench */
export async function startInlet(bundle: string, persistTo: string, bindings: Record<string, string> = {}): Promise<Miniflare> {
	const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, "wrangler.toml"));
	const { assets: _, rootPath: __, modulesRules: ___, ...configured } = workerOptions;
	const secret = () => randomBytes(32).toString("hex");
	const inlet = await start(persistTo, {
		...configured,
		name: "inlet",
		modules: [{ type: "ESModule", path: "index.js", contents: readFileSync(bundle, "utf8") }],
		bindings: {
			...Object.fromEntries(Object.entries(configured.bindings ?? {})),
			ENVIRONMENT: "development",
			SIGN_UP: "open",
			AUTH_SECRET: secret(),
			ENDPOINT_KEYS: `1:${secret()}`,
			VAULT_KEYS: `1:${secret()}`,
			...bindings,
		},
	});
	const db = await inlet.getD1Database("DB");
	const migrations = join(root, "migrations");
	const files = readdirSync(migrations).filter((file) => file.endsWith(".sql"));
	for (const file of files.sort()) {
		for (const query of unstable_splitSqlQuery(readFileSync(join(migrations, file), "utf8"))) await db.prepare(query).run();
	}
	return inlet;
}

type FlatOptions = Parameters<typeof convertV4MiniflareOptions>[0];
type FlatWorker = Extract<FlatOptions, { workers: unknown[] }>["workers"][number];

async function start(persistTo: string, worker: FlatWorker): Promise<Miniflare> {
	const flat: FlatOptions = { workers: [worker], logRequests: false, resourcePersistencePath: persistTo };
	const miniflare = new Miniflare(convertV4MiniflareOptions(flat));
	await miniflare.ready;
	return miniflare;
}
