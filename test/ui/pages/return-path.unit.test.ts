import { describe, expect, it } from "vitest";
import { returnPath } from "../../../ui/pages/identity/return-path";

const ORIGIN = "https://inlet.example";

describe("the page after logging in", () => {
	it("is the one that was asked for, with its query", () => {
		expect(returnPath("/automations/int_1/webhook?x=1", ORIGIN)).toBe("/automations/int_1/webhook?x=1");
	});

	it("is the dashboard where nothing was asked for", () => {
		expect(returnPath(undefined, ORIGIN)).toBe("/dashboard");
	});

	it.each([
		"https://evil.example",
		"//evil.example",
		"/\\evil.example",
		"/\t/evil.example",
		"\\\\evil.example",
		"javascript:alert(1)",
		"evil",
		"/..//evil.example",
	])("never leaves this app: %j", (wanted) => {
		const path = returnPath(wanted, ORIGIN);
		expect(path.startsWith("/")).toBe(true);
		expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
	});
});
