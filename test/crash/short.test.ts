import { expect, test } from "vitest";
import { MODES } from "./faults.ts";
import { runTrial } from "./trial.ts";

/** A form of `npm run test:crash` for every day. One of its stops outlives a lease. Reads /proc, so Linux only. */
test.skipIf(process.platform !== "linux")(
	"two kills of the runtime, two of all that npm run dev starts and two stops lose nothing, and change no order",
	async () => {
		const { verdict, figures } = await runTrial({
			seed: Math.floor(Math.random() * 1_000_000),
			kills: 6,
			modes: MODES,
			pauseMs: { least: 500, most: 1_500 },
			stopsMs: [
				{ least: 200, most: 1_000 },
				{ least: 20_500, most: 20_600 },
			],
		});
		console.log(JSON.stringify(figures));
		expect(verdict.found).toEqual([]);
		expect(figures.kills).toMatchObject({ runtime: 2, tree: 2, stop: 2 });
		expect(figures.acknowledged).toBeGreaterThan(100);
	},
);
