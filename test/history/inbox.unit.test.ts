import { describe, expect, it } from "vitest";
import { insertDelivery } from "../../worker/events/delivery-rows";
import { markBatch, markItem } from "../../worker/events/event-rows";
import { executionKey } from "../../worker/events/schema";
import { kindOf, listInbox } from "../../worker/history/inbox";
import type { InboxQuery } from "../../worker/history/inbox-query";
import { SCAN_MAX } from "../../worker/history/page";
import { indexedThrough, indexSlice } from "../../worker/history/search-index";
import { eventId } from "../../worker/ids";
import { redactionSchema } from "../../worker/integrations/redaction/rules";
import { BEGINNING, History, INTEGRATION } from "../given/history";

/** Every page of the inbox, one after the other: events by number, deliveries by `-` and their row. */
function everyPage(history: History, query: InboxQuery = {}): number[][] {
	const pages: number[][] = [];
	for (let cursor: string | null = null, n = 0; n === 0 || cursor !== null; n++) {
		if (n > 1000) throw new Error("the list does not end");
		const page = listInbox(history.sql, history.reading, { limit: 3, ...query, cursor });
		if (page === null) throw new Error("the list did not know its own cursor");
		pages.push(page.items.map(({ event, delivery }) => event?.sequence ?? -Number(delivery?.id.split("r").at(-1))));
		cursor = page.cursor;
	}
	return pages;
}
const all = (history: History, query: InboxQuery = {}): number[] => everyPage(history, query).flat();

const at = (seconds: number): number => BEGINNING + seconds * 1000;

function delivery(history: History, status: "duplicate" | "handshake" | "accepted", receivedAt: number, sequence: number | null): number {
	const request = { method: "POST", path: "/", query: "", headers: [] as [string, string][], size: 0, body: new ArrayBuffer(0) };
	return insertDelivery(history.sql, { status, reason: null, sequence, httpStatus: 200, ...request }, receivedAt);
}

function signed(history: History, sequence: number, sender: string, name: string | null): void {
	history.sql.exec("UPDATE events SET sender = ?, name = ? WHERE sequence = ?", sender, name, sequence);
}

