import { describe, expect, it } from "vitest";
import type { Headers } from "../../worker/events/protocol/delivery";
import { getEvent } from "../../worker/history/events";
import { getExecution } from "../../worker/history/executions";
import { headerWords } from "../../worker/history/search-text";
import { shownRequest } from "../../worker/history/shown";
import { eventId, executionId } from "../../worker/ids";
import { tokenFields, type VerificationSettings } from "../../worker/integrations/verification";
import { History, INTEGRATION } from "../given/history";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const headers: Headers = [
	["content-type", "application/json"],
	["x-door", "open sesame"],
	["authorization", "Bearer abcdef123"],
];

describe("where a sender's secret comes along", () => {
	it.each<[VerificationSettings, string[]]>([
		[{ scheme: "header-token", header: "X-Door" }, ["event.headers.x-door"]],
		[{ scheme: "jwt", header: "X-Door", algorithm: "HS256" }, ["event.headers.x-door"]],
		[{ scheme: "jwt", algorithm: "HS256" }, ["event.headers.authorization"]],
		[{ scheme: "basic" }, ["event.headers.authorization"]],
		[{ scheme: "meta" }, ["event.query.hub.verify_token"]],
		[{ scheme: "notion" }, ["event.body.verification_token"]],
		[{ scheme: "asana" }, ["event.headers.x-hook-secret"]],
		[{ scheme: "microsoft-graph" }, ["event.body.value[].clientState"]],
		[{ scheme: "gitlab" }, ["event.headers.x-gitlab-token"]],
	])("is known of %j", (settings, fields) => expect(tokenFields(settings)?.fields).toEqual(fields));

	it.each<VerificationSettings>([{ scheme: "none" }, { scheme: "stripe" }, { scheme: "hmac", header: "x-signature" }])(
		"is nowhere with %j",
		(settings) => {
			expect(tokenFields(settings)).toBeNull();
		},
	);
});

describe("a stored request as it is shown", () => {
	it("hides a token in a header of one's own choice, and nothing else beside credentials", () => {
		const token = tokenFields({ scheme: "header-token", header: "X-Door" });
		const shown = shownRequest({ token }, { query: "?a=1", headers, body: bytes('{"a": 1}') });
		expect(shown).toEqual({
			query: "?a=1",
			headers: [
				["content-type", "application/json"],
				["x-door", "••••"],
				["authorization", "Bearer ••••"],
			],
			body: '{"a": 1}',
			bodyEncoding: "utf8",
		});
	});

	it("hides a token in the body, and shows what is no JSON as it came", () => {
		const token = tokenFields({ scheme: "microsoft-graph" });
		const show = (text: string): string => shownRequest({ token }, { query: "", headers, body: bytes(text) }).body;
		expect(show('{"value":[{"clientState":"s3cret","n":1.0}]}')).toBe('{"value":[{"clientState":"••••","n":1.0}]}');
		expect(show("value=1")).toBe("value=1");
	});

	it("is so in an event, in what its steps made of it, and in the index of words", () => {
		const history = new History();
		const sequence = history.event({ headers, body: "{}" });
		const output = { passed: "on to open sesame" };
		history.execution(sequence, "succeeded", { steps: [{ path: "a", id: "a", type: "map", status: "succeeded", attempts: [], output }] });
		const reading = { ...history.reading, token: tokenFields({ scheme: "header-token", header: "X-Door" }) };
		expect(JSON.stringify(getEvent(history.sql, reading, eventId(INTEGRATION, sequence)))).not.toContain("sesame");
		expect(JSON.stringify(getExecution(history.sql, reading, executionId(INTEGRATION, sequence, 1)))).toContain("on to ••••");
		expect(headerWords(headers, reading.token)).toBe("application/json");
		expect(headerWords(headers)).toContain("sesame");
	});
});
