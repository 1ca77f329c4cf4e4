import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Sender } from "../../worker/connectors/sender.ts";
import { senderOf } from "../../worker/connectors/senders/index.ts";
import type { SchemeOptions } from "../../worker/endpoints/signatures/check.ts";
import type { SignedRequest } from "../../worker/endpoints/signatures/request.ts";
import type { Verdict } from "../../worker/endpoints/signatures/verdict.ts";
import { prepare, verify } from "../../worker/endpoints/signatures/verify.ts";

const FOLDER = fileURLToPath(new URL("./vectors/", import.meta.url));

/** A request that an independent implementation signed. */
export interface Vector {
	about: string;
	secrets: string[];
	options?: SchemeOptions;
	/** When it arrives, as ISO. */
	at: string;
	request: { method: string; url: string; headers: Record<string, string>; body?: string; bodyBase64?: string };
	/** Another secret of the right form; made from the first one unless it stands here. */
	otherSecret?: string;
	/** Texts of the body that the scheme covers, where that is not all of it. */
	bound?: string[];
	/** What the sender's key server answers, by the name that the engine asks for. */
	fetched?: Record<string, string>;
	/** For bespoke schemes: the signatures and the timestamp as they stand in the request. */
	signatures?: { text: string; encoding: "hex" | "base64" | "base64url" }[];
	timestamp?: string;
}

export interface VectorFile {
	sender: string;
	/** Package and version, or the page with the published example. */
	source: string;
	vectors: Vector[];
}

export function vectorFiles(): VectorFile[] {
	return readdirSync(FOLDER)
		.filter((name) => name.endsWith(".json"))
		.toSorted()
		.map((name) => JSON.parse(readFileSync(FOLDER + name, "utf8")) as VectorFile);
}

export function senderOfFile(file: VectorFile): Sender {
	const sender = senderOf(file.sender);
	if (sender === null) throw new Error(`There is no sender ${file.sender}.`);
	return sender;
}

/** A request that may be changed before it is judged. */
export interface Trial {
	method: string;
	url: string;
	headers: [name: string, value: string][];
	body: Uint8Array;
	secrets: readonly string[];
	now: number;
}

export function trialOf({ request, secrets, at }: Vector): Trial {
	const body = request.bodyBase64 === undefined ? Buffer.from(request.body ?? "") : Buffer.from(request.bodyBase64, "base64");
	return {
		method: request.method,
		url: request.url,
		headers: Object.entries(request.headers),
		body: Uint8Array.from(body),
		secrets,
		now: Date.parse(at),
	};
}

export const requestOf = ({ method, url, headers, body }: Trial): SignedRequest => ({
	method,
	url,
	headers,
	body: body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength) as ArrayBuffer,
});

/** Judges requests of one vector; what the engine needs to fetch is answered from the vector, and all else not at all. */
export function judgeOf(sender: Sender, { options, fetched = {} }: Vector): (trial: Trial) => Verdict {
	let last: { secrets: readonly string[]; prepared: ReturnType<typeof prepare> } | null = null;
	return (trial) => {
		if (last?.secrets !== trial.secrets) last = { secrets: trial.secrets, prepared: prepare(sender.signature, trial.secrets, options) };
		const answers = new Map<string, Uint8Array | null>();
		for (let round = 0; round < 6; round++) {
			const verdict = verify(last.prepared, requestOf(trial), trial.now, answers);
			if (verdict.status !== "needs") return verdict;
			const answer = fetched[verdict.fetch.name];
			answers.set(verdict.fetch.name, answer === undefined ? null : Buffer.from(answer));
		}
		throw new Error("The engine asks again for what it was told.");
	};
}
