import { createHash } from "node:crypto";
import { pathAndQuery } from "./message";

/**
 * Atlassian's digest of a request's method, path and query (`qsh`), for both paths that it may mean: from the host on,
 * and from the webhook's URL on, where that is the app's base URL.
 */
export function queryStringHashes(method: string, url: string): string[] {
	const [path = "/", query = ""] = splitOnce(pathAndQuery(url), "?");
	const afterKey = /^\/in\/[0-9a-f]{64}(?=\/|$)/.exec(path)?.[0].length ?? 0;
	const paths = afterKey === 0 ? [path] : [path, path.slice(afterKey)];
	return paths.map((each) =>
		createHash("sha256")
			.update(`${method.toUpperCase()}&${canonicalPath(each)}&${canonicalQuery(query)}`)
			.digest("hex"),
	);
}

function canonicalPath(path: string): string {
	const escaped = path.replaceAll("&", "%26");
	if (escaped === "" || escaped === "/") return "/";
	return escaped.endsWith("/") ? escaped.slice(0, -1) : escaped;
}

/** Names sorted, values of one name sorted and joined by commas; the token itself is not part of it. */
function canonicalQuery(query: string): string {
	const values = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(query)) {
		if (name === "jwt") continue;
		const known = values.get(name);
		if (known) known.push(value);
		else values.set(name, [value]);
	}
	return [...values]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, each]) => `${percentEncode(name)}=${each.toSorted().map(percentEncode).join(",")}`)
		.join("&");
}

/** As OAuth 1 has it: all but letters, digits and `-._~`. */
function percentEncode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function splitOnce(text: string, at: string): string[] {
	const index = text.indexOf(at);
	return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
