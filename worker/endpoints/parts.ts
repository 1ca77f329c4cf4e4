import { senderOf } from "../connectors/senders";
import type { Arrival, EndpointSettings, Headers as HeaderList, Rejection } from "../events/protocol/delivery";
import { duplicateKeyOf } from "../integrations/duplicates";
import { keySource } from "../integrations/key-source";
import { laneOf } from "../integrations/lane";
import { factsOf } from "../integrations/sender-facts";
import { trueHeaders } from "../integrations/sender-format";
import type { BodyRead } from "./body";

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

/** @param now epoch ms */
export function arrivalOf(parts: Parts, { webhook, ordering }: EndpointSettings, now: number): Arrival {
	const { method, path, query, hops } = parts;
	const { dedupe, verification } = webhook;
	const sender = verification.scheme === "none" ? null : senderOf(verification.scheme);
	const body = bodyOf(parts);
	const headers = trueHeaders(sender, parts.headers, body);
	const source = keySource({ method, path, query, headers, body });
	const arrival: Arrival = { method, path, query, headers, body, lane: laneOf(ordering, source), duplicateKey: null, hops };
	if (dedupe.mode !== "off" || sender?.takenOnce) arrival.duplicateKey = duplicateKeyOf(dedupe, source, arrival, sender);
	if (verification.scheme === "none") return arrival;
	return Object.assign(arrival, { sender: verification.scheme }, factsOf(sender, source, now));
}

export function rejectionOf(parts: Parts, { code, httpStatus, detail }: Fault): Rejection {
	const { method, path, query, headers, read } = parts;
	const size = read.status === "read" ? read.body.byteLength : read.atLeast;
	return { code, httpStatus, method, path, query, headers, size, body: bodyOf(parts), ...(detail && { detail }) };
}
