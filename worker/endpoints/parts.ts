import type { Arrival, EndpointSettings, Headers as HeaderList, Rejection } from "../events/protocol/delivery";
import { eventOf } from "../integrations/arrival";
import type { BodyRead } from "./body";
import { ADDRESS_MAX_LENGTH, keptAddress, keptHeaders } from "./headers";

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

/** What an event is made of. */
export const requestOf = (parts: Parts): Pick<Arrival, "method" | "path" | "query" | "headers" | "body" | "hops"> => {
	const { method, path, query, headers, hops } = parts;
	return { method, path, query, headers: keptHeaders(headers), body: bodyOf(parts), hops };
};

/** @param now epoch ms */
export const arrivalOf = (parts: Parts, settings: EndpointSettings, now: number): Arrival => eventOf(requestOf(parts), settings, now);

export function rejectionOf(parts: Parts, { code, httpStatus, detail }: Fault): Rejection {
	const { method, path, query, read } = parts;
	const size = read.status === "read" ? read.body.byteLength : read.atLeast;
	const addressLength = path.length + query.length;
	const told = addressLength > ADDRESS_MAX_LENGTH ? { ...detail, addressLength } : detail;
	const head = { ...keptAddress(path, query), headers: keptHeaders(parts.headers) };
	return { code, httpStatus, method, ...head, size, body: bodyOf(parts), ...(told && { detail: told }) };
}
