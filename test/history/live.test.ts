import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { Change, Gap, LiveMessage } from "../../worker/events/protocol/live";
import { CHANGES_MAX, LiveFeed, SESSION_ENDED } from "../../worker/history/live";
import { eventId } from "../../worker/ids";
import { eventually } from "../given/eventually";
import { Gate, Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

/** Somebody who looks at an integration's page. */
class Watcher {
	readonly messages: LiveMessage[] = [];
	readonly texts: string[] = [];
	closed: { code: number; reason: string } | null = null;

	constructor(readonly socket: WebSocket) {
		socket.addEventListener("message", ({ data }) => {
			if (typeof data !== "string" || !data.startsWith("[")) {
				this.texts.push(String(data));
				return;
			}
			const parts: (Change | Gap)[] = JSON.parse(data);
			const changes = parts.filter((part) => part.kind !== "gap");
			this.messages.push({ changes, gap: changes.length < parts.length });
		});
		socket.addEventListener("close", ({ code, reason }) => {
			this.closed = { code, reason };
		});
		socket.accept();
	}

	get changes(): Change[] {
		return this.messages.flatMap((message) => message.changes);
	}

	get sequences(): number[] {
		return this.changes.flatMap((change) => (change.kind === "event" ? [change.event.sequence] : []));
	}
}

const watchers: Watcher[] = [];

async function connect(sequencer: GivenSequencer, { query = "", until = Date.now() + 3_600_000 } = {}): Promise<Response> {
	const headers = { upgrade: "websocket", "inlet-workspace": sequencer.settings.workspaceId, "inlet-until": String(until) };
	return sequencer.stub.fetch(`http://sequencer/live${query}`, { headers });
}

async function watch(sequencer: GivenSequencer, how: { query?: string; until?: number } = {}): Promise<Watcher> {
	const { webSocket } = await connect(sequencer, how);
	if (!webSocket) throw new Error("no socket");
	const watcher = new Watcher(webSocket);
	watchers.push(watcher);
	return watcher;
}

afterEach(() => {
	for (const { socket } of watchers.splice(0)) socket.close();
});

describe("the live feed", () => {
	it("tells what arrives, with the event's state at the time of telling", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		const { eventId: id } = await sequencer.accept({ sku: "A" });
		await eventually(() => expect(watcher.changes.some((change) => change.kind === "event")).toBe(true));
		expect(watcher.changes).toContainEqual({ kind: "event", event: expect.objectContaining({ id, sequence: 1, status: "queued" }) });
		expect(watcher.changes).toContainEqual({
			kind: "delivery",
			delivery: expect.objectContaining({ eventId: id, status: "accepted", httpStatus: 202 }),
		});
		expect(watcher.messages.every((message) => !message.gap)).toBe(true);
	});

	it("shows a rejected delivery with its reason", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		const response = await exports.default.fetch(sequencer.url, { method: "GET" });
		expect(response.status).toBe(405);
		await eventually(() =>
			expect(watcher.changes).toContainEqual({
				kind: "delivery",
				delivery: expect.objectContaining({ status: "rejected", reason: "method_not_allowed", httpStatus: 405 }),
			}),
		);
	});

	it("follows an execution from its start to its end, step by step", async () => {
		const gate = new Gate();
		const outside = new Outside(async () => {
			await gate.passed();
			return Response.json({});
		});
		try {
			const push = { id: "push", type: "http", url: "https://shop.example/" };
			const sequencer = await GivenSequencer.with({ steps: [{ id: "map", type: "map", output: 1 }, push] });
			const watcher = await watch(sequencer);
			const statuses = () => watcher.changes.flatMap((change) => (change.kind === "execution" ? [change.execution.status] : []));
			const steps = () => watcher.changes.flatMap((change) => (change.kind === "step" ? [change.steps.map(({ status }) => status)] : []));
			await sequencer.accept({});
			await eventually(() => expect(steps()).toContainEqual(["succeeded", "running"]));
			expect(statuses()).toContain("running");
			gate.open();
			await eventually(() => expect(statuses()).toContain("succeeded"));
			expect(steps().at(-1)).toEqual(["succeeded", "succeeded"]);
			expect(watcher.changes.findLast((change) => change.kind === "event")).toMatchObject({ event: { status: "succeeded" } });
		} finally {
			outside.close();
		}
	});

	it("sends at most five messages a second, however much happens", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		const began = Date.now();
		for (let n = 0; n < 60; n++) await sequencer.accept({ n });
		await eventually(() => expect(new Set(watcher.sequences).size).toBe(60));
		expect(watcher.messages.length).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 200) + 1);
	});

	it("says that something is missing where more happened than one message holds", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		await runInDurableObject(sequencer.stub, (_, state) => {
			const feed = new LiveFeed(state);
			for (let n = 1; n <= CHANGES_MAX + 5; n++) feed.publish({ kind: "step", executionId: `exe_${n}`, steps: [] });
		});
		await eventually(() => expect(watcher.messages).toHaveLength(1));
		expect(watcher.messages[0]?.gap).toBe(true);
		expect(watcher.messages[0]?.changes).toHaveLength(CHANGES_MAX);
		expect(watcher.messages[0]?.changes[0]).toMatchObject({ executionId: "exe_6" });
	});

	it("keeps only the latest state of what changes again and again", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		await runInDurableObject(sequencer.stub, (_, state) => {
			const feed = new LiveFeed(state);
			for (let attempts = 1; attempts <= 50; attempts++) {
				feed.publish({ kind: "step", executionId: "exe_1", steps: [{ path: "push", id: "push", status: "running", attempts }] });
			}
		});
		await eventually(() => expect(watcher.messages).toHaveLength(1));
		expect(watcher.changes).toEqual([
			{ kind: "step", executionId: "exe_1", steps: [{ path: "push", id: "push", status: "running", attempts: 50 }] },
		]);
	});

	it("catches a returning watcher up from the last event that it saw", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		for (let n = 0; n < 5; n++) await sequencer.accept({ n });
		const watcher = await watch(sequencer, { query: "?after=3" });
		await eventually(() => expect(watcher.sequences).toEqual([4, 5]));
		const upToDate = await watch(sequencer, { query: "?after=5" });
		await sequencer.accept({});
		await eventually(() => expect(upToDate.sequences).toEqual([6]));
	});

	it("tells one who was away for long to load the list again", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		for (let n = 0; n < 120; n++) await sequencer.accept({ n });
		const watcher = await watch(sequencer, { query: "?after=0" });
		await eventually(() => expect(watcher.messages[0]?.gap).toBe(true));
	});

	it("goes on after its object has slept", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		await evictDurableObject(sequencer.stub);
		await sequencer.accept({});
		await eventually(() => expect(watcher.sequences).toEqual([1]));
		expect(watcher.closed).toBeNull();
	});

	it("answers a ping without the object", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		watcher.socket.send("ping");
		await eventually(() => expect(watcher.texts).toEqual(["pong"]));
	});

	it("closes when the session behind it ends, and not before", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const lasting = await watch(sequencer);
		const ending = await watch(sequencer, { until: Date.now() + 500 });
		await eventually(async () => {
			await runDurableObjectAlarm(sequencer.stub);
			expect(ending.closed?.code).toBe(SESSION_ENDED);
		});
		await sequencer.accept({});
		await eventually(() => expect(lasting.sequences).toEqual([1]));
		expect(lasting.closed).toBeNull();
	});

	it.each([
		["without a session", { "inlet-until": "" }, 401],
		["with a session that has ended", { "inlet-until": "1" }, 401],
		["without a WebSocket", { upgrade: "" }, 426],
		["from another workspace", { "inlet-workspace": "wsp_other" }, 404],
	])("is refused %s", async (_, changed, status) => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const headers = { upgrade: "websocket", "inlet-workspace": sequencer.settings.workspaceId, "inlet-until": String(Date.now() + 1000) };
		const response = await sequencer.stub.fetch("http://sequencer/live", { headers: { ...headers, ...changed } });
		expect(response.status).toBe(status);
		expect(response.webSocket ?? null).toBeNull();
	});

	it("does no work while nobody watches", async () => {
		const sequencer = await GivenSequencer.with({ status: "paused" });
		const watcher = await watch(sequencer);
		watcher.socket.close();
		const builds = await eventually(() =>
			runInDurableObject(sequencer.stub, (_, state) => {
				const feed = new LiveFeed(state);
				expect(feed.watched).toBe(false);
				let built = 0;
				feed.publishLater("event 1", () => {
					built++;
					return null;
				});
				return built;
			}),
		);
		expect(builds).toBe(0);
		expect((await sequencer.accept({})).eventId).toBe(eventId(sequencer.settings.integrationId, 1));
	});
});
