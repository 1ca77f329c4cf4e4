import { Hono } from "hono";
import * as z from "zod";
import { ApiError } from "../errors";
import { EVENT_SOURCES, EXECUTION_STATUSES } from "../events/protocol";
import { type SequencerCalls, sequencerOf } from "../integrations/sequencer";
import { findIntegration } from "../integrations/store";
import * as answers from "./answers";
import * as history from "./answers-history";
import { jsonBody, pageQuery, query } from "./body";
import { type ApiContext, type ApiEnv, askerOf, databaseOf, notFound, workspaceOf } from "./context";
import { describes } from "./describe";

/** A live feed is opened anew after this long, so that a session or role that has ended is noticed. */
const LIVE_MAX_MS = 5 * 60_000;

const replayBody = z.strictObject({
	from: z.enum(["start", "failedStep"]).default("start"),
	version: z.enum(["current", "original"]).default("current"),
	/** Replaces the event's body. */
	body: z.unknown().optional(),
});

const tag = "History";

/** What came in and what became of it; all of it lives in the integration's Sequencer. */
export const historyRoutes = new Hono<ApiEnv>()
	.post(
		"/integrations/:id/run",
		describes(tag, "Run the workflow now, also while paused", 202, answers.queued),
		jsonBody(z.strictObject({ body: z.unknown().optional() })),
		async (c) => {
			const { sequencer, workspaceId } = await open(c);
			const { body } = c.req.valid("json");
			const answer = await sequencer.run(workspaceId, encode(body ?? null));
			if (answer.status === "unknown") throw notFound("integration");
			if (answer.status === "overloaded") throw overloaded(answer.retryAfterSeconds);
			const { eventId, executionId, sequence } = answer;
			return c.json({ eventId, executionId, sequence }, 202);
		},
	)
	.get("/integrations/:id/ledger", describes(tag, "The counts, which always balance", 200, history.ledger), async (c) => {
		const { sequencer, workspaceId } = await open(c);
		return c.json(known(await sequencer.ledger(workspaceId), "integration"), 200);
	})
	.get(
		"/integrations/:id/deliveries",
		describes(tag, "List the deliveries, newest first", 200, answers.pageOf(history.delivery)),
		query(pageQuery),
		async (c) => {
			const { sequencer, workspaceId } = await open(c);
			const asked = c.req.valid("query");
			return c.json(knownPage(await sequencer.listDeliveries(workspaceId, asked), asked.cursor), 200);
		},
	)
	.get(
		"/integrations/:id/events",
		describes(tag, "List the events, newest first", 200, answers.pageOf(history.event)),
		query(pageQuery.extend({ source: z.enum(EVENT_SOURCES).optional() })),
		async (c) => {
			const { sequencer, workspaceId } = await open(c);
			const asked = c.req.valid("query");
			return c.json(knownPage(await sequencer.listEvents(workspaceId, asked), asked.cursor), 200);
		},
	)
	.get("/integrations/:id/events/:eventId", describes(tag, "Read an event as it was received", 200, history.eventDetail), async (c) => {
		const { sequencer, workspaceId } = await open(c);
		return c.json(known(await sequencer.getEvent(workspaceId, c.req.param("eventId")), "event"), 200);
	})
	.post(
		"/integrations/:id/events/:eventId/replay",
		describes(tag, "Run the workflow for an event once more", 202, answers.queued),
		jsonBody(replayBody),
		async (c) => {
			const { sequencer, workspaceId } = await open(c);
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
	.get(
		"/integrations/:id/executions",
		describes(tag, "List the executions, newest first", 200, answers.pageOf(history.execution)),
		query(pageQuery.extend({ status: z.enum(EXECUTION_STATUSES).optional() })),
		async (c) => {
			const { sequencer, workspaceId } = await open(c);
			const asked = c.req.valid("query");
			return c.json(knownPage(await sequencer.listExecutions(workspaceId, asked), asked.cursor), 200);
		},
	)
	.get(
		"/integrations/:id/executions/:executionId",
		describes(tag, "Read an execution with every step, attempt, request and response", 200, history.executionDetail),
		async (c) => {
			const { sequencer, workspaceId } = await open(c);
			return c.json(known(await sequencer.getExecution(workspaceId, c.req.param("executionId")), "execution"), 200);
		},
	)
	.post("/integrations/:id/executions/:executionId/cancel", describes(tag, "Stop an execution", 202, history.cancelled), async (c) => {
		const { sequencer, workspaceId } = await open(c);
		const { status } = await sequencer.cancel(workspaceId, c.req.param("executionId"));
		if (status === "not_found") throw notFound("execution");
		if (status === "ended") throw new ApiError(409, "already_ended", "This execution has ended.");
		return c.json({ status }, 202);
	})
	.get("/integrations/:id/live", describes(tag, "A WebSocket of arrays of changes; name the workspace by ?workspace=", 101), async (c) => {
		if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") throw new ApiError(400, "websocket_expected", "This route is a WebSocket.");
		const { sequencer, workspaceId } = await open(c);
		const headers = new Headers(c.req.raw.headers);
		for (const name of ["Cookie", "Authorization"]) headers.delete(name);
		headers.set("inlet-workspace", workspaceId);
		headers.set("inlet-until", String(Math.min(askerOf(c).endsAt, Date.now() + LIVE_MAX_MS)));
		const response = await sequencer.fetch(new Request(c.req.raw, { headers }));
		if (response.status === 404) throw notFound("integration");
		return response;
	});

async function open(c: ApiContext<"/:id">): Promise<{ sequencer: SequencerCalls; workspaceId: string }> {
	const workspaceId = workspaceOf(c);
	const found = await findIntegration(databaseOf(c), workspaceId, c.req.param("id"));
	if (found === null) throw notFound("integration");
	return { sequencer: sequencerOf(c.env, found.row), workspaceId };
}

function known<T>(answer: T | null, what: string): T {
	if (answer === null) throw notFound(what);
	return answer;
}

/** A list answers nothing to a cursor that it did not make. */
function knownPage<T>(answer: T | null, cursor: string | undefined): T {
	if (answer === null && cursor) throw new ApiError(400, "invalid_cursor", "This cursor is not one of this list. Begin without one.");
	return known(answer, "integration");
}

/** As JSON in bytes, the form of every event's body. */
const encode = (body: unknown): ArrayBuffer => new TextEncoder().encode(JSON.stringify(body)).buffer as ArrayBuffer;

const overloaded = (retryAfterSeconds: number): ApiError =>
	new ApiError(503, "overloaded", "Too many events of this integration are waiting. Try again later.", { retryAfterSeconds });
