import type { SignatureScheme } from "../../../worker/connectors/scheme.ts";
import { senderOf } from "../../../worker/connectors/senders/index.ts";
import type { SchemeOptions } from "../../../worker/endpoints/signatures/check.ts";
import type { SignedRequest } from "../../../worker/endpoints/signatures/request.ts";
import type { Fetched } from "../../../worker/endpoints/signatures/verdict.ts";
import { prepare, verify } from "../../../worker/endpoints/signatures/verify.ts";
import { type Vector, vectorFiles } from "../../connectors/vectors.ts";

export const FILES = vectorFiles();
export const NOW = Date.parse("2026-11-22T10:00:00Z");
export const SECRET = "a-secret-that-is-long-enough";

export function requestOf(headers: Record<string, string>, body = "{}", url = "https://inlet.example/in/key"): SignedRequest {
	return { method: "POST", url, headers: Object.entries(headers), body: Uint8Array.from(new TextEncoder().encode(body)).buffer };
}

export function schemeOf(id: string): SignatureScheme {
	const sender = senderOf(id);
	if (sender === null) throw new Error(`no sender ${id}`);
	return sender.signature;
}

/** What the engine says of a request at `NOW`. */
export function judged(id: string, secrets: string[], request: SignedRequest, options: SchemeOptions = {}, fetched?: Fetched) {
	return verify(prepare(schemeOf(id), secrets, options), request, NOW, fetched);
}

/** A sender's first vector. */
export function vectorOf(sender: string): Vector {
	const vector = FILES.find((file) => file.sender === sender)?.vectors[0];
	if (vector === undefined) throw new Error(`no vector of ${sender}`);
	return vector;
}
