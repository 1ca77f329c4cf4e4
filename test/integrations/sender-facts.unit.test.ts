import { describe, expect, test } from "vitest";
import type { Sender } from "../../worker/connectors/sender";
import { senderOf } from "../../worker/connectors/senders";
import { keySource } from "../../worker/integrations/key-source";
import { factsOf } from "../../worker/integrations/sender-facts";

const NOW = Date.UTC(2026, 10, 22, 12);

const sourceOf = (body: unknown, headers: [string, string][] = []) =>
	keySource({
		method: "POST",
		path: "/",
		query: "",
		headers: [["content-type", "application/json"], ...headers],
		body: new TextEncoder().encode(JSON.stringify(body)).buffer as ArrayBuffer,
	});

const timed = (unit: NonNullable<Sender["eventTime"]>["unit"], path = "event.body.at"): Sender => ({
	id: "timed",
	name: "Timed",
	signature: { kind: "bespoke", module: "hubspot", binds: "body" } as Sender["signature"],
	eventTime: { path, unit },
});

const timeIn = (unit: Parameters<typeof timed>[0], at: unknown): number | null => factsOf(timed(unit), sourceOf({ at }), NOW).occurredAt;

describe("when an event happened at its sender", () => {
	test.each([
		["seconds", 1_790_000_000, 1_790_000_000_000],
		["seconds", 1_790_000_000.25, 1_790_000_000_250],
		["seconds", "1790000000", 1_790_000_000_000],
		["milliseconds", 1_790_000_000_123, 1_790_000_000_123],
		["iso", "2026-11-22T10:00:00Z", Date.UTC(2026, 10, 22, 10)],
		["iso", "2026-11-22T10:00:00+02:00", Date.UTC(2026, 10, 22, 8)],
		["iso", "2026-11-22T10:00:00.5", Date.UTC(2026, 10, 22, 10) + 500],
		["iso", "2026-11-22 10:00:00", Date.UTC(2026, 10, 22, 10)],
		["iso", "Sun, 22 Nov 2026 10:00:00 +0000", Date.UTC(2026, 10, 22, 10)],
		["iso", "2026-11-22", Date.UTC(2026, 10, 22)],
	] as const)("%s %j is read", (unit, value, at) => {
		expect(timeIn(unit, value)).toBe(at);
	});

	test.each([
		["seconds", "soon"],
		["seconds", "0x6ab1"],
		["seconds", Number.MAX_SAFE_INTEGER],
		["seconds", 0],
		["seconds", { a: 1 }],
		["seconds", null],
		["milliseconds", 1_790_000_000],
		["iso", ""],
		["iso", 1_790_000_000],
		["iso", "yesterday"],
		["iso", "9999-12-31T23:59:59Z"],
		["iso", "x".repeat(10_000)],
	] as const)("%s %j is no time that can be meant", (unit, value) => {
		expect(timeIn(unit, value)).toBeNull();
	});

	test("an item of a batch is asked for its own time where the sender's path names the first one", () => {
		const sender = timed("seconds", "event.body.events.0.at");
		const whole = { events: [{ at: 1_790_000_001 }, { at: 1_790_000_002 }] };
		expect(factsOf(sender, sourceOf(whole), NOW).occurredAt).toBe(1_790_000_001_000);
		expect(factsOf(sender, sourceOf(whole.events[1]), NOW, "event.body.events").occurredAt).toBe(1_790_000_002_000);
	});
});

test("a sender's name for an event stands with it, cut where it is long, and is none where no sender is known", () => {
	const stripe = senderOf("stripe");
	expect(factsOf(stripe, sourceOf({ type: "invoice.paid", created: 1_790_000_000 }), NOW)).toEqual({
		name: "invoice.paid",
		occurredAt: 1_790_000_000_000,
	});
	expect(factsOf(stripe, sourceOf({ type: "x".repeat(500) }), NOW).name).toHaveLength(120);
	expect(factsOf(stripe, sourceOf({ type: { a: 1 } }), NOW)).toEqual({ name: null, occurredAt: null });
	expect(factsOf(null, sourceOf({ type: "invoice.paid" }), NOW)).toEqual({ name: null, occurredAt: null });
});
