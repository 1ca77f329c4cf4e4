import type { TestProject } from "vitest/node";
import { startDevServer } from "../dev-server.ts";

declare module "vitest" {
	interface ProvidedContext {
		url: string;
	}
}

/** One server for all browser tests; each test signs up a person of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = await startDevServer();
	project.provide("url", server.url);
	return server.stop;
}
