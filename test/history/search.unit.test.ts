import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../worker/events/protocol/lease";
import { readingOf } from "../../worker/events/reading";
import { Upkeep } from "../../worker/events/upkeep";
import { type SearchPage, searchEvents } from "../../worker/history/search";
import { indexedThrough, partsOf } from "../../worker/history/search-index";
import { indexQuestion, isValue, lanesMeant, readRange, type SearchQuery, wordsIn } from "../../worker/history/search-query";
import { headerWords, holdsWords, readableText, snippetOf } from "../../worker/history/search-text";
import { eventId } from "../../worker/ids";
import { growth, LINEAR_MAX } from "../given/growth";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FAILED: Outcome = { status: "failed", error: { code: "refused", message: "No." } };

class Archive extends Desk {
	upkeep = new Upkeep();

	/** Follows the alarm for a while. */
	pass(milliseconds: number): void {
		const until = this.now + milliseconds;
		for (let due = this.upkeep.dueAt(this.state, this.now); due !== null && due <= until; due = this.upkeep.dueAt(this.state, this.now)) {
			this.now = Math.max(this.now, due);
			this.upkeep.run(this.state, this.now);
		}
		this.now = until;
	}

	keep(body: unknown, given: Parameters<Desk["accept"]>[0] = {}): number {
		return this.accept({ text: JSON.stringify(body), ...given });
	}

	end(outcome: Outcome = { status: "succeeded" }): void {
		for (let slot = 0; slot < 8; slot++) {
			for (let lease = this.claim(slot); lease; lease = this.claim(slot)) {
				this.settle(
					slot,
					lease.token,
					lease.executions.map((execution) => settlement(execution, outcome, this.now)),
				);
			}
		}
	}

	page(query: SearchQuery): SearchPage {
		const reading = readingOf(this.state);
		const page = reading && searchEvents(this.sql, reading, query);
		if (!page) throw new Error("no page");
		return page;
	}

	/** The sequences found, through all pages. */
	find(query: SearchQuery): number[] {
		const found: number[] = [];
		let cursor: string | null = null;
		for (let n = 0; n === 0 || cursor !== null; n++) {
			if (n > 1_000) throw new Error("the search does not end");
			const page: SearchPage = this.page({ ...query, cursor });
			found.push(...page.items.map(({ sequence }) => sequence));
			cursor = page.cursor;
		}
		return found;
	}
}

describe("words in the payload", () => {
	const archive = new Archive();
	archive.keep({ order: "ORD-1001", customer: { name: "Zoë Müller" }, note: "line one\nblue widget" });
	archive.keep({ order: "ORD-1002", customer: { name: "Ann" }, note: "widget in blue" });
	archive.accept({ text: "name=J%C3%BCrgen+Meier&city=K%C3%B6ln", headers: [["content-type", "application/x-www-form-urlencoded"]] });
	archive.accept({ text: "<order><name>Tom &amp; Jerry</name><city>&#76;yon</city></order>", headers: [["content-type", "text/xml"]] });
	archive.accept({ text: '{"escaped":"gr\\u00fcn\\tgelb"}', path: "/hooks/inbound", query: "?shop=north%20star" });
	archive.keep({ order: "ORD-1001", again: true });
	archive.pass(MINUTE_MS);

	it("finds the events that hold all of them, newest first, whatever case or accent", () => {
		expect(archive.find({ q: "ord-1001" })).toEqual([6, 1]);
		expect(archive.find({ q: "zoe MULLER" })).toEqual([1]);
		expect(archive.find({ q: "blue widget" })).toEqual([2, 1]);
		expect(archive.find({ q: '"blue widget"' })).toEqual([1]);
		expect(archive.find({ q: "blue nothing" })).toEqual([]);
	});

	it("reads forms, XML and escapes, the path and the query", () => {
		expect(archive.find({ q: "jürgen köln" })).toEqual([3]);
		expect(archive.find({ q: "tom jerry lyon" })).toEqual([4]);
		expect(archive.find({ q: "grün gelb" })).toEqual([5]);
		expect(archive.find({ q: '"north star" inbound' })).toEqual([5]);
	});

	it("is said with the index's own signs and is never taken for its language", () => {
		for (const q of [
			"order OR",
			"lane : kx",
			"NEAR(order)",
			"text:order",
			"ord*",
			"^order",
			"-order",
			"(order",
			'order"',
			'"',
			"order AND",
			"{text}:x",
			"\0",
		]) {
			expect(() => archive.find({ q })).not.toThrow();
		}
		expect(archive.find({ q: 'order"' })).toEqual(archive.find({ q: "order" }));
		expect(archive.find({ q: "ord*" })).toEqual(archive.find({ q: "ord" }));
		expect(archive.find({ q: "?!" })).toEqual([]);
	});

	it("comes with a piece of the payload around the word", () => {
		const [item] = archive.page({ q: "blue", limit: 1 }).items;
		expect(item).toMatchObject({ id: eventId(INTEGRATION, 2), status: "queued", snippet: expect.stringContaining("widget in blue") });
	});
});

