import { expect, test } from "vitest";
import type { Result } from "../../../ui/api";
import { eachOf } from "../../../ui/pages/editor/logs/each-of";

const refused = (status: number): Result<unknown> => ({ ok: false, status, code: "refused", message: `answered ${status}` });

test("an act upon many goes to the end, a few at a time, and counts what was refused", async () => {
	let [running, most] = [0, 0];
	const outcome = await eachOf([1, 2, 3, 4, 5, 6, 7, 8, 9], async (item) => {
		running++;
		most = Math.max(most, running);
		await new Promise((resolve) => setTimeout(resolve, 1));
		running--;
		return item === 2 ? refused(503) : item === 3 ? refused(404) : { ok: true, value: item };
	});
	expect(outcome).toEqual({ done: 8, refused: [refused(503)] });
	expect(most).toBeLessThanOrEqual(4);
});
