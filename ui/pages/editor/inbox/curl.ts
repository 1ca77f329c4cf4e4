import type { Headers } from "../../../../worker/api/types";
import { MASK } from "../mask";

/** A stored request as a command for a shell. */
export interface CurlRequest {
	method: string;
	path: string;
	query: string;
	/** Credentials in them are masked. */
	headers: Headers;
	body: string;
	bodyEncoding: "utf8" | "base64";
	/** Under which the body is to be saved, where it does not fit into the command. */
	fileName: string;
}

/** curl says these itself, or the connection does. */
const LEFT_OUT = /^(host|content-length|transfer-encoding|connection|accept-encoding|expect)$/i;
/** One argument has 128 KiB at most under Linux. */
const ARGUMENT_BYTES = 100_000;
/** A terminal that edits no lines takes 4,096 characters in each. */
const BASE64_LINE = 76;

/**
 * What a terminal shows and does not obey. A command is pasted, and what a sender wrote stands in it: a control character
 * would end the paste, break off the line or move the cursor, and what follows would be typed as a command of its own.
 */
const PLAIN = /^[\t\n\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;
const LINE = new RegExp(`[A-Za-z0-9+/=]{1,${BASE64_LINE}}`, "g");
const PLAIN_HEADER = /^[\x20-\x7e]*$/;

/**
 * The request as one command for sh, bash and zsh.
 * @param url of the endpoint; null where the viewer may not know it: the command then asks for it
 */
export function curlOf(url: string | null, request: CurlRequest): string {
	const { method, body } = request;
	const headers = request.headers.filter((header) => !LEFT_OUT.test(header[0]) && isPlain(header));
	const unwritten = unwrittenHeaders(request.headers);
	const masked = [...new Set(headers.filter(([, value]) => value.includes(MASK)).map(([name]) => name))];
	const end = `${request.path === "/" ? "" : request.path}${request.query}`.replaceAll(/[^\x20-\x7e]+/g, percentEncoded);
	const target = url === null ? `"$INLET_URL"${end === "" ? "" : quoted(end)}` : quoted(url + end);

	const options = [
		...methodOptions(method, body !== ""),
		// curl reads brackets and braces as patterns, and dots in a path as ways up.
		...(/[[\]{}]/.test(end) ? ["--globoff"] : []),
		...(/\/\.{1,2}(?:[/?]|$)/.test(end) ? ["--path-as-is"] : []),
	];
	const parts = [["curl", ...options, target].join(" "), ...headers.map(headerOption)];
	if (body !== "" && !headers.some(([name]) => name.toLowerCase() === "content-type")) parts.push("-H 'Content-Type:'");

	const notes = [
		...(masked.length > 0 ? [`Masked by Inlet: ${masked.join(", ")}. Put the real value in.`] : []),
		...(unwritten > 0 ? [`Left out by Inlet, for characters that a command cannot hold: ${countOf(unwritten)}.`] : []),
		...(url === null ? ["Set INLET_URL to the URL of the endpoint."] : []),
	];
	let before = "";
	if (body !== "") {
		const data = dataOf(request);
		parts.push(data.option);
		before = data.before;
		if (data.note !== null) notes.push(data.note);
	}
	// A comment would be run by a shell that takes none at its prompt.
	const said = notes.map((note) => `: ${quoted(note)}\n`).join("");
	return `${said}${before}${parts.join(" \\\n  ")}`;
}

/** Whether the body is in the command; else it is to be downloaded beside it. */
export function isInCommand({ body, bodyEncoding }: Pick<CurlRequest, "body" | "bodyEncoding">): boolean {
	return (bodyEncoding === "base64" ? body.length : new TextEncoder().encode(body).length) <= ARGUMENT_BYTES;
}

/** Headers that a command leaves out, since their characters would do something in a terminal or arrive as others. */
export function unwrittenHeaders(headers: Headers): number {
	return headers.filter((header) => !LEFT_OUT.test(header[0]) && !isPlain(header)).length;
}

/** A number of headers in words. */
export const countOf = (headers: number): string => (headers === 1 ? "1 header" : `${headers} headers`);

const isPlain = ([name, value]: Headers[number]): boolean => PLAIN_HEADER.test(name) && PLAIN_HEADER.test(value.replaceAll(MASK, ""));

const percentEncoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function methodOptions(method: string, hasBody: boolean): string[] {
	if (method === "HEAD") return ["--head"];
	return method === (hasBody ? "POST" : "GET") ? [] : ["-X", /^[A-Z]+$/.test(method) ? method : quoted(method)];
}

/** An empty value is written with a semicolon: curl takes `X-Empty:` for a header to leave out. */
const headerOption = ([name, value]: [string, string]): string => `-H ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`;

function dataOf({ body, bodyEncoding, fileName }: CurlRequest): { before: string; option: string; note: string | null } {
	const bytes = bodyEncoding === "base64" ? null : new TextEncoder().encode(body);
	if (!isInCommand({ body, bodyEncoding }))
		// Without its file curl would send an empty body, and make an event of it.
		return {
			before: `test -s ${quoted(fileName)} && `,
			option: `--data-binary ${quoted(`@${fileName}`)}`,
			note: `Download the body first, and save it as ${fileName} where this is run. Nothing is sent without it.`,
		};
	// A tilde that begins a line is a word to ssh.
	if (bytes === null || !PLAIN.test(body) || body.includes("\n~")) {
		const base64 = bytes === null ? body : btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
		const lines = (base64.match(LINE) ?? []).join("\n");
		return { before: `printf %s ${quoted(lines)} | base64 -d | `, option: "--data-binary @-", note: null };
	}
	// Not `--data`: a body that begins with @ would name a file.
	return { before: "", option: `--data-raw ${quoted(body)}`, note: null };
}

/** In single quotes nothing means anything to a shell but the quote itself. */
function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
