import * as z from "zod";
import type { BespokeModule, Place, SignatureScheme } from "../connectors/scheme";
import type { Handshake, Sender } from "../connectors/sender";
import { senderOf } from "../connectors/senders";
import { isSensitiveHeader } from "../events/mask";
import type { Redaction } from "./redaction/rules";

/** How an endpoint tells its sender from others: the sender's scheme, and what was entered beside the secrets. */

const OPTION_MAX_LENGTH = 2_000;

/** Secrets never stand in here: they are sealed beside it, see `signing.ts`. */
export const verificationSchema = z
	.object({ scheme: z.string().max(60) })
	.catchall(z.union([z.string().max(OPTION_MAX_LENGTH), z.number()]))
	.superRefine(({ scheme, ...given }, context) => {
		if (scheme === "none") {
			for (const path of Object.keys(given))
				context.addIssue({ code: "custom", path: [path], message: "There is nothing to set without a sender." });
			return;
		}
		const sender = senderOf(scheme);
		if (sender === null) {
			context.addIssue({ code: "custom", path: ["scheme"], message: "There is no such sender. GET /api/senders lists them all." });
			return;
		}
		for (const [id, value] of Object.entries(given)) {
			const option = sender.options?.find((known) => known.id === id);
			if (!option) context.addIssue({ code: "custom", path: [id], message: `${sender.name} has no such setting.` });
			else if (option.choices && !option.choices.includes(String(value)))
				context.addIssue({ code: "custom", path: [id], message: `Choose one of ${option.choices.join(", ")}.` });
		}
	});
export type VerificationSettings = z.infer<typeof verificationSchema>;

/** What was entered beside the secrets, without the scheme's name. */
export function optionsOf({ scheme: _, ...options }: VerificationSettings): Record<string, string | number> {
	return options as Record<string, string | number>;
}

/**
 * Where a delivery or a handshake holds what whoever reads it could send in its sender's name with, as fields to mask; null
 * where the scheme has nothing of that kind. Signatures are none, unless they stand where a credential does.
 */
export function tokenFields(settings: VerificationSettings): Redaction | null {
	const sender = senderOf(settings.scheme);
	if (sender === null) return null;
	const fields = [...fieldsOf(sender.signature, settings), ...(sender.handshakes ?? []).flatMap(handshakeFields)];
	return fields.length === 0 ? null : { fields: [...new Set(fields)], patterns: [] };
}

/** The headers in which the sender names its events, in lower case. */
export function nameHeaders({ scheme }: VerificationSettings): string[] {
	const { eventName = [] }: Pick<Sender, "eventName"> = senderOf(scheme) ?? {};
	return eventName.filter((path) => path.startsWith(HEADERS)).map((path) => path.slice(HEADERS.length));
}

/** Whether the secret itself comes along in a delivery or a handshake. */
export function carriesSecret({ signature, handshakes = [] }: Sender): boolean {
	return carried(signature) || handshakes.some((handshake) => handshakeFields({ ...handshake, requires: undefined }).length > 0);
}

function carried(scheme: SignatureScheme): boolean {
	if (scheme.kind === "bySecret") return [...scheme.cases.map((one) => one.scheme), scheme.otherwise].some(carried);
	return scheme.kind === "token" || scheme.kind === "basic" || (scheme.kind === "custom" && scheme.as === "header-token");
}

/** Bespoke schemes in which what is entered is no secret: the name of what was subscribed to, beside the sender's certificate. */
const NAMED_BY_ID: readonly BespokeModule[] = ["paypal", "sns"];

/** Whether what is entered is a secret that only signs, and never comes along. */
export const signsWithSecret = ({ signature }: Sender): boolean => signing(signature);

function signing(scheme: SignatureScheme): boolean {
	switch (scheme.kind) {
		case "bySecret":
			return [...scheme.cases.map((one) => one.scheme), scheme.otherwise].some(signing);
		case "bespoke":
			return !NAMED_BY_ID.includes(scheme.module);
		case "custom":
			return scheme.as !== "header-token";
		default:
			return scheme.kind === "hmac" || scheme.kind === "hash" || scheme.kind === "jwt";
	}
}

function fieldsOf(scheme: SignatureScheme, settings: VerificationSettings): string[] {
	switch (scheme.kind) {
		case "bySecret":
			return [...scheme.cases.map((one) => one.scheme), scheme.otherwise].flatMap((one) => fieldsOf(one, settings));
		case "custom":
			return scheme.as === "hmac" ? [] : fieldOf({ header: String(settings.header ?? "authorization") });
		case "token":
			return fieldOf(scheme.in);
		case "basic":
			return fieldOf({ header: "authorization" });
		case "jwt":
			// One that names the body's digest is the signature of this body alone.
			return scheme.claims?.bodyDigest ? sensitiveOf(scheme.in) : fieldOf(scheme.in);
		default:
			return "signature" in scheme ? sensitiveOf(scheme.signature.in) : [];
	}
}

const sensitiveOf = (place: Place): string[] =>
	fieldOf(place).filter((field) => field.startsWith(HEADERS) && isSensitiveHeader(field.slice(HEADERS.length)));

/** What a person entered and what becomes the secret; a mere question is neither. */
function handshakeFields({ requires, answer }: Pick<Handshake, "answer"> & { requires?: Handshake["requires"] | undefined }): string[] {
	const kept = answer.kind === "keepSecret" || (answer.kind === "show" && answer.alsoKeepSecret) ? fieldOf(answer.from) : [];
	return requires ? [...fieldOf(requires), ...kept] : kept;
}

const HEADERS = "event.headers.";

function fieldOf(place: Place): string[] {
	if ("header" in place) return [place.header].flat().map((name) => HEADERS + name.toLowerCase());
	if ("query" in place) return [`event.query.${place.query}`];
	return "json" in place ? [`event.body.${place.json}`] : "form" in place ? [`event.body.${place.form}`] : [];
}

/** The form in which it is read: how many secrets there are, and which secret options are set. */
export const verificationView = z
	.object({ scheme: z.string(), secrets: z.object({ count: z.int() }).optional() })
	.catchall(z.union([z.string(), z.number(), z.object({ set: z.boolean() }), z.object({ count: z.int() })]));
