import { describe, expect, it } from "vitest";
import type { Sample, Sender } from "../../worker/connectors/sender.ts";
import { SENDERS } from "../../worker/connectors/senders/index.ts";
import { PAGES } from "../../worker/connectors/senders/pages.ts";
import { BATCH_MAX_ITEMS, batchOf, isBatchPath } from "../../worker/integrations/batch.ts";
import { duplicateKeyOf } from "../../worker/integrations/duplicates.ts";
import { keySource } from "../../worker/integrations/key-source.ts";
import { type KeySource, valueAt } from "../../worker/integrations/lane.ts";

const BY_SENDER = { mode: "sender", windowSeconds: 86_400 } as const;

interface Item {
	body: ArrayBuffer;
	headers: [string, string][];
	source: KeySource;
}

/** The events of a sample, as they are when its sender's list is taken apart. */
function itemsOf({ body, headers = {}, contentType = "application/json" }: Sample, path: string): Item[] {
	const sent: [string, string][] = [["content-type", contentType], ...Object.entries(headers)];
	const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
	const batch = batchOf(path, sent, bytes(typeof body === "string" ? body : JSON.stringify(body)), BATCH_MAX_ITEMS);
	if (batch.status !== "items") return [];
	return batch.items.map((text) => {
		const item = bytes(text);
		return { body: item, headers: sent, source: keySource({ method: "POST", path: "", query: "", headers: sent, body: item }) };
	});
}

const nameOf = ({ eventName = [] }: Sender, { source }: Item) =>
	eventName.map((path) => valueAt(path, source)).find((value) => typeof value === "string" && value !== "");

const keyOf = ({ body, headers, source }: Item, own: readonly string[] | undefined, place: number) =>
	duplicateKeyOf(BY_SENDER, source, { query: "", headers, body }, null, own, place)?.key ?? null;

const batched = SENDERS.flatMap((sender: Sender) => (sender.batch === undefined ? [] : [{ sender, batch: sender.batch }]));

describe("senders of lists", () => {
	it("are many", () => {
		expect(batched.length).toBeGreaterThanOrEqual(20);
	});

	describe.each(batched.map(({ sender, batch }) => [sender.id, sender, batch] as const))("%s", (id, sender, batch) => {
		const lists = (PAGES[id]?.samples ?? []).map((sample) => itemsOf(sample, batch.path)).filter(({ length }) => length > 0);
		const items = lists.flat();

		it("has a sample that is taken apart into items with names", () => {
			expect(isBatchPath(batch.path)).toBe(true);
			expect(items.length).toBeGreaterThan(0);
			expect(items.map((item) => nameOf(sender, item))).toContainEqual(expect.any(String));
		});

		it("has its items' ids and ordering keys in its samples", () => {
			const keys = [...(batch.duplicateId ?? []), ...(sender.orderingKeys ?? []).map(({ path }) => path)];
			for (const path of keys) expect([path, items.some(({ source }) => valueAt(path, source) !== null)]).toEqual([path, true]);
		});

		it("knows an item again wherever it stands, or by its delivery and place", () => {
			const [item] = items;
			if (item === undefined) throw new Error(`${id} has no sample with a list.`);
			const own = batch.duplicateId ?? sender.duplicateId;
			const first = keyOf(item, own, 0);
			expect(keyOf(item, own, 0)).toBe(first);
			if (batch.duplicateId) expect([first, keyOf(item, own, 1)]).toEqual([expect.any(String), first]);
			else if (first !== null) expect(keyOf(item, own, 1)).not.toBe(first);
		});

		it("tells the items of one list apart", () => {
			for (const list of lists) {
				const keys = list.map((item, place) => keyOf(item, batch.duplicateId ?? sender.duplicateId, place)).filter((key) => key !== null);
				expect(new Set(keys).size).toBe(keys.length);
			}
		});
	});
});
