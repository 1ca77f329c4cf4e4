import { vi } from "vitest";

/** Waits until `check` passes: long enough for a machine that is busy, and no longer than it takes. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
	return vi.waitFor(check, { timeout: 15_000, interval: 10 });
}
