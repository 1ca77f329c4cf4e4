import type { Headers } from "../../../../worker/api/types";

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

/** As the worker writes it in place of a credential. */
const MASK = "••••";
/** curl says these itself, or the connection does. */
const LEFT_OUT = /^(host|content-length|transfer-encoding|connection|accept-encoding|expect)$/i;
/** One argument has 128 KiB at most under Linux. */
const ARGUMENT_BYTES = 100_000;

/**
 * The request as one command for sh, bash and zsh.
 * @param url of the endpoint; null where the viewer may not know it: the command then asks for it
 */
export function curlOf(url: string | null, request: CurlRequest): string {
	const { method, body } = request;
	const headers = request.headers.filter(([name]) => !LEFT_OUT.test(name));
	const masked = [...new Set(headers.filter(([, value]) => value.includes(MASK)).map(([name]) => name))];
	const end = `${request.path === "/" ? "" : request.path}${request.query}`;
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

function methodOptions(method: string, hasBody: boolean): string[] {
	if (method === "HEAD") return ["--head"];
	return method === (hasBody ? "POST" : "GET") ? [] : ["-X", /^[A-Z]+$/.test(method) ? method : quoted(method)];
}

/** An empty value is written with a semicolon: curl takes `X-Empty:` for a header to leave out. */
const headerOption = ([name, value]: [string, string]): string => `-H ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`;

function dataOf({ body, bodyEncoding, fileName }: CurlRequest): { before: string; option: string; note: string | null } {
	if (body.length > ARGUMENT_BYTES)
		return { before: "", option: `--data-binary ${quoted(`@${fileName}`)}`, note: `Download the body first, and save it as ${fileName}.` };
	if (bodyEncoding === "base64") return { before: `echo ${quoted(body)} | base64 -d | `, option: "--data-binary @-", note: null };
	// No argument holds a NUL.
	if (body.includes("\0")) {
		const bytes = new TextEncoder().encode(body);
		const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
		return { before: `echo ${quoted(base64)} | base64 -d | `, option: "--data-binary @-", note: null };
	}
	// Not `--data`: a body that begins with @ would name a file.
	return { before: "", option: `--data-raw ${quoted(body)}`, note: null };
}

/** In single quotes nothing means anything to a shell but the quote itself. */
function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
