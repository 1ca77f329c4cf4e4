import * as z from "zod";
import type { InboxPage } from "../history/inbox";
import { batchPlace, delivery, event } from "./answers-history";

/** What the inbox answers. */

export const inboxPage = z.object({
	items: z.array(
		z.object({
			/** Of the event, else of the delivery. */
			id: z.string(),
			event: event.nullable(),
			/** One that made no event. */
			delivery: delivery.nullable(),
			/** Of an event that came with others in one delivery. */
			batch: batchPlace.nullable(),
			/** The piece of the payload where words were found. */
			snippet: z.string().nullable(),
		}),
	),
	cursor: z.string().nullable(),
	/** Where words were looked for: they are known of the events up to `indexedThrough`. */
	searched: z.object({ indexedThrough: z.int(), lastSequence: z.int() }).nullable(),
});

/** Fails the build where the document and the history drift apart. */
export const documentedInbox: InboxPage extends z.infer<typeof inboxPage> ? true : never = true;

/** What another system answered to a stored request; `answer` or `error` is null. */
export const sentElsewhere = z.object({
	method: z.string(),
	url: z.string(),
	durationMs: z.int(),
	/** Names of headers that were left out: credentials are not kept. */
	withheld: z.array(z.string()),
	answer: z
		.object({
			status: z.int(),
			headers: z.array(z.tuple([z.string(), z.string()])),
			/** The beginning of it, where it has more bytes than that. */
			body: z.string(),
			bodyEncoding: z.enum(["utf8", "base64"]),
			size: z.int(),
			redirects: z.array(z.object({ status: z.int(), location: z.string() })),
		})
		.nullable(),
	error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type SentElsewhere = z.infer<typeof sentElsewhere>;
