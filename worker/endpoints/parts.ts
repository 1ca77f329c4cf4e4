import { senderOf } from "../connectors/senders";
import type { Arrival, EndpointSettings, Headers as HeaderList, Rejection } from "../events/protocol/delivery";
import { keySource } from "../integrations/key-source";
import { type KeySource, laneOf, valueAt } from "../integrations/lane";
import type { BodyRead } from "./body";
import { duplicateKeyOf } from "./duplicates";

/** A request taken apart, and what the Sequencer is told of it. */
export interface Parts {
	/** As the sender called it, whole. */
	url: string;
	method: string;
	path: string;
	query: string;
	headers: HeaderList;
	encoding: string | null;
	/** Addresses that it came from; none where nobody trustworthy says. */
	askers: () => readonly string[];
	read: Exclude<BodyRead, { status: "broken_off" }>;
	hops: number;
}

/** Why a request is turned down, and what its sender is told. */
export interface Fault extends Pick<Rejection, "code" | "httpStatus" | "detail"> {
	message: string;
	headers?: Record<string, string>;
}

/** What came, or as much of it as is kept of a body that is too large. */
export const bodyOf = ({ read }: Parts): ArrayBuffer => (read.status === "read" ? read.body : read.head);

export function arrivalOf(parts: Parts, { webhook, ordering }: EndpointSettings): Arrival {
	const { method, path, query, headers, hops } = parts;
	const body = bodyOf(parts);
	const source = keySource({ method, path, query, headers, body });
	const { dedupe, verification } = webhook;
	const arrival: Arrival = { method, path, query, headers, body, lane: laneOf(ordering, source), duplicateKey: null, hops };
	if (verification.scheme === "none") {
		if (dedupe.mode !== "off") arrival.duplicateKey = duplicateKeyOf(dedupe, source, headers, body);
		return arrival;
	}
	const sender = senderOf(verification.scheme);
	if (dedupe.mode !== "off") arrival.duplicateKey = duplicateKeyOf(dedupe, source, headers, body, sender?.duplicateId);
	arrival.sender = verification.scheme;
	arrival.name = nameOf(sender?.eventName ?? [], source);
	return arrival;
}

export function rejectionOf(parts: Parts, { code, httpStatus, detail }: Fault): Rejection {
	const { method, path, query, headers, read } = parts;
	const size = read.status === "read" ? read.body.byteLength : read.atLeast;
	return { code, httpStatus, method, path, query, headers, size, body: bodyOf(parts), ...(detail && { detail }) };
}

const NAME_MAX_LENGTH = 120;

/** What the sender calls this kind of event: the first of the places where it may stand that has a text. */
export function nameOf(paths: readonly string[], source: KeySource): string | null {
	for (const path of paths) {
		const value = valueAt(path, source);
		if (typeof value === "string" && value !== "") return value.slice(0, NAME_MAX_LENGTH);
	}
	return null;
}
