import { Hono } from "hono";
import * as z from "zod";
import { keptHeaders, readHeaders } from "../endpoints/headers";
import { ApiError } from "../errors";
import type { AcceptAfterAllAnswer } from "../events/protocol/commands";
import { isJson, mediaType } from "../integrations/charset";
import * as answers from "./answers";
import * as history from "./answers-history";
import { jsonBody } from "./body";
import { type ApiEnv, notFound } from "./context";
import { describes } from "./describe";
import { openSequencer } from "./opening";

const replayBody = z.strictObject({
	from: z.enum(["start", "failedStep"]).default("start"),
	version: z.enum(["current", "original"]).default("current"),
	/** Replaces the event's body. */
	body: z.unknown().optional(),
});

/** A name and a value that HTTP takes. */
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "the name of a header");
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]{0,8000}$/, "one line of 8,000 characters at most");

const runBody = z
	.strictObject({
		/** JSON. */
		body: z.unknown().optional(),
		/** In place of `body`: a text of the content type that the headers name. */
		text: z.string().optional(),
		/** As a sender would send them. */
		headers: z.record(headerName, headerValue).optional(),
	})
	.refine(({ body, text }) => body === undefined || text === undefined, { path: ["text"], message: "Give either body or text." })
	.refine(({ text, headers = {} }) => text !== undefined || isJson(mediaType(lowered(headers)["content-type"] ?? "application/json")), {
		path: ["headers"],
		message: "Their content type is not JSON: give the body as text.",
	});

const acceptBody = z.strictObject({
	/** Also where it came again meanwhile and was accepted. */
	again: z.boolean().default(false),
});

const tag = "Executions";

/** What a person does with events and executions. */
export const runningRoutes = new Hono<ApiEnv>()
	.post(
		"/integrations/:id/run",
		describes(tag, "Run the workflow now, also while paused", 202, answers.queued),
		jsonBody(runBody),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const { body, text, headers = {} } = c.req.valid("json");
			const bytes = text === undefined ? encode(body ?? null) : bytesOf(text);
			const given: Record<string, string> = text === undefined ? {} : { "content-type": "text/plain; charset=utf-8" };
			const answer = await sequencer.run(workspaceId, bytes, keptHeaders(readHeaders(new Headers({ ...given, ...lowered(headers) }))));
			if (answer.status === "unknown") throw notFound("integration");
			if (answer.status === "overloaded") throw overloaded(answer.retryAfterSeconds);
			const { eventId, executionId, sequence } = answer;
			return c.json({ eventId, executionId, sequence }, 202);
		},
	)
	.post(
		"/integrations/:id/events/:eventId/replay",
		describes(tag, "Run the workflow for an event once more", 202, answers.queued),
		jsonBody(replayBody),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const { body, ...request } = c.req.valid("json");
			const answer = await sequencer.replay(
				workspaceId,
				c.req.param("eventId"),
				body === undefined ? request : { ...request, body: encode(body) },
			);
			if (answer.status === "not_found") throw notFound("event");
			if (answer.status === "not_ended")
				throw new ApiError(409, "not_ended", "This event's last execution has not ended. Cancel it or wait for it.");
			const { eventId, executionId, sequence } = answer;
			return c.json({ eventId, executionId, sequence }, 202);
		},
	)
	.post("/integrations/:id/executions/:executionId/cancel", describes(tag, "Stop an execution", 202, history.cancelled), async (c) => {
		const { sequencer, workspaceId } = await openSequencer(c);
		const { status } = await sequencer.cancel(workspaceId, c.req.param("executionId"));
		if (status === "not_found") throw notFound("execution");
		if (status === "ended") throw new ApiError(409, "already_ended", "This execution has ended.");
		return c.json({ status }, 202);
	})
	.post(
		"/integrations/:id/deliveries/:deliveryId/accept",
		describes(tag, "Make an event of a delivery that was rejected, or of a duplicate with another body", 202, answers.queued),
		jsonBody(acceptBody),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const { again } = c.req.valid("json");
			const answer = await sequencer.acceptAfterAll(workspaceId, c.req.param("deliveryId"), again);
			if (answer.status !== "accepted") throw refusedAfterAll(answer);
			const { eventId, executionId, sequence } = answer;
			return c.json({ eventId, executionId, sequence }, 202);
		},
	)
	.post(
		"/integrations/:id/lanes/:laneId/skip",
		describes(tag, "Let a blocked lane go on past the event that blocks it", 200, history.skipped),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const status = await sequencer.skipLane(workspaceId, c.req.param("laneId"));
			if (status === "not_found") throw notFound("blocked lane");
			return c.json({ status }, 200);
		},
	);

/** Why a kept delivery makes no event after all. */
function refusedAfterAll(answer: Exclude<AcceptAfterAllAnswer, { status: "accepted" }>): ApiError {
	switch (answer.status) {
		case "not_found":
			return notFound("delivery");
		case "accepted_already":
			return new ApiError(409, "accepted_already", "This delivery has made its event already.");
		case "handshake":
			return new ApiError(409, "not_an_event", "The sender asked by it whether the URL is yours; it holds no event.");
		case "body_not_kept":
			return new ApiError(409, "body_not_kept", "It was not kept whole, so it cannot become an event. Ask the sender to send it again.");
		case "masked":
			return new ApiError(
				409,
				"body_masked",
				"Values of it were masked before it was kept, so it cannot become an event. Ask the sender to send it again.",
			);
		case "duplicate": {
			const { eventId, sequence } = answer;
			const message = `It came again and was accepted as #${sequence}. To run it once more all the same, send again: true.`;
			return new ApiError(409, "duplicate", message, { eventId, sequence });
		}
		case "too_many": {
			const most = answer.most.toLocaleString("en");
			const message = `It holds more than ${most} events, which is as many as can be accepted at once. Ask the sender to send smaller lists.`;
			return new ApiError(409, "batch_too_large", message);
		}
		case "overloaded":
			return overloaded(answer.retryAfterSeconds);
	}
}

const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;

/** As JSON in bytes. */
const encode = (body: unknown): ArrayBuffer => bytesOf(JSON.stringify(body));

const lowered = (headers: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const overloaded = (retryAfterSeconds: number): ApiError =>
	new ApiError(503, "overloaded", "Too many events of this integration are waiting. Try again later.", { retryAfterSeconds });
