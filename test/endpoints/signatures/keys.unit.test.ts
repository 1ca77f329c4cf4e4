import { describe, expect, it } from "vitest";
import { prepare, verify } from "../../../worker/endpoints/signatures/verify.ts";
import { trialOf, requestOf as vectorRequest } from "../../connectors/vectors.ts";
import { judged, NOW, requestOf, schemeOf, vectorOf } from "./given.ts";

describe("a certificate named by the request", () => {
	const paypal = vectorOf("paypal");
	const withUrl = (url: string) => {
		const { headers } = paypal.request;
		return judged("paypal", paypal.secrets, requestOf({ ...headers, "paypal-cert-url": url }, paypal.request.body));
	};

	it("is asked for at PayPal's own host", () => {
		const url = paypal.request.headers["paypal-cert-url"] ?? "";
		expect(withUrl(url)).toEqual({
			status: "needs",
			fetch: expect.objectContaining({ url, hosts: ["api.sandbox.paypal.com"], method: "GET", headers: {} }),
		});
	});

	it.each([
		"http://api.paypal.com/v1/notifications/certs/CERT-1",
		"https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
		"https://evil.example/v1/notifications/certs/CERT-1",
		"https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
		"https://evil.example\\@api.paypal.com/v1/notifications/certs/CERT-1",
		"https://user@api.paypal.com/v1/notifications/certs/CERT-1",
		"https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
		"https://api.paypal.com/v1/notifications/certs/../../oauth2/token",
		"https://api.paypal.com/v1/notifications/certs/CERT-1?x=1",
		"https://api.paypal.com/v1/payments",
		"//api.paypal.com/v1/notifications/certs/CERT-1",
		"not a url",
	])("is never asked for at %s", (url) => {
		expect(withUrl(url)).toMatchObject({ status: "rejected", reason: { kind: "key_refused" } });
	});

	it("is refused where it is none, of another kind, or out of its time; and missed where it cannot be had", () => {
		const name = `certificate ${paypal.request.headers["paypal-cert-url"]}`;
		const request = vectorRequest(trialOf(paypal));
		const withAnswer = (answer: Uint8Array | null, at = NOW) =>
			verify(prepare(schemeOf("paypal"), paypal.secrets), request, at, new Map([[name, answer]]));
		expect(withAnswer(new TextEncoder().encode("no certificate"))).toMatchObject({ reason: { kind: "key_refused" } });
		expect(withAnswer(null)).toMatchObject({ reason: { kind: "key_unavailable" } });
		const certificate = new TextEncoder().encode(paypal.fetched?.[name]);
		expect(withAnswer(certificate)).toEqual({ status: "verified", by: 0 });
		expect(withAnswer(certificate, Date.parse("2046-01-01"))).toMatchObject({ reason: { kind: "key_refused" } });
	});

	it.each([
		"https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem",
		"https://sns.us-east-1.amazonaws.com/bucket/SimpleNotificationService-0.pem",
		"https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem?x",
		"https://sns.amazonaws.com/SimpleNotificationService-0.pem",
		"https://s3.amazonaws.com/SimpleNotificationService-0.pem",
		"https://snsXus-east-1.amazonaws.com/SimpleNotificationService-0.pem",
	])("is never asked of SNS at %s", (url) => {
		const sns = vectorOf("aws-sns");
		const body = JSON.stringify({ ...JSON.parse(sns.request.body ?? ""), SigningCertURL: url });
		expect(judged("aws-sns", sns.secrets, requestOf({}, body))).toMatchObject({ status: "rejected", reason: { kind: "key_refused" } });
	});
});

describe("a key handed out by the sender", () => {
	it("is asked for with the owner's credentials and filed under their name alone", () => {
		const { secrets, request, options = {} } = vectorOf("plaid");
		const first = judged("plaid", secrets, requestOf(request.headers, request.body), options);
		const second = judged("plaid", ["another-secret"], requestOf(request.headers, request.body), options);
		if (first.status !== "needs" || second.status !== "needs") throw new Error("expected both to ask for a key");
		expect(first.fetch).toMatchObject({ hosts: ["sandbox.plaid.com"], method: "POST" });
		expect(first.fetch.name).not.toBe(second.fetch.name);
		expect(first.fetch.name).not.toContain(secrets[0]);
	});

	it("is asked for at eBay with a token that is asked for first", () => {
		const { secrets, request, fetched = {} } = vectorOf("ebay");
		const first = judged("ebay", secrets, requestOf(request.headers, request.body));
		if (first.status !== "needs") throw new Error("expected a token to be asked for");
		expect(first.fetch.url).toBe("https://api.ebay.com/identity/v1/oauth2/token");
		const token = new Map([[first.fetch.name, new TextEncoder().encode(fetched[first.fetch.name])]]);
		expect(judged("ebay", secrets, requestOf(request.headers, request.body), {}, token)).toMatchObject({
			status: "needs",
			fetch: {
				url: expect.stringContaining("https://api.ebay.com/commerce/notification/v1/public_key/"),
				headers: { authorization: "Bearer v^1.1" },
			},
		});
	});
});
