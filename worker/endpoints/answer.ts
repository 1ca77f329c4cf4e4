import type { AcceptAnswer, BatchAnswer } from "../events/protocol/delivery";
import { newId } from "../ids";
import type { WebhookSettings } from "../integrations/settings";

/** What senders are told. Always JSON or nothing, never a page, never a cookie: the UI shares this origin. */
const FIELDS = {
	"content-type": "application/json; charset=utf-8",
	"x-content-type-options": "nosniff",
	"content-security-policy": "default-src 'none'; sandbox",
	"referrer-policy": "no-referrer",
	"cache-control": "no-store",
} as const;

/** Copied into each answer by the runtime, which is cheaper than naming them again. */
const HEADERS = new Headers(FIELDS);

export function accepted(
	answer: Extract<AcceptAnswer, { status: "accepted" | "duplicate" }>,
	response: WebhookSettings["response"],
): Response {
	const { status, eventId, sequence } = answer;
	const httpStatus = status === "duplicate" ? 200 : response.status;
	if (response.body === "empty") return new Response(null, { status: httpStatus, headers: HEADERS });
	return new Response(`{"id":"${eventId}","sequence":${sequence},"status":"${status}"}`, { status: httpStatus, headers: HEADERS });
}

/** The same for a delivery that held several events, or none. */
export function acceptedBatch(
	{ status, eventIds, sequence, duplicates }: Extract<BatchAnswer, { status: "accepted" | "duplicate" }>,
	response: WebhookSettings["response"],
): Response {
	const httpStatus = status === "duplicate" ? 200 : response.status;
	if (response.body === "empty") return new Response(null, { status: httpStatus, headers: HEADERS });
	return new Response(JSON.stringify({ ids: eventIds, sequence, status, duplicates }), { status: httpStatus, headers: HEADERS });
}

/** What a sender's handshake asks for: its own value or nothing, never a page. */
export function handshaken({ status, body, headers }: { status: number; body: string | null; headers: Record<string, string> }): Response {
	const { "content-type": _, ...fields } = FIELDS;
	return new Response(body, { status, headers: { ...fields, ...headers } });
}

export function refused(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
	const body = JSON.stringify({ error: { code, message, requestId: newId("req") } });
	return new Response(body, { status, headers: { ...FIELDS, ...headers } });
}

/** Forged, rotated away, deleted or not enabled: nobody outside can tell which. */
export const unknownEndpoint = (): Response =>
	refused(
		404,
		"unknown_endpoint",
		"There is no webhook at this address. Copy the URL again from the integration's Webhook tab, and see that it is enabled.",
	);

export const tryLater = (status: 429 | 503, code: string, message: string, seconds: number): Response =>
	refused(status, code, message, { "retry-after": String(seconds) });
