import fc from "fast-check";
import { describe, expect, it, test, vi } from "vitest";
import { type Batch, batchOf, isBatchPath, itemHeaders } from "../../worker/integrations/batch";

const encode = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
const part = (body: string | ArrayBuffer, path = "event.body", type = "application/json", most = 500): Batch =>
	batchOf(path, [["content-type", type]], typeof body === "string" ? encode(body) : body, most);
const items = (batch: Batch): string[] => {
	if (batch.status !== "items") throw new Error(batch.status);
	return batch.items;
};

describe("a batch is parted into the words in which its items were sent", () => {
	it.each([
		["at the top", "[1, 2]", "event.body", ["1", "2"]],
		["inside", '{"a":{"list":[{"x":1},[2]," ]} "]}}', "event.body.a.list", ['{"x":1}', "[2]", '" ]} "']],
		["in a list", '[{"list":[1]},{"list":[2,3]}]', "event.body.1.list", ["2", "3"]],
		["with blanks", ' \n[ 1 ,\t{ "a" : [ ] } ,\r\nnull ] ', "event.body", ["1", '{ "a" : [ ] }', "null"]],
		["numbers as they are", "[12345678901234567890,1.10,1e999,-0]", "event.body", ["12345678901234567890", "1.10", "1e999", "-0"]],
		["strings with marks", '["\\"]","\\\\",",","[{"]', "event.body", ['"\\"]"', '"\\\\"', '","', '"[{"']],
		["the last of a repeated name", '{"l":[1],"l":[2]}', "event.body.l", ["2"]],
		["a name written with an escape", '{"\\u006c":[7]}', "event.body.l", ["7"]],
		["names that JavaScript knows", '{"__proto__":[1],"constructor":[2]}', "event.body.__proto__", ["1"]],
		["empty", "[]", "event.body", []],
	])("%s", (_name, body, path, expected) => expect(items(part(body, path))).toEqual(expected));

	it("whatever the JSON is", () => {
		const json = fc.oneof(
			fc.json(),
			fc.jsonValue().map((value) => JSON.stringify(value, null, "\t")),
		);
		fc.assert(
			fc.property(fc.array(json, { maxLength: 20 }), fc.constantFrom("", " ", "\n\t"), (list, blank) => {
				const text = `{"before":"]}[{","list":[${list.map((item) => blank + item + blank).join(",")}],"after":[0]}`;
				expect(items(part(text, "event.body.list"))).toEqual(list);
			}),
			{ numRuns: 300 },
		);
	});

	it("one JSON value a line, empty lines passed over", () => {
		expect(items(part('{"a":1}\r\n\n[2]\n"x"', "event.body", "application/x-ndjson"))).toEqual(['{"a":1}', "[2]", '"x"']);
		expect(part('{"a":1}\n{', "event.body", "application/x-ndjson").status).toBe("whole");
		expect(part('{"a":[1]}', "event.body.a", "application/x-ndjson").status).toBe("whole");
	});

	it("in UTF-16 as well as in UTF-8", () => {
		const utf16 = new Uint16Array([...'﻿["ü"]'].map((one) => one.charCodeAt(0))).buffer;
		expect(items(part(utf16))).toEqual(['"ü"']);
	});
});

describe("a delivery is one event", () => {
	it.each([
		["not an array", '{"a":1}', "event.body", "application/json"],
		["nothing at that path", '{"a":1}', "event.body.events", "application/json"],
		["no JSON", "[1,", "event.body", "application/json"],
		["an array in a text", "[1,2]", "event.body", "text/plain"],
		["an array without a type", "[1,2]", "event.body", ""],
		["empty", "", "event.body", "application/json"],
		["an array in a string", '"[1]"', "event.body", "application/json"],
	])("%s", (_name, body, path, type) => expect(part(body, path, type)).toEqual({ status: "whole" }));

	test("bytes that are not UTF-8", () => expect(part(new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]).buffer)).toEqual({ status: "whole" }));
});

test("too many items are counted no further than they may be", () => {
	expect(part(JSON.stringify(Array(500).fill(1))).status).toBe("items");
	expect(part(JSON.stringify(Array(501).fill(1)))).toEqual({ status: "too_many" });
	expect(part("1\n2\n3", "event.body", "application/x-ndjson", 2)).toEqual({ status: "too_many" });
});

test("one that is more than an execution would read is left whole before anything of it is built", () => {
	const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
	expect(items(part(`[${nested(63)},1]`))).toEqual([nested(63), "1"]);
	const parse = vi.spyOn(JSON, "parse");
	expect(part(`[${nested(64)},1]`)).toEqual({ status: "whole" });
	expect(part(`1\n${nested(65)}`, "event.body", "application/x-ndjson")).toEqual({ status: "whole" });
	expect(part(`[${"[],".repeat(1_000_000)}1]`)).toEqual({ status: "whole" });
	expect(parse.mock.calls).toEqual([["1"]]);
	parse.mockRestore();
});

test("an item is JSON in UTF-8, whatever its delivery was", () => {
	const of = (type: string) => itemHeaders([["content-type", type]])[0]?.[1];
	expect(of("application/json; charset=utf-8")).toBe("application/json; charset=utf-8");
	expect(of("application/cloudevents-batch+json")).toBe("application/cloudevents-batch+json");
	expect(of("application/json; charset=UTF-16")).toBe("application/json");
	expect(of("application/x-ndjson")).toBe("application/json");
	expect(itemHeaders([["x-a", "1"]])).toEqual([["x-a", "1"]]);
});

test("a path names one place in the body", () => {
	expect(["event.body", "event.body.events", "event.body.data.0.list"].every(isBatchPath)).toBe(true);
	expect(["", "body", "event.headers.x", "event.query", "event.body.a,event.body.b", "event.body."].some(isBatchPath)).toBe(false);
});
