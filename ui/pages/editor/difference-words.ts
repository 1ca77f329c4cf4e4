import { isObject, type Json } from "./draft";
import { KINDS } from "./general/masked-kinds";
import { MASK } from "./mask";
import { secretsOf, type VerificationDraft } from "./webhook/verification";
import { windowWords } from "./webhook/window";

/** What a setting says, for somebody who decides between their own and another person's. */

/** Choices by what the page calls them, where the value itself would say less. */
const CHOICES: Record<string, Record<string, string>> = {
	"ordering.mode": { none: "No order", integration: "One after the other", key: "In order per key" },
	"ordering.onFailure": { continue: "Go on, and keep it as failed", block: "Wait for a person" },
	"webhook.dedupe": {
		off: "Every delivery is an event",
		sender: "By the sender's own id",
		header: "By a header",
		fields: "By fields of the event",
		content: "By the same content",
	},
	"webhook.response": { json: "JSON with the event's id", empty: "Nothing" },
};

/** Settings that have parts; all others are one value or a list. */
const PARTED: Record<string, (value: Record<string, Json>, nameOf: (senderId: string) => string) => string[]> = {
	"webhook.verification": verificationLines,
	"webhook.dedupe": ({ mode, header, fields, windowSeconds }) => [
		choice("webhook.dedupe", mode),
		...(mode === "header" ? [String(header ?? "")] : []),
		...(mode === "fields" && Array.isArray(fields) ? fields.map(String) : []),
		...(mode !== "off" ? [`Each is remembered for ${windowWords(Number(windowSeconds))}`] : []),
	],
	"webhook.response": ({ status, body }) => [`Status: ${status}`, `Body: ${choice("webhook.response", body)}`],
	"webhook.batch": ({ path }) => [`The list at ${path}`],
	"webhook.redaction": ({ fields, patterns }) => [
		...(Array.isArray(fields) ? fields.map(String) : []),
		...(Array.isArray(patterns) ? patterns.map((kind) => (KINDS as Record<string, string>)[String(kind)] ?? String(kind)) : []),
	],
};

/**
 * A value of `differences`, in words; what has none, such as a step, as JSON.
 * @param nameOf what people call a sender
 */
export function differenceWords(key: string, value: Json | undefined, nameOf: (senderId: string) => string): string {
	if (value === undefined) return "(removed)";
	if (value === null || value === "") return "Not set";
	if (typeof value === "boolean") return value ? "On" : "Off";
	if (key === "retention.bytes") return `${Number(value) / 1_000_000} MB`;
	if (typeof value === "string" || typeof value === "number") return choice(key, value);
	if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.length === 0 ? "None" : value.join("\n");
	const parted = PARTED[key];
	return parted !== undefined && isObject(value) ? parted(value, nameOf).join("\n") : JSON.stringify(value, null, 2);
}

const choice = (key: string, value: Json | undefined): string => CHOICES[key]?.[String(value)] ?? String(value);

/** What was entered there may be secret: of options that are no choice between names, only that they are set. */
function verificationLines(value: Record<string, Json>, nameOf: (senderId: string) => string): string[] {
	const { scheme, secrets: _, ...options } = value;
	if (scheme === "none") return ["Anyone who has the URL"];
	const secrets = secretsOf(value as unknown as VerificationDraft);
	const entered = secrets.filter((secret) => typeof secret === "string").length;
	const lines = [nameOf(String(scheme))];
	if (secrets.length === 0) lines.push("No secret");
	if (secrets.length > entered) lines.push(count(secrets.length - entered, "already set"));
	if (entered > 0) lines.push(count(entered, "entered now"));
	return [...lines, ...Object.keys(options).map((name) => `${name}: ${MASK}`)];
}

const count = (secrets: number, which: string): string => `${secrets} ${secrets === 1 ? "secret" : "secrets"} ${which}`;
