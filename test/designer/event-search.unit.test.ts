import { expect, test } from "vitest";
import type { Result } from "../../ui/api";
import { eachOf } from "../../ui/pages/editor/logs/each-of";
import { askedOf, fieldPath, markHits, needsIndex, readSearch, searchSuffix, withPart } from "../../ui/pages/editor/logs/search";

test("a search lives in the page's address and is read back from it", () => {
	const search = withPart(withPart({}, "q", 'oak & "blue chair"'), "status", "failed");
	const address = new URL(`https://inlet.example/?view=events${searchSuffix(search)}`);
	expect(readSearch(Object.fromEntries(address.searchParams))).toEqual(search);
	expect(withPart(search, "q", "")).toEqual({ status: "failed" });
	expect(searchSuffix({})).toBe("");
});

test("a field of the body may be named alone", () => {
	expect(["sku", "order.id", "event.headers.x-topic", "two words", ""].map(fieldPath)).toEqual([
		"event.body.sku",
		"event.body.order.id",
		"event.headers.x-topic",
		null,
		null,
	]);
});

test("what is only half filled in is not asked for", () => {
	expect(askedOf({ q: "oak", field: "sku" })).toEqual({ q: "oak" });
	expect(askedOf({ value: "7" })).toEqual({});
	expect(askedOf({ field: "sku", value: "7", from: "2026-11-21T10:00", to: "soon" })).toEqual({
		field: "event.body.sku",
		value: "7",
		from: new Date("2026-11-21T10:00").toISOString(),
	});
});

test("times and status are known without the index", () => {
	expect(needsIndex({ status: "failed", from: "2026-11-21T10:00" })).toBe(false);
	expect(needsIndex({ field: "sku" })).toBe(false);
	expect(needsIndex({ q: "oak" })).toBe(true);
});

test("the words that were looked for are marked, and nothing is read as a pattern", () => {
	expect(markHits('{"note":"Oak chair (new)"}', { q: 'oak "chair (new" .*' })).toEqual([
		{ text: '{"note":"', hit: false },
		{ text: "Oak", hit: true },
		{ text: " ", hit: false },
		{ text: "chair (new", hit: true },
		{ text: ')"}', hit: false },
	]);
	expect(markHits("CHAIR-7 chair-70", { value: "chair-7" }).filter(({ hit }) => hit)).toEqual([{ text: "CHAIR-7", hit: true }]);
	expect(markHits("text", {})).toEqual([{ text: "text", hit: false }]);
});

const refused = (status: number): Result<unknown> => ({ ok: false, status, code: "refused", message: `answered ${status}` });

test("an act upon many goes to the end, a few at a time, and counts what was refused", async () => {
	let [running, most] = [0, 0];
	const outcome = await eachOf([1, 2, 3, 4, 5, 6, 7, 8, 9], async (item) => {
		running++;
		most = Math.max(most, running);
		await new Promise((resolve) => setTimeout(resolve, 1));
		running--;
		return item === 2 ? refused(503) : item === 3 ? refused(404) : { ok: true, value: item };
	});
	expect(outcome).toEqual({ done: 8, refused: [refused(503)] });
	expect(most).toBeLessThanOrEqual(4);
});
