import { expect, it } from "vitest";
import { differenceWords } from "../../../ui/pages/editor/difference-words";

const words = (key: string, value: Parameters<typeof differenceWords>[1]) => differenceWords(key, value, (id) => id.toUpperCase());

it.each([
	["webhook.ratePerSecond", null, "Not set"],
	["webhook.ratePerSecond", 7, "7"],
	["webhook.enabled", true, "On"],
	["webhook.methods", ["POST", "PUT"], "POST\nPUT"],
	["webhook.allowedIps", [], "None"],
	["ordering.mode", "key", "In order per key"],
	["retention.bytes", 2_000_000_000, "2000 MB"],
	[
		"webhook.dedupe",
		{ mode: "fields", fields: ["event.body.id"], windowSeconds: 86_400 },
		"By fields of the event\nevent.body.id\nEach is remembered for 1 day",
	],
	["webhook.response", { mode: "accepted", status: 202, body: "empty" }, "Status: 202\nBody: Nothing"],
	["webhook.batch", { path: "event.body.rows" }, "The list at event.body.rows"],
	["webhook.redaction", { fields: ["event.body.name"], patterns: ["email"] }, "event.body.name\nEmail addresses"],
	["vars.warehouse", undefined, "(removed)"],
	["step.one", { id: "one" }, '{\n  "id": "one"\n}'],
] as const)("%s %j reads as it stands on the page", (key, value, expected) => {
	expect(words(key, value as never)).toBe(expected);
});

it("counts secrets and shows none, nor an option that may be one", () => {
	expect(words("webhook.verification", { scheme: "none" })).toBe("Anyone who has the URL");
	expect(words("webhook.verification", { scheme: "stripe", secrets: [{ keep: 0 }, "whsec_b"] })).toBe(
		"STRIPE\n1 secret already set\n1 secret entered now",
	);
	expect(words("webhook.verification", { scheme: "meta", secrets: { count: 2 }, verifyToken: "hush" })).toBe(
		"META\n2 secrets already set\nverifyToken: ••••",
	);
	expect(words("webhook.verification", { scheme: "stripe", secrets: [] })).toBe("STRIPE\nNo secret");
});
