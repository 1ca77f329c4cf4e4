import { describe, expect, it } from "vitest";
import { EXECUTION_STATUSES, type ExecutionStatus } from "../../worker/events/protocol/statuses";
import type { Page } from "../../worker/events/protocol/views";
import { executionKey } from "../../worker/events/schema";
import { getDelivery, listDeliveries } from "../../worker/history/deliveries";
import { getEvent, listEvents } from "../../worker/history/events";
import { getExecution, listExecutions } from "../../worker/history/executions";
import { eventId, executionId } from "../../worker/ids";
import { BEGINNING, History, INTEGRATION } from "../given/history";

/** Every page of a list, one after the other. */
function everyPage<T>(list: (cursor: string | null) => Page<T> | null): T[][] {
	const pages: T[][] = [];
	for (let cursor: string | null = null, n = 0; n === 0 || cursor !== null; n++) {
		if (n > 1000) throw new Error("the list does not end");
		const page: Page<T> | null = list(cursor);
		if (page === null) throw new Error("the list did not know its own cursor");
		pages.push(page.items);
		cursor = page.cursor;
	}
	return pages;
}

const executions = (history: History, status?: ExecutionStatus, limit = 3) =>
	everyPage((cursor) => listExecutions(history.sql, history.reading, { status, limit, cursor })).flat();
const numbered = (items: { sequence: number; number: number }[]) => items.map(({ sequence, number }) => `${sequence}.${number}`);

describe("the list of events", () => {
	it("is newest first, a page at a time, each event once", () => {
		const history = new History();
		for (let n = 0; n < 7; n++) history.event();
		const pages = everyPage((cursor) => listEvents(history.sql, history.reading, { limit: 3, cursor }));
		expect(pages.map((page) => page.map((event) => event.sequence))).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
	});

	it("keeps its place while events arrive", () => {
		const history = new History();
		for (let n = 0; n < 4; n++) history.event();
		const first = listEvents(history.sql, history.reading, { limit: 2 });
		history.event();
		const second = listEvents(history.sql, history.reading, { limit: 2, cursor: first?.cursor });
		expect(second?.items.map((event) => event.sequence)).toEqual([2, 1]);
	});

	it("shows how each event's latest execution stands", () => {
		const history = new History();
		history.ran("succeeded", "failed");
		history.execution(2, "succeeded", { number: 2 });
		const running = history.event();
		history.running.add(executionKey(running, 1));
		history.event();
		const items = listEvents(history.sql, history.reading, {})?.items ?? [];
		expect(items.map(({ sequence, status }) => [sequence, status])).toEqual([
			[4, "queued"],
			[3, "running"],
			[2, "succeeded"],
			[1, "succeeded"],
		]);
		expect(items[2]?.executionId).toBe(executionId(INTEGRATION, 2, 2));
		expect(items[0]).toMatchObject({ id: eventId(INTEGRATION, 4), contentType: "application/json", source: "webhook" });
	});

	it("shows how often each event was replayed, and when the last time began", () => {
		const history = new History();
		history.ran("succeeded", "failed", "failed");
		history.execution(2, "failed", { number: 2 });
		history.execution(2, "succeeded", { number: 3, startedAt: BEGINNING + 3_600_000 });
		history.execution(3, "queued", { number: 2, startedAt: null });
		const items = listEvents(history.sql, history.reading, {})?.items ?? [];
		expect(items.map(({ sequence, replays, replayedAt }) => [sequence, replays, replayedAt])).toEqual([
			[3, 1, null],
			[2, 2, new Date(BEGINNING + 3_600_000).toISOString()],
			[1, 0, null],
		]);
	});

	it("finds the few of one source among many of another without looking at all in one page", () => {
		const history = new History();
		history.event({ source: "schedule" });
		for (let n = 0; n < 5_000; n++) history.event();
		history.event({ source: "schedule" });
		const pages = everyPage((cursor) => listEvents(history.sql, history.reading, { source: "schedule", cursor }));
		expect(pages.map((page) => page.map((event) => event.sequence))).toEqual([[5002], [], [1]]);
	});

	it.each(["", "0", "1-2", "zzzzzzzzzzzzzzz", "-1", "né"])("knows a cursor that is not its own: %j", (cursor) => {
		const page = listEvents(new History().sql, new History().reading, { cursor });
		if (cursor === "" || cursor === "0") expect(page).toEqual({ items: [], cursor: null });
		else expect(page).toBeNull();
	});
});

