import * as z from "zod";
import type { SignatureScheme } from "../connectors/scheme";
import { senderOf } from "../connectors/senders";
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

/** Where the secret itself comes along in a delivery, as fields to mask; null where it does not. */
export function tokenFields(settings: VerificationSettings): Redaction | null {
	const sender = settings.scheme === "none" ? null : senderOf(settings.scheme);
	const fields = sender ? fieldsOf(sender.signature, settings) : [];
	return fields.length === 0 ? null : { fields, patterns: [] };
}

function fieldsOf(scheme: SignatureScheme, settings: VerificationSettings): string[] {
	switch (scheme.kind) {
		case "bySecret":
			return [...scheme.cases.map((one) => one.scheme), scheme.otherwise].flatMap((one) => fieldsOf(one, settings));
		case "custom":
			return scheme.as === "header-token" && settings.header ? [`event.headers.${settings.header}`] : [];
		case "token": {
			const place = scheme.in;
			if ("header" in place) return [place.header].flat().map((name) => `event.headers.${name}`);
			if ("query" in place) return [`event.query.${place.query}`];
			return "json" in place ? [`event.body.${place.json}`] : "form" in place ? [`event.body.${place.form}`] : [];
		}
		default:
			return [];
	}
}

/** The form in which it is read: how many secrets there are, and which secret options are set. */
export const verificationView = z
	.object({ scheme: z.string(), secrets: z.object({ count: z.int() }).optional() })
	.catchall(z.union([z.string(), z.number(), z.object({ set: z.boolean() }), z.object({ count: z.int() })]));
