import { expect, test } from "vitest";
import { fieldPath, markHits } from "../../../../ui/pages/editor/inbox/search";

test("a field of the body may be named alone", () => {
	expect(["sku", "order.id", "event.headers.x-topic", "two words", ""].map(fieldPath)).toEqual([
		"event.body.sku",
		"event.body.order.id",
		"event.headers.x-topic",
		null,
		null,
	]);
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
