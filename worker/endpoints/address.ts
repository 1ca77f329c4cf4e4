/** What a request's URL says, when it is one for an endpoint. */
export interface EndpointUrl {
	/** The endpoint key, not verified yet. */
	hex: string;
	/** What follows the key: `/` or `/orders/7`. */
	path: string;
	/** With its `?`, or empty. */
	query: string;
}

const PREFIX = "/in/";
const KEY = /^[0-9a-f]{64}$/;

/** Where the path begins in an absolute URL as the runtime gives it, already normal. */
function pathStart(url: string): number {
	return url.indexOf("/", url.indexOf("://") + 3);
}

/** Whether a request is for an endpoint, well-formed or not. */
export function isForEndpoint(url: string): boolean {
	return url.startsWith(PREFIX, pathStart(url));
}

/** Taken apart by hand: parsing the URL whole costs as much as everything else that happens before the body is read. */
export function endpointUrl(url: string): EndpointUrl | null {
	const start = pathStart(url);
	if (!url.startsWith(PREFIX, start)) return null;
	const keyEnd = start + PREFIX.length + 64;
	const hex = url.slice(start + PREFIX.length, keyEnd);
	const rest = url.slice(keyEnd);
	const hash = rest.indexOf("#");
	const whole = hash < 0 ? rest : rest.slice(0, hash);
	const question = whole.indexOf("?");
	const path = question < 0 ? whole : whole.slice(0, question);
	if (!KEY.test(hex) || (path !== "" && !path.startsWith("/"))) return null;
	const query = question < 0 ? "" : whole.slice(question);
	return { hex, path: path === "" ? "/" : path, query: query === "?" ? "" : query };
}
