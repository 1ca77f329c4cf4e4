import type { HttpRequestRecord } from "../../events/protocol/journal";
import { base64, textOrNull } from "../../integrations/body/readable";
import { maskRequestHeaders, maskUrl } from "../mask";
import type { OutboundRequest } from "../outbound";
import type { Run } from "./step";

/** Characters of bodies that the calls of one execution are recorded with together; beyond, bodies are cut visibly. */
const RECORDS_MAX = 6 * 1024 * 1024;

/** Characters that the execution's record still has room for. */
export function roomFor(run: Run): number {
	let used = 0;
	for (const { attempts } of run.journal) {
		for (const { request, response } of attempts) used += (request?.body?.length ?? 0) + (response?.body?.length ?? 0);
	}
	return Math.max(0, RECORDS_MAX - used);
}

/** The request as the log shows it: whole, its credentials masked. */
export function requestRecord(request: OutboundRequest, room: number): HttpRequestRecord {
	const headers = maskRequestHeaders(request.headers, request.credentials);
	return { method: request.method, url: maskUrl(request.url), headers, ...recordedBody(request.body, room) };
}

export function recordedBody(body: OutboundRequest["body"], room: number): { body: string | null; bodyEncoding?: "base64" } {
	if (body === null || body.length === 0) return { body: null };
	const text = typeof body === "string" ? body : textOrNull(body);
	if (text === null) return { body: cut(base64(body as Uint8Array), room), bodyEncoding: "base64" };
	return { body: cut(text, room) };
}

function cut(text: string, room: number): string {
	return text.length <= room ? text : `${text.slice(0, room)}… (${text.length - room} more characters were not kept)`;
}
