import { describe, expect, it } from "vitest";
import { record, redo, startHistory, undo } from "../../ui/pages/editor/history";

describe("undo and redo", () => {
	it("goes back and forth", () => {
		let history = record(record(startHistory("a"), "b", null, 0), "c", null, 0);
		history = undo(history);
		expect(history.present).toBe("b");
		expect(undo(undo(history)).present).toBe("a");
		expect(redo(history).present).toBe("c");
	});

	it("takes quick typing in one field as one entry", () => {
		let history = startHistory("");
		for (const [i, text] of ["h", "he", "hey"].entries()) history = record(history, text, "name", 100 * i);
		expect(undo(history).present).toBe("");
	});

	it("begins a new entry after a pause, and for another field", () => {
		const history = record(record(record(startHistory(0), 1, "a", 0), 2, "a", 5000), 3, "b", 5001);
		expect(undo(history).present).toBe(2);
		expect(undo(undo(history)).present).toBe(1);
	});

	it("forgets what was undone once something else is done", () => {
		const history = record(undo(record(startHistory("a"), "b", null, 0)), "c", null, 0);
		expect(redo(history).present).toBe("c");
		expect(undo(history).present).toBe("a");
	});
});
