import { maskHeaders } from "../events/mask";
import type { Headers } from "../events/protocol/delivery";
import { maskEvent } from "../integrations/redaction/event";
import { bodyText } from "./body-text";
import type { Reading } from "./summaries";

/** A stored request as people may see it: without credentials, also where its sender puts them in a place of its own. */
export function shownRequest(
	{ token }: Pick<Reading, "token">,
	{ query, headers, body }: { query: string; headers: Headers; body: Uint8Array },
): { query: string; headers: Headers; body: string; bodyEncoding: "utf8" | "base64" } {
	if (!token) return { query, headers: maskHeaders(headers), ...bodyText(body) };
	const { masked, findings } = maskEvent({ path: "", query, headers, body: body.slice().buffer }, token);
	// Where its fields cannot be found there is no token either.
	return {
		query: masked.query,
		headers: maskHeaders(masked.headers),
		...bodyText(findings.bodyDropped ? body : new Uint8Array(masked.body)),
	};
}

/** The headers alone. */
export function shownHeaders(reading: Pick<Reading, "token">, headers: Headers): Headers {
	return shownRequest(reading, { query: "", headers, body: new Uint8Array() }).headers;
}
