import { Buffer } from "node:buffer";
import { Hono } from "hono";
import * as z from "zod";
import { ApiError } from "../errors";
import type { Headers } from "../events/protocol/delivery";
import { EVENT_SOURCES, EXECUTION_STATUSES } from "../events/protocol/statuses";
import { checkUrl } from "../executions/egress";
import { kindOf } from "../history/inbox";
import { VERDICTS } from "../history/inbox-query";
import { isField } from "../history/search-query";
import { inboxPage, sentElsewhere } from "./answers-inbox";
import { invalidField, jsonBody, pageQuery, parse, query } from "./body";
import { type ApiContext, type ApiEnv, askerOf, notFound } from "./context";
import { describes } from "./describe";
import { deliveryFileName, eventFileName, fileHeaders } from "./inbox-file";
import { sendElsewhere } from "./inbox-send";
import { known, knownPage, openSequencer } from "./opening";

const tag = "History";
const time = z.iso.datetime({ offset: true });

const inboxQuery = pageQuery
	.extend({
		verdict: z.enum(VERDICTS).optional(),
		status: z.enum(EXECUTION_STATUSES).optional(),
		source: z.enum(EVENT_SOURCES).optional(),
		sender: z.string().min(1).max(60).optional(),
		/** A part of what the sender calls the event. */
		name: z.string().min(1).max(200).optional(),
		/** Number of an event: those that came in one delivery with it. */
		batch: z.coerce.number().int().min(1).optional(),
		from: time.optional(),
		to: time.optional(),
		/** Words of the payload, or `#12`, or an event's id. */
		q: z.string().min(1).max(500).optional(),
		key: z.string().min(1).max(1_000).optional(),
		field: z.string().min(1).max(500).refine(isField, "a path such as event.body.sku or event.headers.x-topic").optional(),
		value: z.string().min(1).max(500).optional(),
	})
	.refine(({ field, value }) => (field === undefined) === (value === undefined), {
		path: ["value"],
		message: "A field and its value are given together.",
	});

const sendBody = z.strictObject({
	url: z.string().min(1).max(4_000),
	/** Adds what followed the endpoint's URL: path and query. */
	withPath: z.boolean().default(false),
});

/** All that came in, and what a person does with one of it. */
export const inboxRoutes = new Hono<ApiEnv>()
	.get(
		"/integrations/:id/inbox",
		describes(tag, "List all that came in, newest first: events, and deliveries that made none", 200, inboxPage),
		query(inboxQuery),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const { from, to, ...asked } = c.req.valid("query");
			const times = { ...(from ? { from: Date.parse(from) } : {}), ...(to ? { to: Date.parse(to) } : {}) };
			return c.json(knownPage(await sequencer.listInbox(workspaceId, { ...asked, ...times }), asked.cursor), 200);
		},
	)
	.get("/integrations/:id/inbox/:entryId/body", describes(tag, "Download the body, as a file", 200, z.file()), async (c) => {
		const { body, fileName, contentType } = await readEntry(c);
		return c.body(body, 200, fileHeaders(fileName, contentType));
	})
	.post(
		"/integrations/:id/inbox/:entryId/send",
		describes(tag, "Send a stored request to another URL, without its masked headers", 200, sentElsewhere),
		jsonBody(z.record(z.string(), z.unknown()), sendBody),
		async (c) => {
			const { row, sequencer, ...entry } = await readEntry(c);
			const { url, withPath } = parse(sendBody, c.req.valid("json"));
			const checked = checkUrl(url.trim(), c.env);
			if (!checked.ok) throw invalidField("url", checked.error.message);
			const waitMs = await sequencer.takeSend();
			if (waitMs > 0)
				throw new ApiError(429, "too_many_attempts", "One request a second can be sent. Try again in a moment.", {
					retryAfterSeconds: Math.ceil(waitMs / 1000),
				});
			const target = withPath ? joined(checked.url, entry) : checked.url;
			const { exports } = c.executionCtx as unknown as { exports?: unknown };
			const sent = await sendElsewhere(c.env, exports, target.href, entry);
			// Who sent what where; never what was in it.
			console.info(
				JSON.stringify({
					event: "inbox.sent_elsewhere",
					requestId: c.get("requestId"),
					workspaceId: row.workspaceId,
					integrationId: row.id,
					entryId: c.req.param("entryId"),
					userId: askerOf(c).userId,
					host: target.host,
					outcome: sent.answer?.status ?? sent.error?.code,
				}),
			);
			return c.json(sent, 200);
		},
	);

/** A stored request whole. @throws 404; 409 where its body is not kept whole */
async function readEntry(c: ApiContext<"/:id/:entryId">) {
	const { sequencer, workspaceId, row } = await openSequencer(c);
	const id = c.req.param("entryId");
	const kind = kindOf(row.id, id);
	if (kind === null) throw notFound("entry of the inbox");
	if (kind === "event") {
		const event = known(await sequencer.getEvent(workspaceId, id), "event");
		const request = requestOf(event);
		return { row, sequencer, ...request, fileName: eventFileName(event, request.contentType) };
	}
	const delivery = known(await sequencer.getDelivery(workspaceId, id), "delivery");
	const request = requestOf(delivery);
	if (request.body.byteLength < delivery.size) throw new ApiError(409, "body_not_kept", "Its body was not kept whole.");
	return { row, sequencer, ...request, fileName: deliveryFileName(delivery, request.contentType) };
}

interface Stored {
	method: string;
	path: string;
	query: string;
	headers: Headers;
	body: string;
	bodyEncoding: "utf8" | "base64";
}

function requestOf({ method, path, query, headers, body, bodyEncoding }: Stored) {
	const bytes = Buffer.from(body, bodyEncoding);
	const contentType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
	return { method, path, query, headers, contentType, body: new Uint8Array(bytes) };
}

/** The URL with the path and query of the request behind its own. */
function joined(url: URL, { path, query }: Pick<Stored, "path" | "query">): URL {
	const target = new URL(url);
	target.pathname = `${url.pathname.replace(/\/$/, "")}${path}`;
	target.search = [url.search, query]
		.map((part) => part.replace(/^\?/, ""))
		.filter(Boolean)
		.join("&");
	return target;
}