describe("the index", () => {
	it("is behind new events by seconds, and says how far it is", () => {
		const archive = new Archive();
		archive.keep({ word: "early" });
		expect(archive.page({ q: "early" })).toMatchObject({ items: [], indexedThrough: 0, lastSequence: 1 });
		archive.pass(2_000);
		expect(archive.page({ q: "early" })).toMatchObject({ items: [{ sequence: 1 }], indexedThrough: 1, lastSequence: 1 });
	});

	it("goes on where it was after a restart", () => {
		const archive = new Archive();
		for (let n = 1; n <= 100; n++) archive.keep({ n: `number${n}` });
		archive.now += 2_001;
		archive.upkeep.run(archive.state, archive.now - 2_001); // takes note of what is new
		archive.upkeep.run(archive.state, archive.now);
		expect(indexedThrough(archive.sql)).toBe(64);
		archive.restart();
		archive.upkeep = new Upkeep();
		archive.pass(10_000);
		expect(archive.page({ q: "number100 " })).toMatchObject({ items: [{ sequence: 100 }], indexedThrough: 100 });
		expect(archive.find({ q: "number64" })).toEqual([64]);
		expect(archive.find({ q: "number65" })).toEqual([65]);
	});

	it("holds back while many events come", () => {
		const archive = new Archive();
		let indexed = 0;
		for (let tenth = 0; tenth < 100; tenth++) {
			for (let n = 0; n < 50; n++) archive.keep({ n });
			archive.pass(100);
			indexed = indexedThrough(archive.sql);
		}
		expect(indexed).toBeGreaterThan(0);
		expect(indexed).toBeLessThan(1_000);
		archive.pass(5 * MINUTE_MS);
		expect(indexedThrough(archive.sql)).toBe(5_000);
	});

	it("passes over what is not text, and over credentials", () => {
		const archive = new Archive();
		archive.accept({ text: "\u0000\u0001secretbytes", headers: [["content-type", "application/octet-stream"]] });
		archive.keep(
			{},
			{
				headers: [
					["authorization", "Bearer topsecret"],
					["x-topic", "orders/create"],
				],
			},
		);
		archive.pass(MINUTE_MS);
		expect(archive.find({ q: "secretbytes" })).toEqual([]);
		expect(archive.find({ field: "event.headers.authorization", value: "Bearer topsecret" })).toEqual([]);
		expect(archive.find({ field: "event.headers.X-Topic", value: "orders/create" })).toEqual([2]);
	});

	it("looks at the beginning of a long body, also where it is kept in pieces", () => {
		const archive = new Archive();
		archive.keep({ first: "needle", rest: "x ".repeat(400_000), last: "haystack" });
		archive.pass(MINUTE_MS);
		expect(archive.find({ q: "needle" })).toEqual([1]);
		expect(archive.find({ q: "haystack" })).toEqual([]);
	});

	it("stands in parts of a day, which go with their last event", () => {
		const archive = new Archive();
		for (let day = 0; day < 5; day++) {
			archive.keep({ day: `day${day}`, every: "always" });
			archive.end();
			archive.pass(DAY_MS);
		}
		expect(partsOf(archive.sql)).toHaveLength(5);
		expect(archive.find({ q: "always" })).toEqual([5, 4, 3, 2, 1]);
		archive.pass(27 * DAY_MS);
		expect(archive.find({ q: "always" })).toEqual([5, 4, 3]);
		expect(partsOf(archive.sql)).toHaveLength(3);
		archive.pass(30 * DAY_MS);
		expect(partsOf(archive.sql)).toEqual([]);
		archive.keep({ every: "always" });
		archive.pass(MINUTE_MS);
		expect(archive.page({ q: "always" })).toMatchObject({ items: [{ sequence: 6 }], indexedThrough: 6 });
	});
});

