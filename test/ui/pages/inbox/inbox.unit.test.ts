import { describe, expect, test } from "vitest";
import { batchWords } from "../../../../ui/pages/editor/inbox/batch-note";
import {
	askedOf,
	byTime,
	filtersSuffix,
	isSearch,
	isWanted,
	movedTo,
	readFilters,
	verdictOf,
	withFilter,
} from "../../../../ui/pages/editor/inbox/filters";
import { hexOf } from "../../../../ui/pages/editor/inbox/hex";
import { grouped, parseBody } from "../../../../ui/pages/editor/inbox/parsed";
import { verdictWords } from "../../../../ui/pages/editor/inbox/verdict";
import type { DeliverySummary, EventSummary, InboxEntry } from "../../../../worker/api/types";
import { growth, LINEAR_MAX } from "../../../given/growth";

const event = (fields: Partial<EventSummary> = {}): InboxEntry => {
	const summary = {
		id: `evt_${fields.sequence ?? 1}`,
		sequence: 1,
		source: "webhook",
		receivedAt: "2026-11-22T12:00:00.000Z",
		sender: null,
		name: null,
		status: "succeeded",
		...fields,
	} as EventSummary;
	return { id: summary.id, event: summary, delivery: null, batch: null, snippet: null };
};
const delivery = (status: DeliverySummary["status"], fields: Partial<DeliverySummary> = {}): InboxEntry => {
	const summary = { id: "del_1", status, receivedAt: "2026-11-22T12:00:00.000Z", sequence: null, ...fields } as DeliverySummary;
	return { id: summary.id, event: null, delivery: summary, batch: null, snippet: null };
};

describe("the filters", () => {
	test("stand in the address and come back from it", () => {
		const filters = withFilter(withFilter({}, "verdict", "refused"), "q", "oak & elm");
		expect(filtersSuffix(filters)).toBe("&q=oak%20%26%20elm&verdict=refused");
		expect(readFilters({ view: "inbox", entry: "evt_1", verdict: "refused", q: "oak & elm" })).toEqual(filters);
		expect(withFilter(filters, "q", "")).toEqual({ verdict: "refused" });
	});

	test("are taken over from where events and deliveries once had lists of their own", () => {
		expect(movedTo({ view: "events" })).toBe("?view=inbox");
		expect(movedTo({ view: "events", event: "evt_1", q: "oak", field: "sku", value: "A" })).toBe(
			"?view=inbox&entry=evt_1&q=oak&field=sku&value=A",
		);
		expect(movedTo({ view: "deliveries", delivery: "del_1" })).toBe("?view=inbox&entry=del_1");
		expect(movedTo({ event: "evt_1" })).toBe("?view=inbox&entry=evt_1");
		for (const other of [
			{},
			{ view: "inbox", entry: "evt_1" },
			{ view: "executions", status: "failed" },
			{ execution: "exe_1", view: "events" },
		])
			expect(movedTo(other)).toBeNull();
	});

	test("ask for no time that is half typed", () => {
		expect(askedOf({ from: "yesterday", to: "2026-11-22T10:00" })).toEqual({ to: new Date("2026-11-22T10:00").toISOString() });
	});

	test("ask for what is whole alone, and leave to the worker what only it can find", () => {
		expect(askedOf({ field: "order.id", value: "7", batch: "12", source: "manual" })).toEqual({
			field: "event.body.order.id",
			value: "7",
			batch: "12",
			source: "manual",
		});
		expect(askedOf({ field: "order.id", batch: "0" })).toEqual({});
		expect([{ q: "oak" }, { key: "7" }, { batch: "12" }, { field: "sku", value: "A" }].map(isSearch)).toEqual([true, true, true, true]);
		expect([{}, { verdict: "refused" }, { field: "sku" }, { source: "manual" }].map(isSearch)).toEqual([false, false, false, false]);
	});

	test("judge a live change as the worker judges the list", () => {
		const paid = event({ sender: "stripe", name: "invoice.paid", status: "failed" });
		for (const filters of [
			{},
			{ verdict: "verified" },
			{ status: "failed" },
			{ sender: "stripe" },
			{ name: "PAID" },
			{ from: "2026-11-01T00:00" },
		])
			expect([filters, isWanted(paid, filters)]).toEqual([filters, true]);
		for (const filters of [
			{ verdict: "refused" },
			{ status: "queued" },
			{ source: "manual" },
			{ sender: "github" },
			{ name: "push" },
			{ to: "2026-11-01T00:00" },
		])
			expect([filters, isWanted(paid, filters)]).toEqual([filters, false]);
		expect(isWanted(delivery("rejected"), { status: "failed" })).toBe(false);
	});

	test("show an accepted delivery as its event alone", () => {
		expect(isWanted(delivery("accepted", { sequence: 1 }), {})).toBe(false);
		expect(isWanted(delivery("accepted"), {})).toBe(true);
	});
});

test("each entry has one verdict", () => {
	expect([event(), event({ sender: "stripe" }), event({ source: "schedule" })].map(verdictOf)).toEqual([
		"unverified",
		"verified",
		"internal",
	]);
	expect((["rejected", "duplicate", "handshake", "accepted"] as const).map((status) => verdictOf(delivery(status)))).toEqual([
		"refused",
		"duplicate",
		"handshake",
		"unverified",
	]);
});

