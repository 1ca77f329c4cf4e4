import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { PAGES } from "../worker/connectors/senders/pages";

const port = Number(process.env.PORT ?? 5173);
const worker = process.env.WORKER ?? "http://localhost:8787";

/** Each sender's guide and samples as a file of its own: `GET /api/senders/:id` reads it when somebody asks. */
const senderPages: Plugin = {
	name: "sender-pages",
	generateBundle() {
		for (const [id, page] of Object.entries(PAGES)) {
			this.emitFile({ type: "asset", fileName: `senders/${id}.json`, source: JSON.stringify(page) });
		}
	},
};

export default defineConfig({
	plugins: [senderPages],
	root: fileURLToPath(new URL(".", import.meta.url)),
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	build: {
		outDir: "../dist/ui",
		emptyOutDir: true,
		assetsDir: "assets",
		// light-dark(), nesting and popover are used as they are.
		target: ["chrome123", "edge123", "firefox125", "safari17.5"],
		modulePreload: { polyfill: false },
		// The content security policy admits no data: fonts or scripts.
		assetsInlineLimit: 0,
		reportCompressedSize: true,
	},
	worker: { format: "es" },
	server: {
		port,
		strictPort: true, // With the slash: "/api" alone would swallow the source file api.ts.
		proxy: { "^/api/": { target: worker, ws: true }, "^/in/": worker },
	},
});