describe("a search without words", () => {
	const archive = new Archive();
	for (let n = 1; n <= 40; n++) {
		archive.keep({ n, price: 1.5, tags: ["a", `t${n}`], even: n % 2 === 0 }, { lane: JSON.stringify([`SKU-${n % 4}`]) });
		archive.end(n % 10 === 0 ? FAILED : { status: "succeeded" });
		archive.pass(MINUTE_MS);
	}
	const began = Date.UTC(2026, 10, 21, 12);

	it("finds by sequence, alone or as a range", () => {
		expect(archive.find({ sequence: "7" })).toEqual([7]);
		expect(archive.find({ sequence: "38-" })).toEqual([40, 39, 38]);
		expect(archive.find({ sequence: "-2" })).toEqual([2, 1]);
		expect(archive.find({ sequence: "5-7", limit: 1 })).toEqual([7, 6, 5]);
		expect(archive.find({ sequence: "99" })).toEqual([]);
	});

	it("finds by time, from included and to not", () => {
		expect(archive.find({ from: began + 36 * MINUTE_MS })).toEqual([40, 39, 38, 37]);
		expect(archive.find({ to: began + 2 * MINUTE_MS })).toEqual([2, 1]);
		expect(archive.find({ from: began + MINUTE_MS, to: began + 3 * MINUTE_MS })).toEqual([3, 2]);
		expect(archive.find({ from: began + DAY_MS })).toEqual([]);
	});

	it("finds by the status of the latest execution", () => {
		expect(archive.find({ status: "failed" })).toEqual([40, 30, 20, 10]);
		archive.replay(eventId(INTEGRATION, 20));
		expect(archive.find({ status: "failed", limit: 1 })).toEqual([40, 30, 10]);
		expect(archive.find({ status: "queued" })).toEqual([20]);
		archive.end();
		expect(archive.find({ status: "queued" })).toEqual([]);
		expect(archive.find({ status: "succeeded", sequence: "18-22" })).toEqual([22, 21, 20, 19, 18]);
		const pending = archive.keep({ n: 41 });
		expect(archive.find({ status: "queued" })).toEqual([pending]);
		const lease = archive.claim(0);
		expect(archive.find({ status: "running" })).toEqual([pending]);
		expect(archive.find({ status: "queued" })).toEqual([]);
		const execution = lease?.executions[0];
		if (lease && execution) archive.settle(0, lease.token, [settlement(execution, { status: "waiting", delayMs: 1e9, reason: "later" })]);
		expect(archive.find({ status: "waiting" })).toEqual([pending]);
	});

	it("finds by the value of the ordering key", () => {
		expect(archive.find({ key: "SKU-1", limit: 3 })).toEqual([37, 33, 29, 25, 21, 17, 13, 9, 5, 1]);
		expect(archive.find({ key: '["SKU-0"]', status: "failed" })).toEqual([40]);
		expect(archive.find({ key: "SKU" })).toEqual([]);
	});

	it("finds by the value of a field", () => {
		expect(archive.find({ field: "event.body.n", value: "17" })).toEqual([17]);
		expect(archive.find({ field: "event.body.tags.1", value: "t3" })).toEqual([3]);
		expect(archive.find({ field: "event.body.price", value: "1.50", sequence: "1-3" })).toEqual([3, 2, 1]);
		expect(archive.find({ field: "event.body.even", value: "true", to: began + 4 * MINUTE_MS })).toEqual([4, 2]);
		expect(archive.find({ field: "event.body.n", value: "t3" })).toEqual([]);
	});

	it("joins all that is asked for", () => {
		expect(archive.find({ q: "price", status: "failed", key: "SKU-2" })).toEqual([30, 10]);
		expect(archive.find({ source: "manual" })).toEqual([]);
	});
});

