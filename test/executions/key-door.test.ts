import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { KeyRequest } from "../../worker/executions/key-door";
import { newId } from "../../worker/ids";
import { Gate, Outside } from "../given/outside";

let outside: Outside | null = null;
afterEach(() => outside?.close());

const door = (
	exports as unknown as { KeyDoor: { fetchKey(integrationId: string, request: KeyRequest, proven?: boolean): Promise<ArrayBuffer | null> } }
).KeyDoor;
const givenRequest = (given: Partial<KeyRequest> = {}): KeyRequest => ({
	name: `certificate ${crypto.randomUUID()}`,
	method: "GET",
	url: "https://keys.example/one.pem",
	hosts: ["keys.example"],
	headers: {},
	maxBytes: 100,
	keepSeconds: 60,
	...given,
});
const textOf = (bytes: ArrayBuffer | null) => bytes && new TextDecoder().decode(bytes);

describe("the keys of senders", () => {
	it("are fetched once and kept", async () => {
		outside = new Outside(() => new Response("a key"));
		const request = givenRequest();
		const id = newId("int");
		for (const _ of [1, 2, 3]) expect(textOf(await door.fetchKey(id, request))).toBe("a key");
		expect(outside.calls).toHaveLength(1);
	});

	it("are fetched once where many deliveries in one moment ask for them", async () => {
		const gate = new Gate();
		outside = new Outside(async ({ url }) => {
			if (url.endsWith("two.pem")) return new Response("another key");
			await gate.passed();
			return new Response("a key");
		});
		const [id, request] = [newId("int"), givenRequest()];
		const asked = Array.from({ length: 30 }, () => door.fetchKey(id, request));
		// Whoever comes behind them all has its answer: so all of them have asked.
		expect(textOf(await door.fetchKey(id, givenRequest({ url: "https://keys.example/two.pem" })))).toBe("another key");
		gate.open();
		expect((await Promise.all(asked)).map(textOf)).toEqual(asked.map(() => "a key"));
		expect(outside.calls).toHaveLength(2);
	});

	it.each([
		["another host", { url: "https://keys.example.evil/one.pem" }],
		["plain http", { url: "http://keys.example/one.pem" }],
	])("never come from %s", async (_, given) => {
		outside = new Outside(() => new Response("a key"));
		expect(await door.fetchKey(newId("int"), givenRequest(given))).toBeNull();
		expect(outside.calls).toHaveLength(0);
		expect(textOf(await door.fetchKey(newId("int"), givenRequest()))).toBe("a key");
	});

	it.each([
		["a redirect", () => new Response(null, { status: 302, headers: { location: "https://keys.example/two.pem" } })],
		["more than it may be", () => new Response("x".repeat(101))],
		["another status", () => new Response("a key", { status: 500 })],
	])("are none where there is %s", async (_, answer) => {
		outside = new Outside((_call, n) => (n === 1 ? answer() : new Response("a key")));
		expect(await door.fetchKey(newId("int"), givenRequest())).toBeNull();
	});

	it("are fetched ten times a minute at most for one endpoint, however many names a stranger thinks of", async () => {
		outside = new Outside(() => new Response("a key"));
		const [one, other] = [newId("int"), newId("int")];
		for (let n = 0; n < 30; n++) await door.fetchKey(one, givenRequest());
		expect(outside.calls).toHaveLength(10);
		expect(textOf(await door.fetchKey(other, givenRequest()))).toBe("a key");
	});

	it("are always fetched again where something was verified with them before, whatever names a stranger thinks of", async () => {
		outside = new Outside(() => new Response("a key"));
		const id = newId("int");
		for (let n = 0; n < 30; n++) await door.fetchKey(id, givenRequest());
		expect(await door.fetchKey(id, givenRequest())).toBeNull();
		expect(textOf(await door.fetchKey(id, givenRequest(), true))).toBe("a key");
	});
});
