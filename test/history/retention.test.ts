import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../given/eventually";
import { GivenSequencer } from "../given/sequencer-object";

afterEach(() => {
	vi.useRealTimers();
});

const text = (n: number) => ({ n, word: `word${n}`, filler: "x".repeat(1_000) });

async function listed(shop: GivenSequencer): Promise<number[]> {
	const page = await shop.remote.listEvents(shop.settings.workspaceId, { limit: 200 });
	return page?.items.map(({ sequence }) => sequence) ?? [];
}

async function usedBytes(shop: GivenSequencer): Promise<number> {
	const page = await shop.remote.listEvents(shop.settings.workspaceId, { limit: 200 });
	return page?.items.reduce((sum, { size }) => sum + size, 0) ?? 0;
}

describe("retention in the runtime", () => {
	it("deletes by size from the alarm while events go on coming, and the ledger stays as it was", async () => {
		const shop = await GivenSequencer.with({ retention: { days: 30, bytes: 20_000 } });
		await Promise.all(Array.from({ length: 300 }, (_, n) => shop.accept(text(n))));
		for (let n = 300; n < 330; n++) expect((await shop.accept(text(n))).sequence).toBe(n + 1);
		await eventually(async () => expect((await shop.ledger()).events.pending).toBe(0));
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 120_000 });
		await eventually(async () => {
			await runDurableObjectAlarm(shop.stub);
			expect(await usedBytes(shop)).toBeLessThanOrEqual(20_000);
		});
		const kept = await listed(shop);
		expect(kept.length).toBeGreaterThan(10);
		expect(kept[0]).toBe(330);
		const before = await shop.ledger();
		expect(before).toMatchObject({ balanced: true, lastSequence: 330, events: { total: 330, webhook: 330, succeeded: 330, pending: 0 } });
		expect((await shop.accept(text(330))).sequence).toBe(331);
		await eventually(async () =>
			expect(await shop.ledger()).toMatchObject({ balanced: true, events: { total: 331, succeeded: 331, pending: 0 } }),
		);
	});

	it("leaves nothing of old events, also not in the index, and goes on with the next number after a restart", async () => {
		const shop = await GivenSequencer.with();
		for (let n = 0; n < 3; n++) await shop.accept(text(n));
		await eventually(async () => expect((await shop.ledger()).events.succeeded).toBe(3));
		await eventually(async () =>
			expect(await shop.remote.searchEvents(shop.settings.workspaceId, { q: "word1" })).toMatchObject({ items: [{ sequence: 2 }] }),
		);
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * 24 * 3_600_000 });
		await eventually(async () => {
			await runDurableObjectAlarm(shop.stub);
			expect(await listed(shop)).toEqual([]);
		});
		expect(await shop.remote.searchEvents(shop.settings.workspaceId, { q: "word1" })).toMatchObject({ items: [], lastSequence: 3 });
		await evictDurableObject(shop.stub);
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 3, events: { succeeded: 3, pending: 0 } });
		expect((await shop.accept(text(3))).sequence).toBe(4);
	});
});
