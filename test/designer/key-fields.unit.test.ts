import { expect, test } from "vitest";
import { describePast, describeTime } from "../../ui/components/time-words";
import { fieldLabel, findings, keyFields, pathsOf, sourceOf, toggled, valueWords } from "../../ui/pages/editor/webhook/key-fields";
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
