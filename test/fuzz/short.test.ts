import { expect, test } from "vitest";
import { startDevServer } from "../dev-server.ts";
import { fuzzServer } from "./server.ts";

/** A form of `npm run test:fuzz` for every day. */
test("1,500 random requests break nothing, and what is stored is what was sent", async () => {
	const server = await startDevServer();
	try {
		const { figures, found } = await fuzzServer(server, Math.floor(Math.random() * 1_000_000), 1_500);
		console.log(JSON.stringify(figures));
		expect(found).toEqual([]);
		expect(figures.accepted).toBeGreaterThan(300);
		expect(figures.compared).toBe(figures.accepted);
		expect(Object.keys(figures.statuses)).toEqual(expect.arrayContaining(["202", "401", "404", "405", "415"]));
		expect(figures.executions.succeeded).toBeGreaterThan(100);
	} finally {
		await server.stop();
	}
});
