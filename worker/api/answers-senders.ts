import * as z from "zod";

/** What the API says of senders. */

export const senders = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })), cursor: z.null() });

export const sender = z.object({
	id: z.string(),
	name: z.string(),
	/** Of its signature: `hmac`, `token`, `custom` … */
	kind: z.string(),
	/** Null where there is none to enter. */
	secret: z.object({ name: z.string(), looksLike: z.string().nullable() }).nullable(),
	/** True where the sender hands its secret over in a handshake. */
	bringsSecret: z.boolean(),
	/** What is entered beside the secret: members of `webhook.verification`. */
	options: z.array(
		z.object({
			id: z.string(),
			name: z.string(),
			help: z.string(),
			required: z.boolean(),
			secret: z.boolean(),
			choices: z.array(z.string()),
		}),
	),
	/** It asks whether the URL is ours before it sends events. */
	handshake: z.boolean(),
	/** Its deliveries carry an id of their own, by which repeated ones are recognized. */
	duplicates: z.boolean(),
	/** Where that id stands; several together where one alone is not unique. */
	duplicateId: z.array(z.string()),
	/** Its events have names. */
	named: z.boolean(),
	expects: z.object({
		status: z.union([z.literal(200), z.literal(202)]),
		emptyBody: z.boolean(),
		withinSeconds: z.number().nullable(),
		retries: z.string().nullable(),
	}),
	/** Where one delivery may hold several events; null where each holds one. */
	batch: z
		.object({
			path: z.string(),
			what: z.string(),
			/** Where the id of one of them stands, within it; empty where none has one. */
			duplicateId: z.array(z.string()),
		})
		.nullable(),
	/** Of a batch, they are each item's. */
	orderingKeys: z.array(z.object({ path: z.string(), what: z.string() })),
	/** Steps in the sender's own settings; `{url}` stands for the webhook's URL. */
	guide: z.object({
		/** The secret is found, entered and saved before the URL is pasted there; else after it. */
		secretFirst: z.boolean(),
		pasteUrl: z.array(z.string()),
		findSecret: z.array(z.string()),
		/** What is left to do there when all is saved. */
		finish: z.array(z.string()),
	}),
	samples: z.array(
		z.object({
			event: z.string(),
			title: z.string(),
			headers: z.record(z.string(), z.string()),
			contentType: z.string(),
			body: z.string(),
		}),
	),
});
export type SenderView = z.infer<typeof sender>;