test("a delivery that has made its event is accepted, and says whether that was after all", () => {
	const words = (fields: Partial<DeliverySummary>) => verdictWords(delivery("accepted", fields));
	expect(verdictOf(delivery("accepted", { sequence: 3 }))).toBe("accepted");
	expect(words({ sequence: 3, reason: "signature_invalid" })).toBe("Accepted after all");
	expect(words({ sequence: 3, reason: "conflict" })).toBe("Accepted after all");
	expect(words({ sequence: 3, reason: null })).toBe("Accepted");
	expect(words({ sequence: null, reason: null })).toBe("Held no event");
});

test("a rejected delivery is called so, with the reason", () => {
	expect(verdictWords(delivery("rejected", { reason: "signature_missing" }))).toBe("Rejected: no signature");
});

test("the newest stands on top, of one moment the higher number", () => {
	const later = event({ sequence: 3, receivedAt: "2026-11-22T12:00:01.000Z" });
	const entries = [event({ sequence: 1 }), delivery("rejected"), later, event({ sequence: 2 })];
	expect(entries.sort(byTime).map(({ id }) => id)).toEqual(["evt_3", "evt_2", "evt_1", "del_1"]);
});

test("an event says where it stands in its delivery", () => {
	expect(batchWords({ first: 4, events: 3, duplicates: 0, place: 2 })).toBe("Event 2 of 3 that came in one delivery.");
	expect(batchWords({ first: 4, events: 1, duplicates: 2, place: 1 })).toBe(
		"The only event of its delivery; 2 more were seen before and made none.",
	);
});

describe("a body taken apart", () => {
	test.each([
		["", "application/json", { kind: "empty" }],
		['{"a":1}', "application/json", { kind: "value", value: { a: 1 }, of: "JSON" }],
		["{oops", "application/json", { kind: "text", text: "{oops" }],
		["a=1&b=x%20y&b=z", "application/x-www-form-urlencoded", { kind: "value", value: { a: "1", b: ["x y", "z"] }, of: "form" }],
		['{"a":1}\n{"a":2}\n', "application/x-ndjson", { kind: "value", value: [{ a: 1 }, { a: 2 }], of: "JSON lines" }],
		['{"a":1}\n{"a":2}', "application/x-json-stream", { kind: "value", value: [{ a: 1 }, { a: 2 }], of: "JSON lines" }],
		['<a id="7"><b>1</b></a>', "text/xml; charset=utf-8", { kind: "value", value: { a: { "@id": "7", b: "1" } }, of: "XML" }],
		["<a>1", "application/soap+xml", { kind: "text", text: "<a>1" }],
		[
			"eyJhIjoxfQ.eyJiIjoyfQ.c2ln",
			"application/jwt",
			{ kind: "value", value: { header: { a: 1 }, claims: { b: 2 } }, of: "JSON Web Token" },
		],
		["no.token", "application/jwt", { kind: "text", text: "no.token" }],
		["just words", "text/plain", { kind: "text", text: "just words" }],
		["[1]", null, { kind: "value", value: [1], of: "JSON" }],
	])("%j of type %s", async (body, type, expected) => {
		expect(await parseBody(body, false, type)).toEqual(expected);
	});

	test("a form of one name over and over takes no more than its length", () => {
		const pairs = (size: number) => Array.from({ length: size }, (): [string, string] => ["a", ""]);
		expect(growth(pairs, grouped, 15_000)).toBeLessThan(LINEAR_MAX);
	});

	test("a form with a file names its parts as a workflow does, and keeps its bytes out of sight", async () => {
		const lines = ["--x", 'content-disposition: form-data; name="order"', "", "7", "--x"];
		const file = [
			'content-disposition: form-data; name="scan"; filename="a.png"',
			"content-type: image/png",
			"",
			"\u0001\u0002",
			"--x--",
			"",
		];
		const parsed = await parseBody([...lines, ...file].join("\r\n"), false, "multipart/form-data; boundary=x");
		expect(parsed).toEqual({
			kind: "value",
			of: "multipart form",
			value: { order: "7", scan: { filename: "a.png", contentType: "image/png", size: 2 } },
		});
	});

	test("JSON that is not UTF-8 is read as the workflow reads it", async () => {
		const latin1 = btoa('{"a":"\u00e9"}');
		expect(await parseBody(latin1, true, "application/json; charset=iso-8859-1")).toEqual({ kind: "value", value: { a: "é" }, of: "JSON" });
	});

	test("bytes that are no text stay bytes", async () => {
		expect(await parseBody("AP8=", true, "image/png")).toEqual({ kind: "binary", bytes: new Uint8Array([0, 255]) });
	});
});

test("bytes are written sixteen a line, with the text that they hold", () => {
	const bytes = new TextEncoder().encode("Oak chair, 12 pieces\n");
	expect(hexOf(bytes)).toBe(
		[
			"00000000  4f 61 6b 20 63 68 61 69  72 2c 20 31 32 20 70 69 Oak chair, 12 pi",
			"00000010  65 63 65 73 0a                                   eces.",
		].join("\n"),
	);
	expect(hexOf(bytes, 4)).toBe("00000000  4f 61 6b 20                                      Oak ");
});
