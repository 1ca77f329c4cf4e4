import { describe, expect, it } from "vitest";
import { insertDelivery } from "../../worker/events/delivery-rows";
import { executionKey } from "../../worker/events/schema";
import { type InboxQuery, kindOf, listInbox } from "../../worker/history/inbox";
import { SCAN_MAX } from "../../worker/history/page";
import { eventId } from "../../worker/ids";
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
