import { expect, test } from "vitest";
import { idempotencyKey } from "../../worker/executions/idempotency";

test("one event's step has one key, whatever the try", () => {
	expect(idempotencyKey("evt_1", "push", 1)).toBe(idempotencyKey("evt_1", "push", 1));
	expect(idempotencyKey("evt_1", "push", 1)).toMatch(/^[0-9a-f]{40}$/);
});

test("another event, step or edition has another", () => {
	const keys = [
		idempotencyKey("evt_1", "push", 1),
		idempotencyKey("evt_2", "push", 1),
		idempotencyKey("evt_1", "pull", 1),
		idempotencyKey("evt_1", "push", 2),
		idempotencyKey("evt_1", "push\n1", 1),
	];
	expect(new Set(keys).size).toBe(keys.length);
});