describe("the inbox", () => {
	it("merges events and the deliveries that made none by the time they came, a page at a time, each once", () => {
		const history = new History();
		for (let n = 0; n < 5; n++) history.event();
		history.rejection({ receivedAt: at(2.5) });
		delivery(history, "duplicate", at(3.5), 3);
		delivery(history, "handshake", at(9), null);
		expect(everyPage(history)).toEqual([
			[-3, 5, 4],
			[-2, 3, -1],
			[2, 1],
		]);
	});

	it("keeps its place while more comes in", () => {
		const history = new History();
		for (let n = 0; n < 4; n++) history.event();
		const first = listInbox(history.sql, history.reading, { limit: 2 });
		history.event();
		history.rejection({ receivedAt: at(9) });
		const second = listInbox(history.sql, history.reading, { limit: 2, cursor: first?.cursor ?? null });
		expect(second?.items.map(({ event }) => event?.sequence)).toEqual([2, 1]);
	});

	it("shows a delivery that was accepted after all as its event alone, and a batch that held nothing", () => {
		const history = new History();
		history.event();
		delivery(history, "accepted", at(0.5), 1);
		delivery(history, "accepted", at(2), null);
		expect(all(history)).toEqual([-2, 1]);
	});

	it("narrows by verdict", () => {
		const history = new History();
		signed(history, history.event(), "stripe", "invoice.paid");
		history.event();
		history.event({ source: "schedule" });
		history.rejection({ receivedAt: at(4) });
		delivery(history, "duplicate", at(5), 1);
		delivery(history, "handshake", at(6), null);
		const found = (["verified", "unverified", "internal", "refused", "duplicate", "handshake"] as const).map((verdict) => [
			verdict,
			all(history, { verdict }),
		]);
		expect(found).toEqual([
			["verified", [1]],
			["unverified", [2]],
			["internal", [3]],
			["refused", [-1]],
			["duplicate", [-2]],
			["handshake", [-3]],
		]);
	});

	it("narrows by how the newest execution stands, running ones too", () => {
		const history = new History();
		history.ran("succeeded", "failed", "failed");
		history.execution(3, "succeeded", { number: 2 });
		const running = history.event();
		history.running.add(executionKey(running, 1));
		history.event();
		history.rejection({ receivedAt: at(9) });
		expect(all(history, { status: "failed" })).toEqual([2]);
		expect(all(history, { status: "succeeded" })).toEqual([3, 1]);
		expect(all(history, { status: "running" })).toEqual([4]);
		expect(all(history, { status: "queued" })).toEqual([5]);
	});

	it("narrows by sender, by a part of the event's name, and by time", () => {
		const history = new History();
		signed(history, history.event(), "stripe", "invoice.paid");
		signed(history, history.event(), "github", "push");
		signed(history, history.event(), "stripe", "Invoice.Voided");
		history.rejection({ receivedAt: at(2.5) });
		expect(all(history, { sender: "stripe" })).toEqual([3, 1]);
		expect(all(history, { name: "invoice" })).toEqual([3, 1]);
		expect(all(history, { name: "VOID" })).toEqual([3]);
		expect(all(history, { from: at(2), to: at(3) })).toEqual([-1, 2]);
		expect(all(history, { verdict: "verified", from: at(2) })).toEqual([3, 2]);
	});

	it("finds an event by its number or its id", () => {
		const history = new History();
		for (let n = 0; n < 3; n++) history.event();
		history.rejection({ receivedAt: at(9) });
		expect(all(history, { q: "#2" })).toEqual([2]);
		expect(all(history, { q: eventId(INTEGRATION, 3) })).toEqual([3]);
		expect(all(history, { q: "#9" })).toEqual([]);
	});

	it("ends a page early where a filter lets little through, and goes on from there without losing any", () => {
		const history = new History();
		signed(history, history.event(), "stripe", null);
		history.rejection({ receivedAt: at(1.5) });
		for (let n = 0; n < SCAN_MAX + 500; n++) history.event();
		signed(history, history.event(), "stripe", null);
		const pages = everyPage(history, { verdict: "verified" });
		expect(pages.length).toBeGreaterThan(1);
		expect(pages.flat()).toEqual([SCAN_MAX + 502, 1]);
	});

	describe("looks for words", () => {
		const refused = (history: History, seconds: number, body: string, more: object = {}): number =>
			insertDelivery(
				history.sql,
				{
					status: "rejected",
					reason: "signature_missing",
					sequence: null,
					httpStatus: 401,
					method: "POST",
					path: "/orders",
					query: "?shop=berlin",
					headers: [["content-type", "application/json"]],
					size: body.length,
					body: new TextEncoder().encode(body).buffer as ArrayBuffer,
					...more,
				},
				at(seconds),
			);
		const indexed = (history: History): History => {
			while (indexedThrough(history.sql) < history.reading.lastSequence) indexSlice(history.sql, history.reading.lastSequence);
			return history;
		};

		it("in events and in the deliveries that made none, by the time they came, a page at a time, each once", () => {
			const history = new History();
			for (let n = 1; n <= 4; n++) history.event({ body: n === 3 ? '{"note":"pine"}' : `{"note":"Oak chair ${n}"}` });
			refused(history, 1.5, '{"note":"an oak table"}');
			refused(history, 2.5, '{"note":"pine"}');
			refused(history, 9, '{"note":"\\u004fak"}');
			delivery(history, "duplicate", at(10), 1);
			indexed(history);
			expect(everyPage(history, { q: "OAK", limit: 2 })).toEqual([[-3, 4], [2, -1], [1]]);
			const [first] = listInbox(history.sql, history.reading, { q: "oak" })?.items ?? [];
			expect(first).toMatchObject({ event: null, delivery: { status: "rejected" }, snippet: '{"note":"Oak"}' });
			expect(all(history, { q: '"oak table"' })).toEqual([-1]);
			expect(all(history, { q: "berlin orders" })).toEqual([-3, -2, -1]);
			expect(all(history, { q: "birch" })).toEqual([]);
		});

		it("together with verdict, sender and time", () => {
			const history = new History();
			signed(history, history.event({ body: '{"note":"oak"}' }), "stripe", "invoice.paid");
			history.event({ body: '{"note":"oak"}' });
			refused(history, 3, '{"note":"oak"}');
			refused(history, 4, '{"note":"oak"}', { status: "duplicate", reason: "conflict", sequence: 1, httpStatus: 200 });
			indexed(history);
			expect(all(history, { q: "oak" })).toEqual([-2, -1, 2, 1]);
			expect(all(history, { q: "oak", verdict: "refused" })).toEqual([-1]);
			expect(all(history, { q: "oak", verdict: "duplicate" })).toEqual([-2]);
			expect(all(history, { q: "oak", verdict: "verified" })).toEqual([1]);
			expect(all(history, { q: "oak", sender: "stripe" })).toEqual([1]);
			expect(all(history, { q: "oak", verdict: "unverified", sender: "stripe" })).toEqual([]);
			expect(all(history, { q: "oak", from: at(2) })).toEqual([-2, -1, 2]);
		});

		it("as far as one page may read, and goes on from there", () => {
			const history = new History();
			history.event({ body: '{"note":"oak"}' });
			refused(history, 2, '{"note":"oak"}');
			for (let n = 0; n < 900; n++) refused(history, 3 + n, '{"note":"pine"}');
			refused(history, 2_000, '{"note":"oak"}');
			indexed(history);
			const pages = everyPage(history, { q: "oak" });
			expect(pages.length).toBeGreaterThan(1);
			expect(pages.flat()).toEqual([-902, -1, 1]);
		});

		it("and never in a sender's secret that came along in the body, nor shows it around what was found", () => {
			const token = redactionSchema.parse({ fields: ["event.body.token"] });
			const history = new History();
			history.event({ body: '{"token":"hushhush","note":"oak"}' });
			refused(history, 2, '{"token":"hushhush","note":"oak"}');
			refused(history, 3, '{"token":"hushhush","note":"oak"}', { size: 300_000 });
			indexed(history);
			const page = (q: string) => listInbox(history.sql, { ...history.reading, token }, { q });
			expect(page("hushhush")?.items.filter(({ delivery }) => delivery !== null)).toEqual([]);
			expect(page("oak")?.items.map(({ id }) => id)).toHaveLength(2);
			expect(JSON.stringify(page("oak"))).not.toContain("hushhush");
		});
	});

	it("narrows by source, by the value of a field and by the key of the order", () => {
		const history = new History();
		history.event({ body: '{"sku":"A"}' });
		history.event({ body: '{"sku":"B"}', source: "schedule" });
		history.rejection({ receivedAt: at(4), body: new TextEncoder().encode('{"sku":"A"}') });
		indexSlice(history.sql, history.reading.lastSequence);
		expect(all(history, { source: "schedule" })).toEqual([2]);
		expect(all(history, { field: "event.body.sku", value: "A" })).toEqual([1]);
		expect(all(history, { key: "nothing" })).toEqual([]);
	});

	it("says of each event of a batch where it stands, and narrows to those of one delivery", () => {
		const history = new History();
		for (let n = 1; n <= 6; n++) history.event({ body: '{"note":"oak"}' });
		history.rejection({ receivedAt: at(9) });
		markBatch(history.sql, 2, { events: 3, duplicates: 1, size: 90 });
		markItem(history.sql, 6); // accepted after all: its delivery is another
		const { items = [] } = listInbox(history.sql, history.reading, {}) ?? {};
		expect(items.map(({ event, batch }) => [event?.sequence, batch && [batch.first, batch.place, batch.events, batch.duplicates]])).toEqual(
			[
				[undefined, null],
				[6, null],
				[5, null],
				[4, [2, 3, 3, 1]],
				[3, [2, 2, 3, 1]],
				[2, [2, 1, 3, 1]],
				[1, null],
			],
		);
		for (const batch of [2, 3, 4]) expect(all(history, { batch })).toEqual([4, 3, 2]);
		expect(all(history, { batch: 5 })).toEqual([5]);
		indexSlice(history.sql, history.reading.lastSequence);
		expect(all(history, { batch: 3, q: "oak" })).toEqual([4, 3, 2]);
		history.sql.exec("DELETE FROM events WHERE sequence = 2");
		expect(all(history, { batch: 3 })).toEqual([3]);
	});

	it("knows its own cursors alone", () => {
		const history = new History();
		expect(listInbox(history.sql, history.reading, { cursor: "7" })).toBeNull();
	});
});

it("the id of an entry tells what it is, and another integration's is none", () => {
	expect(kindOf(INTEGRATION, eventId(INTEGRATION, 3))).toBe("event");
	expect(kindOf(INTEGRATION, `del_${INTEGRATION.slice(4)}r7`)).toBe("delivery");
	expect(kindOf("int_zzzzzzzzzzzzzzzz", eventId(INTEGRATION, 3))).toBeNull();
	expect(kindOf(INTEGRATION, "nothing")).toBeNull();
});
