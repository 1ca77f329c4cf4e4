import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const port = Number(process.env.PORT ?? 5173);
const worker = process.env.WORKER ?? "http://localhost:8787";

export default defineConfig({
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
