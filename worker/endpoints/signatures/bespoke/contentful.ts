import type { BespokeScheme, TimestampField } from "../../../connectors/scheme";
import { type Check, type LiveSecret, rejected, withinWindow } from "../check";
import { pathAndQuery } from "../message";
import { find, header, type Reading } from "../reading";
import { candidatesOf } from "../signature-field";
import { matcherOf } from "../signed";
import { signedAtOf } from "../timestamp";

const TIMESTAMP_HEADER = "x-contentful-timestamp";
const LIST_HEADER = "x-contentful-signed-headers";
const TIMESTAMP: Omit<TimestampField, "toleranceSeconds"> = { in: { header: TIMESTAMP_HEADER }, unit: "milliseconds" };
const SIGNATURE = { in: { header: "x-contentful-signature" }, encoding: "hex" } as const;
const HEADERS_MAX = 50;

/** Method, path, the headers that the request names itself, and body, on a line each. The list must name itself and the timestamp. */
export function contentful({ toleranceSeconds = 30 }: BespokeScheme, secrets: readonly LiveSecret[]): Check | null {
	const matcher = matcherOf({ kind: "hmac", digest: "sha256", signature: SIGNATURE, message: [] }, secrets);
	if (matcher === null) return null;
	return (reading, now) => {
		const candidates = candidatesOf(SIGNATURE, reading);
		if (candidates.status === "rejected") return candidates;
		const signedAt = signedAtOf({ ...TIMESTAMP, toleranceSeconds }, candidates.pairs, reading);
		if (signedAt.status === "rejected") return signedAt;
		const headers = signedHeaders(reading);
		if (headers === null) return rejected({ kind: "part_missing", where: `header ${LIST_HEADER}` });
		const { method, url } = reading.request;
		const by = matcher([`${method}\n${encodedPath(pathAndQuery(url))}\n${headers}\n`, reading.bytes], candidates.signatures);
		if (by === null) return rejected({ kind: "no_match", where: candidates.where, candidates: 1, secrets: secrets.length });
		return withinWindow(by, signedAt, now, toleranceSeconds);
	};
}

function signedHeaders(reading: Reading): string | null {
	const list = find({ header: LIST_HEADER }, reading);
	const names = list.status === "found" ? (list.values[0] ?? "").split(",") : [];
	if (names.length > HEADERS_MAX || !names.includes(TIMESTAMP_HEADER) || !names.includes(LIST_HEADER)) return null;
	const lines: string[] = [];
	for (const name of names.toSorted()) {
		const found = header(name, reading);
		if (found.status !== "found") return null;
		lines.push(`${name}:${(found.values[0] ?? "").trim()}`);
	}
	return lines.join(";");
}

/** Contentful escapes the whole query once and then the whole path, percent signs included. */
function encodedPath(path: string): string {
	const question = path.indexOf("?");
	if (question < 0) return encodeURI(path);
	const query = path.slice(question + 1);
	return encodeURI(query === "" ? path.slice(0, question) : `${path.slice(0, question)}?${encodeURIComponent(query)}`);
}
