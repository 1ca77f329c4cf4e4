import { expect, it } from "vitest";
import { keptAddress, keptHeaders } from "../../worker/endpoints/headers";
import { type Headers, LEFT_OUT } from "../../worker/events/protocol/delivery";

const bytes = (headers: Headers): number => headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);

it("headers of a usual size are kept as they came", () => {
	const headers: Headers = [
		["content-type", "application/json"],
		...Array.from({ length: 15 }, (_, n): [string, string] => [`x-${n}`, "z".repeat(1_000)]),
	];
	expect(keptHeaders(headers)).toEqual(headers);
});

it("of too many headers the longest are left out and named, and the content type stays", () => {
	const type: [string, string] = ["content-type", `application/json; ${"p".repeat(900)}`];
	const fill = Array.from({ length: 60 }, (_, n): [string, string] => [`x-fill-${n}`, "z".repeat(900 + n)]);
	const kept = keptHeaders([["x-topic", "orders"], ...fill, type, ["x-last", "here"]]);
	expect(bytes(kept)).toBeLessThanOrEqual(16 * 1024);
	expect(bytes(kept)).toBeGreaterThan(14 * 1024);
	expect(kept[0]).toEqual(["x-topic", "orders"]);
	expect(kept.at(-2)).toEqual(["x-last", "here"]);
	expect(kept).toContainEqual(type);
	expect(kept.some(([name]) => name === "x-fill-0")).toBe(true);
	expect(kept.some(([name]) => name === "x-fill-59")).toBe(false);
	expect(kept.at(-1)?.[0]).toBe(LEFT_OUT);
	expect(kept.at(-1)?.[1]).toContain("x-fill-50, x-fill-51");
});

it("many small headers are bounded, too", () => {
	expect(bytes(keptHeaders(Array.from({ length: 5_000 }, (_, n): [string, string] => [`h${n}`, "1"])))).toBeLessThanOrEqual(16 * 1024);
});

it("of an address that is too long the beginning is kept", () => {
	expect(keptAddress("/orders", `?q=${"z".repeat(9_000)}`).query.length).toBe(8 * 1024 - 7);
	expect(keptAddress(`/${"o".repeat(9_000)}`, "?q=1")).toEqual({ path: `/${"o".repeat(8 * 1024 - 1)}`, query: "" });
});
