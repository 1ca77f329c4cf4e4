import { describe, expect, it } from "vitest";
import type { SearchPage } from "../../worker/history/search";
import { codeOf, givenIntegration, givenMember, givenPerson } from "../given/api";
import { eventually } from "../given/eventually";
import { GivenSequencer } from "../given/sequencer-object";

describe("searching in the runtime", () => {
	it("finds a word seconds after it came, from the alarm alone", async () => {
		const shop = await GivenSequencer.with();
		await shop.post({ order: "ORD-1001", customer: "Zoë" });
		await shop.post({ order: "ORD-1002", customer: "Ann" });
		const search = (q: string) => shop.remote.searchEvents(shop.settings.workspaceId, { q });
		const page = await eventually(async () => {
			const found = await search("zoe");
			expect(found?.items).toHaveLength(1);
			return found;
		});
		expect(page).toMatchObject({
			items: [{ sequence: 1, status: "succeeded", snippet: expect.stringContaining("Zoë") }],
			cursor: null,
			indexedThrough: 2,
			lastSequence: 2,
		});
		expect((await search("ord"))?.items.map(({ sequence }) => sequence)).toEqual([2, 1]);
		expect(await shop.remote.searchEvents("wsp_another000000000", { q: "zoe" })).toBeNull();
	});

	it("ends with the integration", async () => {
		const shop = await GivenSequencer.with();
		await shop.post({ word: "gone" });
		await eventually(async () => expect((await shop.remote.searchEvents(shop.settings.workspaceId, { q: "gone" }))?.items).toHaveLength(1));
		expect(await shop.remote.remove(shop.settings.workspaceId)).toEqual({ status: "removed" });
		expect(await shop.remote.searchEvents(shop.settings.workspaceId, { q: "gone" })).toBeNull();
	});
});

describe("searching over the API", () => {
	it("takes every part of a query, and refuses what it does not understand", async () => {
		const ada = await givenPerson();
		const { id } = await givenIntegration(ada);
		const { sequence } = await ada.get<{ sequence: number }>("POST", `/api/integrations/${id}/run`, { body: { sku: "A-1", price: 2.5 } });
		const path = `/api/integrations/${id}/events/search`;
		const get = (query: Record<string, string>) => ada.get<SearchPage>("GET", `${path}?${new URLSearchParams(query)}`);
		expect(await get({})).toMatchObject({ items: [{ sequence, snippet: '{"sku":"A-1","price":2.5}' }], cursor: null, lastSequence: 1 });
		await eventually(async () => expect((await get({ q: "a-1" })).items).toHaveLength(1));
		const from = new Date(Date.now() - 60_000).toISOString();
		const to = new Date(Date.now() + 60_000).toISOString();
		const all = { q: "sku", from, to, sequence: "1-9", source: "manual", field: "event.body.price", value: "2.50", status: "succeeded" };
		expect((await get(all)).items.map((item) => item.sequence)).toEqual([1]);
		expect((await get({ ...all, to: from })).items).toEqual([]);
		expect((await get({ key: "nothing" })).items).toEqual([]);
		const viewer = await givenMember(ada, "viewer");
		expect((await viewer.send("GET", `${path}?q=sku`)).status).toBe(200);
		for (const wrong of ["sequence=x", "status=asleep", "from=yesterday", "field=body", "field=event.body.x", "value=1", "limit=0", "q="]) {
			const response = await ada.send("GET", `${path}?${wrong}`);
			expect([wrong, response.status, await codeOf(response)]).toEqual([wrong, 422, "invalid_input"]);
		}
		expect((await ada.send("GET", `${path}?cursor=not%20ours`)).status).toBe(422);
	});
});