describe("one event", () => {
	it("has its headers masked, its body as it came, and its executions, newest first", () => {
		const history = new History();
		history.event({
			body: '{"a":"ż"}',
			headers: [
				["Authorization", "Bearer s3cret"],
				["content-type", "application/json"],
			],
		});
		history.execution(1, "failed", { error: JSON.stringify({ code: "http_status", message: "500" }) });
		history.execution(1, "succeeded", { number: 2 });
		const event = getEvent(history.sql, history.reading, eventId(INTEGRATION, 1));
		expect(event).toMatchObject({
			body: '{"a":"ż"}',
			bodyEncoding: "utf8",
			headers: [
				["Authorization", "Bearer ••••"],
				["content-type", "application/json"],
			],
			status: "succeeded",
		});
		expect(event?.executions.map(({ number, status, error }) => [number, status, error?.code])).toEqual([
			[2, "succeeded", undefined],
			[1, "failed", "http_status"],
		]);
	});

	it("carries bytes that are no text as base64, and keeps a byte order mark", () => {
		const history = new History();
		history.event({ body: new Uint8Array([0xff, 0x00, 0x80]) });
		history.event({ body: new Uint8Array([0xef, 0xbb, 0xbf, 0x41]) });
		expect(getEvent(history.sql, history.reading, eventId(INTEGRATION, 1))).toMatchObject({ body: "/wCA", bodyEncoding: "base64" });
		expect(getEvent(history.sql, history.reading, eventId(INTEGRATION, 2))).toMatchObject({ body: "\ufeffA", bodyEncoding: "utf8" });
	});

	it("is read whole where its body is kept in pieces", () => {
		const history = new History();
		history.event({ body: "x".repeat(3_000_000) });
		expect(getEvent(history.sql, history.reading, eventId(INTEGRATION, 1))?.body).toHaveLength(3_000_000);
	});

	it.each([eventId(INTEGRATION, 2), eventId("int_fedcba9876543210", 1), "evt_", "", "exe_1"])("is not found as %j", (id) => {
		const history = new History();
		history.event();
		expect(getEvent(history.sql, history.reading, id)).toBeNull();
	});
});

describe("the list of executions", () => {
	it("names first executions that have no row yet, and every replay", () => {
		const history = new History();
		history.ran("succeeded", "failed");
		history.execution(2, "failed", { number: 2 });
		history.execution(2, "succeeded", { number: 3 });
		history.event();
		history.event();
		expect(numbered(executions(history))).toEqual(["4.1", "3.1", "2.3", "2.2", "2.1", "1.1"]);
	});

	it("tells queued from running by who holds them, not by the row that was left", () => {
		const history = new History();
		const sequences = Array.from({ length: 8 }, () => history.event());
		history.execution(1, "succeeded");
		history.execution(2, "running"); // its Executor is gone
		history.execution(3, "running");
		history.execution(4, "waiting", { dueAt: BEGINNING + 60_000 });
		history.execution(5, "waiting", { dueAt: BEGINNING });
		history.execution(6, "queued");
		for (const held of [3, 5, 7]) history.running.add(executionKey(sequences[held - 1] ?? 0, 1));
		const sequencesOf = (status: ExecutionStatus) => executions(history, status, 2).map((execution) => execution.sequence);
		expect(sequencesOf("queued")).toEqual([8, 6, 2]);
		expect(sequencesOf("running")).toEqual([7, 5, 3]);
		expect(sequencesOf("waiting")).toEqual([4]);
		expect(sequencesOf("succeeded")).toEqual([1]);
		expect(executions(history, "waiting")[0]?.resumesAt).toBe("2026-11-21T12:01:00.000Z");
	});

	it("gives for every status exactly those that the whole list shows with it", () => {
		const history = new History();
		const statuses: (ExecutionStatus | null)[] = ["succeeded", "failed", "filtered", "cancelled", "waiting", "queued", "running", null];
		for (let n = 1; n <= 80; n++) {
			history.event();
			const status = statuses[(n * 7) % statuses.length] ?? null;
			if (status !== null) history.execution(n, status);
			if (status === "failed" && n % 3 === 0) history.execution(n, "succeeded", { number: 2 });
			if (n % 5 === 0 && (status === null || status === "waiting")) history.running.add(executionKey(n, 1));
		}
		const all = executions(history, undefined, 7);
		expect(all).toHaveLength(new Set(numbered(all)).size);
		for (const status of EXECUTION_STATUSES) {
			for (const limit of [1, 4, 50]) {
				expect(numbered(executions(history, status, limit))).toEqual(numbered(all.filter((execution) => execution.status === status)));
			}
		}
	});

	it("ends a page early rather than look through everything", () => {
		const history = new History();
		history.ran("succeeded");
		for (let n = 0; n < 5_000; n++) history.ran("failed");
		const pages = everyPage((cursor) => listExecutions(history.sql, history.reading, { status: "succeeded", cursor }));
		expect(pages.map((page) => page.length)).toEqual([0, 0, 1]);
	});

	it.each([undefined, "filtered" as const])(
		"passes over what a webhook's filter turned away, a bounded stretch at a time: %s",
		(status) => {
			const history = new History();
			history.ran("filtered");
			for (let n = 0; n < 5_000; n++)
				history.execution(history.event(), "filtered", { error: '{"code":"webhook_filter","message":"No."}' });
			history.ran("filtered");
			const pages = everyPage((cursor) => listExecutions(history.sql, history.reading, { status, cursor }));
			expect(pages.map((page) => numbered(page))).toEqual([["5002.1"], [], ["1.1"]]);
		},
	);

	it("finds what is queued behind thousands that ran", () => {
		const history = new History();
		history.event();
		history.ran(...Array.from({ length: 5_000 }, () => "succeeded" as const));
		expect(numbered(executions(history, "queued"))).toEqual(["1.1"]);
		expect(listExecutions(history.sql, history.reading, { limit: 3 })?.items.map(({ sequence }) => sequence)).toEqual([5001, 5000, 4999]);
	});

	it("takes limits from 1 to 200", () => {
		const history = new History();
		for (let n = 0; n < 250; n++) history.event();
		const lengthOf = (limit?: number) => listExecutions(history.sql, history.reading, { limit })?.items.length;
		expect([lengthOf(), lengthOf(0), lengthOf(-5), lengthOf(Number.NaN), lengthOf(1e9)]).toEqual([50, 1, 1, 50, 200]);
	});
});