describe("pages", () => {
	it("end early, with a cursor, where much is passed over, and lead to everything", () => {
		const archive = new Archive({ limits: { pendingEvents: 1e6, keptBytes: 1e9 } });
		for (let n = 1; n <= 6_000; n++) archive.keep({ n, rare: n % 3_000 === 0 ? "gem" : "stone" });
		archive.end();
		archive.pass(10 * MINUTE_MS);
		const first = archive.page({ source: "manual" });
		expect(first.items).toEqual([]);
		expect(first.cursor).not.toBeNull();
		expect(archive.find({ q: "gem" })).toEqual([6_000, 3_000]);
		expect(archive.page({ q: "gem" }).cursor).toBeNull();
		expect(archive.find({ field: "event.body.rare", value: "gem", q: "n" })).toEqual([6_000, 3_000]);
	}, 60_000);

	it("find common words among the few events of a status, by the same rules", () => {
		const archive = new Archive();
		for (let n = 1; n <= 1_200; n++) {
			archive.keep({ n, note: n % 200 === 0 ? "Größe XL" : "größe  xl-5" });
			archive.end(n % 100 === 0 ? FAILED : { status: "succeeded" });
		}
		archive.pass(10 * MINUTE_MS);
		const hundreds = Array.from({ length: 12 }, (_, n) => 1_200 - n * 100);
		expect(archive.find({ q: "NOTE grosse", status: "failed" })).toEqual([]);
		expect(archive.find({ q: '"grÖße xl"', status: "failed", limit: 5 })).toEqual(hundreds);
		expect(archive.find({ q: '"xl 5" note', status: "failed" })).toEqual(hundreds.filter((n) => n % 200 !== 0));
	});

	it("refuse a cursor that is not theirs", () => {
		const archive = new Archive();
		const reading = readingOf(archive.state);
		expect(reading && searchEvents(archive.sql, reading, { cursor: "1-2" })).toBeNull();
	});

	it("find what a plain look through all events finds", () => {
		const bodies = fc.array(
			fc.record({ a: fc.constantFrom("red", "green", "blue"), b: fc.constantFrom("one", "two"), failed: fc.boolean() }),
			{
				minLength: 1,
				maxLength: 40,
			},
		);
		const query = fc.record(
			{
				q: fc.constantFrom("red", "two", "blue one", "none"),
				status: fc.constantFrom("failed" as const, "succeeded" as const),
				key: fc.constantFrom("one", "two"),
				value: fc.constantFrom("red", "green"),
				limit: fc.integer({ min: 1, max: 5 }),
			},
			{ requiredKeys: ["limit"] },
		);
		fc.assert(
			fc.property(bodies, query, (events, asked) => {
				const archive = new Archive();
				for (const { failed, ...body } of events) {
					archive.keep(body, { lane: JSON.stringify([body.b]) });
					archive.end(failed ? FAILED : { status: "succeeded" });
				}
				archive.pass(MINUTE_MS);
				const expected = events
					.map((event, at) => ({ ...event, sequence: at + 1 }))
					.filter(({ a, b }) => (asked.q ?? a).split(" ").every((word) => word === a || word === b))
					.filter(({ failed }) => asked.status === undefined || failed === (asked.status === "failed"))
					.filter(({ a, b }) => (asked.key ?? b) === b && (asked.value ?? a) === a)
					.map(({ sequence }) => sequence)
					.reverse();
				expect(archive.find({ ...asked, ...(asked.value ? { field: "event.body.a" } : {}) })).toEqual(expected);
			}),
			{ numRuns: 60 },
		);
	}, 60_000);
});

