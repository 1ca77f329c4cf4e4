import { expect, test } from "vitest";
import { describePast, describeTime } from "../../ui/components/time-words";
import { fieldLabel, findings, keyFields, pathsOf, toggled, valueWords } from "../../ui/pages/editor/webhook/key-fields";
import { readSample, sourceOf } from "../../ui/pages/editor/webhook/sample-reading";
import { joinWindow, splitWindow, windowProblem, windowWords } from "../../ui/pages/editor/webhook/window";

const event = (body: unknown, headers: [string, string][] = []) =>
	sourceOf({
		method: "POST",
		path: "/",
		query: "?shop=main",
		headers: [["content-type", "application/json"], ...headers],
		body: JSON.stringify(body),
		bodyEncoding: "utf8",
	});

test("the fields to choose from are plain values, those that look like an id first", () => {
	const source = event({ warehouse: "MAIN", sku: "CHAIR", lines: [{ id: 1 }], order: { id: 7, paid: true }, "a.b": 1, note: "" }, [
		["user-agent", "curl"],
		["authorization", "Bearer ••••"],
		["x-topic", "orders"],
	]);
	expect(keyFields(source).map(({ path, value }) => [path, value])).toEqual([
		["event.body.sku", "CHAIR"],
		["event.body.order.id", 7],
		["event.body.warehouse", "MAIN"],
		["event.body.order.paid", true],
		["event.query.shop", "main"],
		["event.headers.x-topic", "orders"],
	]);
});

test("a huge body offers a bounded number of fields", () => {
	const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, i]));
	expect(keyFields(event(wide)).length).toBeLessThanOrEqual(200);
});

test("paths are said as people say them", () => {
	expect(["event.body.order.id", "event.headers.x-topic", "event.query.page", "event.body", "event.method"].map(fieldLabel)).toEqual([
		"order.id",
		"header x-topic",
		"query page",
		"the whole body",
		"method",
	]);
});

test("choosing a field puts it into the key, choosing it again takes it out", () => {
	const key = pathsOf("event.body.sku, event.body.warehouse,");
	expect(key).toEqual(["event.body.sku", "event.body.warehouse"]);
	expect(toggled(key, "event.body.sku")).toEqual(["event.body.warehouse"]);
	expect(toggled(key, "event.body.id")).toEqual([...key, "event.body.id"]);
});

test("a finding tells a missing value from one that is hidden", () => {
	const found = findings(["event.body.sku", "event.body.gone", "event.headers.x-api-key"], event({ sku: 7 }, [["x-api-key", "••••"]]));
	expect(found.map(({ value, hidden }) => [value, hidden])).toEqual([
		[7, false],
		[null, false],
		["••••", true],
	]);
});

test("a number and its text are told apart in words", () => {
	expect([valueWords(7), valueWords("7"), valueWords({ a: 1 })]).toEqual(["7", "“7”", '{"a":1}']);
	expect(valueWords("x".repeat(100))).toHaveLength(60);
});

test("a window is said in its largest whole unit and kept in seconds", () => {
	expect([60, 5_400, 7_200, 86_400, 604_800].map(windowWords)).toEqual(["1 minute", "90 minutes", "2 hours", "1 day", "7 days"]);
	expect(splitWindow(86_400)).toEqual({ amount: 1, unit: "days" });
	expect(joinWindow(3, "hours")).toBe(10_800);
	expect([59, 60, 604_800, 604_801].map((seconds) => windowProblem(seconds) === undefined)).toEqual([false, true, true, false]);
});

test("what has happened is never a few seconds ahead, whatever the clocks say", () => {
	const now = Date.parse("2026-11-21T12:00:00Z");
	expect(describePast(now + 12_000, now)).toBe("just now");
	expect(describePast(now - 180_000, now)).toBe(describeTime(now - 180_000, now));
	expect(describeTime(now + 12_000, now)).toMatch(/in 12/);
});

test("settings are tried on the first event of a list, as it would be alone", () => {
	const request = (body: string, contentType: string) => ({
		method: "POST",
		path: "/",
		query: "",
		headers: [["content-type", contentType]] as [string, string][],
		body,
		bodyEncoding: "utf8" as const,
	});
	const list = request('{"events":[{"id":1.0},{"id":2}]}', "application/json");
	const sample = readSample(list, "event.body.events");
	expect(sample).toMatchObject({ event: { body: '{"id":1.0}' }, items: 2, unread: null });
	expect(findings(["event.body.id"], sample.source)[0]?.value).toBe(1);
	expect(readSample(list, null).items).toBeNull();
	expect(readSample(list, "event.body.gone")).toMatchObject({ event: list, items: null });
	expect(readSample(request("[]", "application/json"), "event.body").items).toBe(0);
	const lines = readSample(request('{"id":7}\n{"id":8}', "application/x-ndjson"), "event.body");
	expect([lines.items, findings(["event.body.id"], lines.source)[0]?.value]).toEqual([2, 7]);
});

test("a body in which nothing can be named says why", () => {
	const unread = (body: string, contentType: string): string | null =>
		readSample({ method: "POST", path: "/", query: "", headers: [["content-type", contentType]], body, bodyEncoding: "utf8" }, null).unread;
	expect(unread("<a><b>1</b></a>", "text/xml")).toBeNull();
	expect(unread(`<a>${"x".repeat(1_100_000)}</a>`, "text/xml")).toMatch(/more than 1 MB/);
	expect(unread("<a><b>1</a>", "text/xml")).toMatch(/not valid XML/);
	expect(unread('{"id":1}', "text/plain; charset=utf-8")).toMatch(/text\/plain, so its body is one text/);
	expect(unread("", "application/json")).toBe("It has no body.");
});
