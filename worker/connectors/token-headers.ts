import type { Place, SignatureScheme } from "./scheme";
import { SENDERS } from "./senders";

/** Headers in which a sender's secret itself travels, in lower case: whoever reads one could send in its name. */
export const TOKEN_HEADERS: ReadonlySet<string> = new Set(
	SENDERS.flatMap(({ signature, handshakes = [] }) => [
		...headersOf(signature),
		...handshakes.flatMap(({ answer }) => (answer.kind === "keepSecret" && "header" in answer.from ? [answer.from.header] : [])),
	]),
);

function headersOf(scheme: SignatureScheme): string[] {
	if (scheme.kind === "bySecret") return [...scheme.cases.map(({ scheme: one }) => one), scheme.otherwise].flatMap(headersOf);
	return scheme.kind === "token" ? namesOf(scheme.in) : [];
}

function namesOf(place: Place): string[] {
	if (!("header" in place)) return [];
	return (typeof place.header === "string" ? [place.header] : [...place.header]).map((name) => name.toLowerCase());
}