describe("one execution", () => {
	const steps = (size: number) => [
		{ path: "map", id: "map", type: "map", status: "succeeded" as const, attempts: [], output: "y".repeat(size) },
	];

	it.each([10, 2_000_000])("has its steps, also where they take %i bytes", (size) => {
		const history = new History();
		history.event();
		history.execution(1, "succeeded", { steps: steps(size) });
		const execution = getExecution(history.sql, history.reading, executionId(INTEGRATION, 1, 1));
		expect(execution).toMatchObject({ status: "succeeded", version: 3, durationMs: 20 });
		expect(execution?.steps).toEqual(steps(size));
	});

	it("is there before it has a row, with the version it is going to take", () => {
		const history = new History();
		history.event();
		expect(getExecution(history.sql, history.reading, executionId(INTEGRATION, 1, 1))).toMatchObject({
			status: "queued",
			version: 7,
			startedAt: null,
			steps: [],
		});
		expect(getExecution(history.sql, history.reading, executionId(INTEGRATION, 1, 2))).toBeNull();
		expect(getExecution(history.sql, history.reading, executionId(INTEGRATION, 2, 1))).toBeNull();
	});
});

describe("the list of deliveries", () => {
	const told = (history: History, limit: number) =>
		everyPage((cursor) => listDeliveries(history.sql, history.reading, { limit, cursor }))
			.flat()
			.map(({ status, sequence, receivedAt }) => `${(Date.parse(receivedAt) - BEGINNING) / 1000} ${status} ${sequence ?? ""}`.trim());

	it.each([1, 2, 3, 50])("mixes accepted and rejected ones by time, %i a page", (limit) => {
		const history = new History();
		history.event({ receivedAt: BEGINNING + 1000 });
		history.rejection({ receivedAt: BEGINNING + 2000 });
		history.event({ receivedAt: BEGINNING + 3000, source: "schedule" });
		history.event({ receivedAt: BEGINNING + 4000 });
		history.rejection({ receivedAt: BEGINNING + 4000 });
		history.rejection({ receivedAt: BEGINNING + 5000 });
		expect(told(history, limit)).toEqual(["5 rejected", "4 accepted 3", "4 rejected", "2 rejected", "1 accepted 1"]);
	});

	it.each(["rejection", "event"] as const)("keeps a %s that comes between two pages off the second", (what) => {
		const history = new History();
		const two = () => {
			for (const n of [1, 2]) history[what === "event" ? "rejection" : "event"]({ receivedAt: BEGINNING + n * 1000 });
		};
		two();
		const first = listDeliveries(history.sql, history.reading, { limit: 1 });
		history[what]({ receivedAt: BEGINNING + 9000 });
		const second = listDeliveries(history.sql, history.reading, { limit: 10, cursor: first?.cursor ?? "" });
		expect(
			[...(first?.items ?? []), ...(second?.items ?? [])].map(({ receivedAt }) => (Date.parse(receivedAt) - BEGINNING) / 1000),
		).toEqual([2, 1]);
	});

	it("does not put an old rejection before newer deliveries that are further down the list of events", () => {
		const history = new History();
		history.rejection({ receivedAt: BEGINNING });
		history.event();
		for (let n = 0; n < 4_500; n++) history.event({ source: "manual" });
		expect(told(history, 10)).toEqual(["1 accepted 1", "0 rejected"]);
	});

	it("shows one with its reason, its masked headers and its body", () => {
		const history = new History();
		history.rejection({ receivedAt: BEGINNING, body: new TextEncoder().encode("{}") });
		const [delivery] = listDeliveries(history.sql, history.reading, {})?.items ?? [];
		expect(getDelivery(history.sql, history.reading, delivery?.id ?? "")).toMatchObject({
			reason: "signature_invalid",
			httpStatus: 401,
			headers: [["authorization", "Bearer ••••"]],
			body: "{}",
		});
		history.event({ body: "[1]" });
		const [accepted] = listDeliveries(history.sql, history.reading, {})?.items ?? [];
		expect(getDelivery(history.sql, history.reading, accepted?.id ?? "")).toMatchObject({ status: "accepted", body: "[1]", sequence: 1 });
		expect(getDelivery(history.sql, history.reading, "del_1")).toBeNull();
	});
});
