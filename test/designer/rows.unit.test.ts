import { describe, expect, it } from "vitest";
import { appendPage, applyChanges, emptyList, showWaiting } from "../../ui/pages/editor/logs/rows";

type Run = { id: string; status: string };
const run = (n: number, status = "running"): Run => ({ id: String(n), status });
const newer = (a: Run, b: Run) => Number(b.id) - Number(a.id);
const options = (hold = false, wanted: (row: Run) => boolean = () => true) => ({ hold, wanted, newer });
const first = appendPage(emptyList<Run>(), { items: [run(5), run(4)], cursor: "4" });
const shown = (rows: Run[]) => rows.map((row) => `${row.id}:${row.status}`).join(" ");

describe("a live list", () => {
	it("puts new rows on top and changes known ones where they stand", () => {
		const list = applyChanges(first, [run(6, "queued"), run(4, "succeeded")], options());
		expect(shown(list.rows)).toBe("6:queued 5:running 4:succeeded");
	});

	it("lets new rows wait while the reader has scrolled down", () => {
		const held = applyChanges(first, [run(6), run(5, "failed")], options(true));
		expect(shown(held.rows)).toBe("5:failed 4:running");
		const more = applyChanges(held, [run(7), run(6, "succeeded")], options(true));
		expect(shown(more.waiting)).toBe("7:running 6:succeeded");
		expect(shown(showWaiting(more).rows)).toBe("7:running 6:succeeded 5:failed 4:running");
	});

	it("shows what waited as soon as the reader is back on top", () => {
		const held = applyChanges(first, [run(6)], options(true));
		expect(shown(applyChanges(held, [run(7)], options()).rows)).toBe("7:running 6:running 5:running 4:running");
	});

	it("drops a row that the filter does not want any more", () => {
		const running = (row: Run) => row.status === "running";
		expect(shown(applyChanges(first, [run(5, "succeeded"), run(6, "queued")], options(false, running)).rows)).toBe("4:running");
	});

	it("leaves what is older than the last row to its page", () => {
		expect(shown(applyChanges(first, [run(2)], options()).rows)).toBe("5:running 4:running");
		expect(shown(applyChanges({ ...first, cursor: null }, [run(2)], options()).rows)).toBe("5:running 4:running 2:running");
	});

	it("does not double rows that a page repeats", () => {
		expect(shown(appendPage(first, { items: [run(4), run(3)], cursor: null }).rows)).toBe("5:running 4:running 3:running");
	});
});
