import { describe, expect, test } from "vitest";
import type { Sender } from "../../worker/connectors/sender";
import { SENDERS, senderOf } from "../../worker/connectors/senders";
import { formatsOf, trueHeaders } from "../../worker/integrations/sender-format";

const JSON_BODY = '{"id":"evt_1","type":"payment","note":"a=b&c=d"}';
const FORM_BODY = "payload=%7B%22id%22%3A1%7D&id=evt_1";
const XML_BODY = '<?xml version="1.0"?><event id="evt_1"/>';
/** What a body may be called by whoever sends it. */
const TYPES = [
	null,
	"",
	"application/json",
	"application/json; charset=utf-8",
	"application/json; charset=utf-16le",
	"application/vnd.api+json",
	"application/x-ndjson",
	"application/jsonl",
	"text/plain",
	"text/html",
	"application/x-www-form-urlencoded",
	"application/x-www-form-urlencoded; charset=utf-16",
	"multipart/form-data; boundary=b",
	"text/xml",
	"application/xml; charset=iso-8859-1",
	"application/octet-stream",
	"application/jwt",
	"text/plain, application/json",
];

function calledAfter(sender: Sender | null, called: string | null, body: string): string | undefined {
	const headers: [string, string][] = called === null ? [["x-shop", "7"]] : [["content-type", called]];
	const bytes = new TextEncoder().encode(body).buffer as ArrayBuffer;
	return trueHeaders(sender, headers, bytes).find(([name]) => name === "content-type")?.[1];
}

/** The format that a content type stands for. */
const kindOf = (type = ""): string =>
	/json\b/.test(type) ? "json" : /xml\b/.test(type) ? "xml" : /form-urlencoded/.test(type) ? "form" : type;

describe("what a known sender signed is read in one way, whatever it is called", () => {
	test.each([
		["stripe", JSON_BODY, "json"],
		["stripe", FORM_BODY, "json"],
		["github", JSON_BODY, "json"],
		["github", FORM_BODY, "form"],
		["github", ` \n${JSON_BODY}`, "json"],
		["github", `\ufeff${JSON_BODY}`, "json"],
		["github", XML_BODY, "json"],
		["braintree", FORM_BODY, "form"],
		["braintree", JSON_BODY, "form"],
		["twilio", JSON_BODY, "json"],
		["twilio", FORM_BODY, "form"],
		["docusign", XML_BODY, "xml"],
		["docusign", "[1]", "json"],
		["adyen", JSON_BODY, "json"],
		["netlify", JSON_BODY, "json"],
	])("%s: %j is %s", (id, body, format) => {
		expect(new Set(TYPES.map((type) => kindOf(calledAfter(senderOf(id), type, body))))).toEqual(new Set([format]));
	});

	test("a charset that would change it goes, and what changes nothing stays as it was sent", () => {
		const github = senderOf("github");
		expect(calledAfter(github, "application/json; charset=UTF-8", JSON_BODY)).toBe("application/json; charset=UTF-8");
		expect(calledAfter(github, "application/vnd.api+json", JSON_BODY)).toBe("application/vnd.api+json");
		expect(calledAfter(github, "application/x-www-form-urlencoded; charset=utf-16", FORM_BODY)).toBe("application/x-www-form-urlencoded");
		expect(calledAfter(github, 'application/x-www-form-urlencoded; charset="utf-7"', FORM_BODY)).toBe("application/x-www-form-urlencoded");
	});
});

test("an empty body, and what comes from nobody known, is called what it was called", () => {
	expect(calledAfter(senderOf("stripe"), "text/plain", "")).toBe("text/plain");
	expect(calledAfter(null, "text/plain", JSON_BODY)).toBe("text/plain");
});

test("only who signs no body, or passes on what others write, sends just anything", () => {
	const any = SENDERS.filter((sender: Sender) => formatsOf(sender) === "any").map(({ id }) => id);
	expect(any).toEqual(expect.arrayContaining(["basic", "bearer", "header-token", "hmac", "hookdeck", "jwt", "standard-webhooks", "svix"]));
	for (const id of ["stripe", "shopify", "github", "mailgun", "adyen", "twilio", "supabase", "netlify", "paypal"])
		expect(any).not.toContain(id);
});
