import { describe, expect, test } from "vitest";
import { contentTypeOf, headersIn, isJsonEvent, ofEvent, ofSample, requestOf } from "../../../ui/pages/editor/run/run-request";
import { eventOfSample } from "../../../ui/pages/editor/senders";

const sample = (body: string, contentType: string, headers: Record<string, string> = {}) => ({
	event: "order.paid",
	title: "An order was paid",
	headers,
	body,
	contentType,
});

describe("an event to run by hand", () => {
	test("is a sender's sample with its headers, JSON as JSON and anything else as it stands", () => {
		const json = ofSample(sample('{"id":7}', "application/vnd.shop+json", { "X-Topic": "orders" }));
		expect(requestOf(json)).toEqual({
			ok: true,
			value: { body: { id: 7 }, headers: { "content-type": "application/vnd.shop+json", "x-topic": "orders" } },
		});
		const form = ofSample(sample("a=1&b=x%20y", "application/x-www-form-urlencoded"));
		expect([isJsonEvent(form), contentTypeOf(form)]).toEqual([false, "application/x-www-form-urlencoded"]);
		expect(requestOf(form)).toEqual({
			ok: true,
			value: { text: "a=1&b=x%20y", headers: { "content-type": "application/x-www-form-urlencoded" } },
		});
	});

	test("is a received one without what was masked or spoke of its bytes", () => {
		const received = eventOfSample(sample("<a>1</a>", "text/xml"), "shopify");
		const headers: [string, string][] = [
			["content-type", "text/xml"],
			["content-length", "8"],
			["authorization", "Bearer ••••"],
			["x-topic", "orders"],
		];
		const typed = ofEvent({ ...received, headers });
		expect(typed).toEqual({ body: "<a>1</a>", headers: "content-type: text/xml\nx-topic: orders" });
		expect(ofEvent({ ...received, bodyEncoding: "base64" })).toBeNull();
	});

	test("says which part cannot be read", () => {
		expect(requestOf({ body: "{oops", headers: "" })).toMatchObject({ ok: false, part: "body" });
		expect(requestOf({ body: "{}", headers: "x-topic: a\nno header" })).toMatchObject({ ok: false, part: "headers" });
		expect(requestOf({ body: " ", headers: "" })).toEqual({ ok: true, value: {} });
		expect(headersIn("X-A: 1\nx-a:2\n\n x-empty:")).toEqual({ ok: true, value: { "x-a": "1, 2", "x-empty": "" } });
	});
});
