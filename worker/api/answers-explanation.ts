import * as z from "zod";
import type { Explanation } from "../endpoints/signatures/explain";

/** What the API says of a delivery that was refused for its signature. */

const CAUSES = [
	"no_signature",
	"wrong_secret",
	"secret_form",
	"body_changed",
	"url_differs",
	"clock",
	/** Of a token: its end has passed, or its beginning has not come. */
	"expired",
	"not_yet",
	/** The token is right, and names another audience or issuer than is set. */
	"claim_differs",
	/** Its sender's signature of before is there, and the one of today is not. */
	"older_signature",
	"other_sender",
	"other_algorithm",
	"other_time",
	"sent_twice",
	"malformed",
	"key",
	/** No secret is set: everything is refused. */
	"no_secret",
	/** With the settings of now it passes. */
	"accepted_now",
] as const satisfies readonly (Explanation["cause"] | "no_secret" | "accepted_now")[];
export type Cause = Explanation["cause"] | (typeof CAUSES)[number];

export const explanation = z.object({
	cause: z.enum(CAUSES),
	/** True where it was tried and fits; false where it is the likeliest. */
	proven: z.boolean(),
	/** What was found, in a few words. */
	how: z.string().nullable(),
	/** Whose deliveries the webhook takes; null where anyone's. */
	sender: z
		.object({
			id: z.string(),
			name: z.string(),
			/** What it calls its secret. */
			secret: z.string(),
			/** True where the secret itself comes along, rather than a signature. */
			carriesSecret: z.boolean(),
		})
		.nullable(),
	/** The sender whose scheme fits, or whose signature is there, where it is another. */
	other: z.object({ id: z.string(), name: z.string() }).nullable(),
	evidence: z.object({
		/** The header or field in which the signature was looked for. */
		looked: z.string().nullable(),
		/** Characters of what stands there, where they tell something. */
		length: z.int().nullable(),
		/** Live secrets. */
		secrets: z.int(),
		/** The webhook's URL as it was checked; null where the scheme does not sign it. */
		url: z.string().nullable(),
		/** Our clock minus the sender's. */
		differenceSeconds: z.number().nullable(),
		toleranceSeconds: z.number().nullable(),
		/** Bytes of the body. */
		size: z.int(),
		headers: z.array(z.object({ name: z.string(), length: z.int() })),
	}),
	/** False where the body was not kept whole, so that nothing could be tried. */
	whole: z.boolean(),
	/** False where the search ended before everything was tried. */
	complete: z.boolean(),
});
export type ExplanationView = z.infer<typeof explanation>;
