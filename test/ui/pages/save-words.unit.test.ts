import { describe, expect, it } from "vitest";
import { tabOf, wordsFor } from "../../../ui/pages/editor/save-words";

describe("a field that a save refused", () => {
	it.each([
		["webhook.allowedIps.2", "What is accepted, addresses that may send, line 3"],
		["webhook.redaction.fields.1", "Masking, fields, line 2"],
		["webhook.filter", "What is accepted, filter"],
		["webhook.verification.secrets.1", "Who sends"],
		["ordering.key", "Order, key"],
		["", "This integration"],
	])("%s is called as on the page", (field, words) => expect(wordsFor(field)).toBe(words));

	it("stands on the tab where its card is", () => {
		expect(tabOf("webhook.redaction.fields.1", true)).toBe("general");
		expect(tabOf("webhook.allowedIps.2", true)).toBe("webhook");
		expect(tabOf("ordering.key", true)).toBe("webhook");
		expect(tabOf("ordering.key", false)).toBe("general");
		expect(tabOf("vars", true)).toBe("general");
	});
});
