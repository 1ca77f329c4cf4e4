import { describe, expect, it } from "vitest";
import { KeyMissing, openBytes, sealBytes, standIn } from "../../../worker/integrations/redaction/sealing";

const [first, second] = [`1:${"a1".repeat(32)}`, `2:${"b2".repeat(32)}`];
const holder = { workspaceId: "wsp_1", integrationId: "int_1" };
const text = new TextEncoder().encode("the full event");

describe("sealing", () => {
	it("opens for the same holder and kind alone", () => {
		const sealed = sealBytes(first, holder, "event", text);
		expect(openBytes(first, holder, "event", sealed)).toEqual(text);
		expect(() => openBytes(first, { ...holder, integrationId: "int_2" }, "event", sealed)).toThrow();
		expect(() => openBytes(first, { ...holder, workspaceId: "wsp_2" }, "event", sealed)).toThrow();
		expect(() => openBytes(first, holder, "outputs", sealed)).toThrow();
	});

	it("does not open with any bit changed", () => {
		const sealed = sealBytes(first, holder, "event", text);
		for (let at = 0; at < sealed.length; at++) {
			const changed = sealed.slice();
			changed[at] = (changed[at] ?? 0) ^ 1;
			expect(() => openBytes(first, holder, "event", changed)).toThrow();
		}
		expect(() => openBytes(first, holder, "event", sealed.slice(0, 20))).toThrow();
	});

	it("names its key: after a new key came it still opens, and without its own it says which one is missing", () => {
		const sealed = sealBytes(first, holder, "event", text);
		expect(openBytes(`${second},${first}`, holder, "event", sealed)).toEqual(text);
		expect(() => openBytes(second, holder, "event", sealed)).toThrow(new KeyMissing(1));
		expect(() => openBytes(first, holder, "event", sealBytes(`${second},${first}`, holder, "event", text))).toThrow(new KeyMissing(2));
	});

	it("never seals the same twice alike, and takes nothing at all", () => {
		expect(sealBytes(first, holder, "event", text)).not.toEqual(sealBytes(first, holder, "event", text));
		expect(openBytes(first, holder, "event", sealBytes(first, holder, "event", new Uint8Array()))).toHaveLength(0);
	});

	it("gives the same stand-in for the same value, after a new key as well, and another one elsewhere", () => {
		expect(standIn(first, holder, "4111")).toBe(standIn(`${second},${first}`, holder, "4111"));
		expect(standIn(first, holder, "4111")).not.toBe(standIn(first, { ...holder, integrationId: "int_2" }, "4111"));
		expect(standIn(first, holder, "4111")).not.toBe(standIn(second, holder, "4111"));
	});
});
