import { expect, test } from "vitest";
import { shownLine } from "../worker/dev-lines.mjs";

test("what the development server prints names no webhook's URL", () => {
	const key = "0123456789abcdef".repeat(4);
	expect(shownLine(`✘ [ERROR] POST http://localhost:8787/in/${key}/orders?x=1 failed`)).toBe(
		"✘ [ERROR] POST http://localhost:8787/in/…/orders?x=1 failed",
	);
	expect(shownLine(`twice: /in/${key} /in/${key.toUpperCase()}`)).toBe("twice: /in/… /in/…");
});

test("it leaves out blank lines and those about schedules, and nothing else", () => {
	expect(shownLine("  ")).toBeNull();
	expect(shownLine("To manually trigger a scheduled event, …")).toBeNull();
	expect(shownLine("GET /in/short")).toBe("GET /in/short");
});
