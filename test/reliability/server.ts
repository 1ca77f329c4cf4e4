import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startInlet } from "../bench/instances.ts";
import { bundleWorker, root } from "../bundle.mjs";

const FOLDER = ".wrangler/reliability";

/** The built Worker in miniflare, kept on disk, that may call this machine and hold a million events. */
export async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
	const folder = join(root, FOLDER);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const bundle = await bundleWorker(join(FOLDER, "built"));
	const inlet = await startInlet(bundle, join(folder, "inlet"), { ALLOW_PRIVATE_EGRESS: "yes", QUOTA_PENDING_EVENTS: "1000000" });
	return {
		url: (await inlet.ready).origin,
		stop: async () => {
			await inlet.dispose();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}