describe("the parts of a query", () => {
	it("are read from what people write", () => {
		expect(wordsIn('one "two three" four"five six')).toEqual(["one", "two three", "four", "five six"]);
		expect(readRange("7")).toEqual({ lowest: 7, highest: 7 });
		expect(readRange(" 7 - 9 ")).toEqual({ lowest: 7, highest: 9 });
		for (const wrong of ["", "-", "seven", "1-2-3", "1.5"]) expect(readRange(wrong)).toBeNull();
		const wide = (size: number) => `1${" ".repeat(size)}x`;
		expect(growth(wide, readRange, 300)).toBeLessThan(LINEAR_MAX);
		expect(lanesMeant("7")).toEqual(["7", '["7"]', "[7]"]);
		expect(lanesMeant("12345678901234567890"), "with all of its digits").toContain("[12345678901234567890]");
		expect(lanesMeant("A")).toEqual(["A", '["A"]']);
		expect([isValue(1.5, "1.50"), isValue("1.5", "1.50"), isValue(true, "true"), isValue(0, ""), isValue(null, "null")]).toEqual([
			true,
			false,
			true,
			false,
			false,
		]);
	});

	it("are always in quotes", () => {
		expect(indexQuestion({ q: 'a"b OR c' }, [])).toBe('({text} : ("a" AND "b OR c"))');
		expect(indexQuestion({}, [])).toBeNull();
		expect(indexQuestion({ q: "…" }, [])).toBe("never");
		expect(indexQuestion({ field: "event.body.x", value: 'say "hi"' }, [])).toBe('({text} : "say ""hi""")');
	});
});

describe("text", () => {
	const bytes = (text: string) => new TextEncoder().encode(text);

	it("is what can be read, cut anywhere", () => {
		expect(readableText(bytes("Zoë").slice(0, 3), "text/plain")).toBe("Zo");
		expect(readableText(new Uint8Array([0xff, 0xd8, 0xff]), "image/jpeg")).toBeNull();
		expect(readableText(new Uint8Array([0x5a, 0x6f, 0xeb]), "text/plain; charset=iso-8859-1")).toBe("Zoë");
		expect(readableText(bytes("a=%E4%ZZ&b=1+2"), "application/x-www-form-urlencoded")).toBe("a=%E4%ZZ&b=1 2");
	});

	it("is read in the charset in which a workflow reads it", () => {
		expect(readableText(bytes('{"of":"Zoë"}'), "application/json; charset=iso-8859-1")).toBe('{"of":"Zoë"}');
		expect(readableText(bytes('{"of":"Zoë"}').slice(0, 10), "application/x-ndjson; charset=iso-8859-1")).toBe('{"of":"Zo');
		expect(readableText(new Uint8Array([0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0, 0x21]), "text/plain")).toBe("Zoë");
	});

	it("of headers leaves credentials out", () => {
		expect(
			headerWords([
				["x-topic", "orders"],
				["cookie", "session=1"],
				["authorization", "Basic abc"],
			]),
		).toBe("orders");
	});

	it("holds the words that the index finds in it", () => {
		const piece = fc.constantFrom("red", "Red", "rëd", "blue", "x1", "1", "-", " ", ".", '"', "_", "É", "漢字", "\n");
		fc.assert(
			fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), fc.array(piece, { minLength: 1, maxLength: 3 }), (text, word) => {
				const archive = new Archive();
				archive.accept({ text: text.join(""), headers: [["content-type", "text/plain"]] });
				archive.pass(MINUTE_MS);
				const q = `"${word.join("").replaceAll('"', " ")}"`;
				const words = wordsIn(q);
				fc.pre(words.length > 0);
				expect(holdsWords(text.join(""), words)).toBe(archive.find({ q }).length === 1);
			}),
			{ numRuns: 150 },
		);
	});

	it("is cut around the word that was found", () => {
		const text = `${"a ".repeat(100)}Needle${" b".repeat(200)}`;
		const snippet = snippetOf(text, ["needle"]);
		expect(snippet).toMatch(/^….*Needle.*…$/);
		expect(snippet.length).toBeLessThanOrEqual(162);
		expect(snippetOf("short", ["absent"])).toBe("short");
	});
});
