import { describe, expect, it } from "vitest";
import { convertOutput, viewOf, viewsFor } from "../../ui/designer/map-output";
import { pausesMs } from "../../ui/designer/retry-words";
import { readStatuses, statusesText } from "../../ui/designer/statuses";
import { readWorkflow } from "../../ui/designer/workflow-json";
import { readBody } from "../../ui/pages/editor/components/body";
import { composeRows, doubledRows } from "../../ui/pages/editor/components/keyed-rows";
import { CHILDREN_STEP, openingDepth, payloadRows, rowKey } from "../../ui/pages/editor/components/payload-rows";
import { reconnectDelay } from "../../ui/pages/editor/live";

const folding = (openDepth: number, open: [string, boolean][] = [], shown: [string, number][] = []) => ({
	openDepth,
	open: new Map(open),
	shown: new Map(shown),
});

describe("the rows of a payload's tree", () => {
	const value = { sku: "A", lines: [{ price: 2 }, 3], none: null };

	it("follow the value, with depth and place", () => {
		expect(
			payloadRows(value, folding(2)).map(
				(row) => `${"-".repeat(row.depth)}${row.name ?? "root"}:${row.kind} ${row.position}/${row.siblings}`,
			),
		).toEqual(["root:object 1/1", "-sku:string 1/3", "-lines:array 2/3", "--0:object 1/2", "--1:number 2/2", "-none:null 3/3"]);
	});

	it("fold and unfold by hand", () => {
		const closed = payloadRows(value, folding(9, [[rowKey(["lines"]), false]]));
		expect(closed.map((row) => row.name)).toEqual([null, "sku", "lines", "none"]);
		const opened = payloadRows(value, folding(0, [[rowKey([]), true]]));
		expect(opened).toHaveLength(4);
	});

	it("show a long list in pieces", () => {
		const long = Array.from({ length: 250 }, (_, i) => i);
		const rows = payloadRows(long, folding(1));
		expect(rows).toHaveLength(CHILDREN_STEP + 2);
		expect(rows.at(-1)).toMatchObject({ kind: "more", value: 150 });
		expect(payloadRows(long, folding(1, [], [[rowKey([]), 300]]))).toHaveLength(251);
	});

	it("open as deep as fits", () => {
		expect(openingDepth({ a: { b: { c: 1 } } })).toBe(4);
		expect(openingDepth(Array.from({ length: 500 }, () => ({ a: 1 })))).toBe(1);
	});
});

describe("bodies", () => {
	it("are JSON by content type or by look, text otherwise, and a file when binary", () => {
		expect(readBody('{"a":1}', false, "application/json")).toMatchObject({ kind: "json", value: { a: 1 } });
		expect(readBody(" [1]", false, null)).toMatchObject({ kind: "json" });
		expect(readBody("a=1", false, "application/x-www-form-urlencoded")).toEqual({ kind: "text", size: 3 });
		expect(readBody("{broken", false, "application/json")).toEqual({ kind: "text", size: 7 });
		expect(readBody("aGk=", true, "image/png")).toEqual({ kind: "binary", size: 2 });
		expect(readBody("", false, null)).toEqual({ kind: "empty" });
	});
});

describe("rows of names and values", () => {
	const rows = [
		{ key: 1, name: "a", value: 1 },
		{ key: 2, name: "a", value: 2 },
		{ key: 3, name: "", value: 3 },
		{ key: 4, name: "__proto__", value: 4 },
	];
	it("compose an object in which the first of doubled names counts", () => {
		const object = composeRows(rows);
		expect(Object.keys(object)).toEqual(["a", "__proto__"]);
		expect(object.a).toBe(1);
		expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
		expect([...doubledRows(rows)]).toEqual([2]);
	});
});

describe("statuses and pauses", () => {
	it("read numbers and ranges, and refuse the rest", () => {
		expect(readStatuses("200-299, 404")).toEqual(["200-299", 404]);
		expect(readStatuses(" ")).toEqual([]);
		expect(readStatuses("20")).toBeNull();
		expect(statusesText(["200-299", 404])).toBe("200-299, 404");
	});

	it("add up", () => {
		expect(pausesMs({ attempts: 5, backoff: "exponential", initialMs: 1000, maxMs: 600_000 })).toBe(15_000);
		expect(pausesMs({ attempts: 3, backoff: "fixed", initialMs: 500, maxMs: 500 })).toBe(1000);
		expect(pausesMs({ attempts: 1, backoff: "fixed", initialMs: 500, maxMs: 500 })).toBe(0);
	});

	it("grow between reconnections, half a minute at most", () => {
		expect(reconnectDelay(0, 1)).toBe(500);
		expect(reconnectDelay(3, 0)).toBe(2000);
		expect(reconnectDelay(50, 1)).toBe(30_000);
	});
});

describe("the workflow as JSON", () => {
	it("is read with what the worker would assume", () => {
		const read = readWorkflow('{"steps":[{"id":"push","type":"http","url":"https://x"}]}');
		expect(read).toMatchObject({
			ok: true,
			workflow: { steps: [{ method: "POST", headers: {}, timeoutMs: 10_000, retry: { attempts: 5 } }] },
		});
	});

	it.each([
		["[]", []],
		['{"steps":{}}', ["steps"]],
		['{"steps":[],"x":1}', ["x"]],
		['{"steps":[{"type":"map"}]}', ["steps", 0, "id"]],
		['{"steps":[{"id":"a","type":"mop"}]}', ["steps", 0, "type"]],
		['{"steps":[{"id":"a","type":"filter"}]}', ["steps", 0, "condition"]],
		['{"steps":[{"id":"a","type":"http","url":"x","headers":{"X":1}}]}', ["steps", 0, "headers"]],
		["{", []],
	])("says where %s goes wrong", (text, path) => {
		expect(readWorkflow(text)).toMatchObject({ ok: false, problem: { path } });
	});
});

describe("the views of a map's output", () => {
	it("are those that lose nothing", () => {
		expect(viewsFor({ a: "x" })).toEqual(["rows", "json"]);
		expect(viewsFor({ a: { b: 1 } })).toEqual(["json"]);
		expect(viewsFor("{{ event.body }}")).toEqual(["rows", "expression", "json"]);
		expect([viewOf({}), viewOf("x"), viewOf([1])]).toEqual(["rows", "expression", "json"]);
	});

	it("carry an expression into a field and leave everything else as it is", () => {
		expect(convertOutput("{{ a }}", "rows")).toEqual({ value: "{{ a }}" });
		expect(convertOutput({}, "expression")).toBe("{{ event.body }}");
		const output = { a: "x" };
		expect(convertOutput(output, "json")).toBe(output);
	});
});
