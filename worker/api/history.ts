import { Hono } from "hono";
import * as z from "zod";
import { ApiError } from "../errors";
import { EVENT_SOURCES, EXECUTION_STATUSES } from "../events/protocol/statuses";
import * as answers from "./answers";
import { explanation } from "./answers-explanation";
import * as history from "./answers-history";
import { limit, pageQuery, query } from "./body";
import { type ApiEnv, askerOf, isoOrNull, membershipOf, notFound } from "./context";
import { describes } from "./describe";
import { explainRefusal } from "./explanation";
import { pageOfLanes } from "./lane-page";
import { known, knownPage, openSequencer } from "./opening";
import { originOf } from "./origin";
import { presentDelivery } from "./shown";

/** A live feed is opened anew after this long, so that a session or role that has ended is noticed. */
const LIVE_MAX_MS = 5 * 60_000;

const tag = "History";

/** What came in and what became of it; all of it lives in the integration's Sequencer. */
export const historyRoutes = new Hono<ApiEnv>()
	.get("/integrations/:id/ledger", describes(tag, "The counts, which always balance", 200, history.ledger), async (c) => {
		const { sequencer, workspaceId } = await openSequencer(c);
		return c.json(known(await sequencer.ledger(workspaceId), "integration"), 200);
	})
	.get(
		"/integrations/:id/deliveries",
		describes(tag, "List the deliveries, newest first", 200, answers.pageOf(history.delivery)),
		query(pageQuery),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const asked = c.req.valid("query");
			return c.json(knownPage(await sequencer.listDeliveries(workspaceId, asked), asked.cursor), 200);
		},
	)
	.get(
		"/integrations/:id/events",
		describes(tag, "List the events, newest first", 200, answers.pageOf(history.event)),
		query(pageQuery.extend({ source: z.enum(EVENT_SOURCES).optional() })),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const asked = c.req.valid("query");
			return c.json(knownPage(await sequencer.listEvents(workspaceId, asked), asked.cursor), 200);
		},
	)
	.get("/integrations/:id/events/:eventId", describes(tag, "Read an event as it was received", 200, history.eventDetail), async (c) => {
		const { sequencer, workspaceId } = await openSequencer(c);
		return c.json(known(await sequencer.getEvent(workspaceId, c.req.param("eventId")), "event"), 200);
	})
	.get(
		"/integrations/:id/executions",
		describes(tag, "List the executions, newest first", 200, answers.pageOf(history.execution)),
		query(pageQuery.extend({ status: z.enum(EXECUTION_STATUSES).optional() })),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const asked = c.req.valid("query");
			return c.json(knownPage(await sequencer.listExecutions(workspaceId, asked), asked.cursor), 200);
		},
	)
	.get(
		"/integrations/:id/executions/:executionId",
		describes(tag, "Read an execution with every step, attempt, request and response", 200, history.executionDetail),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			return c.json(known(await sequencer.getExecution(workspaceId, c.req.param("executionId")), "execution"), 200);
		},
	)
	.get("/integrations/:id/deliveries/:deliveryId", describes(tag, "Read a delivery as it came", 200, history.deliveryDetail), async (c) => {
		const { sequencer, workspaceId, row } = await openSequencer(c);
		const delivery = known(await sequencer.getDelivery(workspaceId, c.req.param("deliveryId")), "delivery");
		return c.json(await presentDelivery(c.env, row, membershipOf(c).role, delivery), 200);
	})
	.get(
		"/integrations/:id/deliveries/:deliveryId/explanation",
		describes(tag, "Why a delivery was rejected: the likeliest cause, judged with the secrets of now", 200, explanation),
		async (c) => {
			const { sequencer, workspaceId, row } = await openSequencer(c);
			const refused = known(await sequencer.getRefused(workspaceId, c.req.param("deliveryId")), "rejected delivery");
			const { exports } = c.executionCtx as unknown as { exports?: unknown };
			return c.json(await explainRefusal(c.env, exports, row, refused, [originOf(c), row.origin]), 200);
		},
	)
	.get(
		"/integrations/:id/lanes",
		describes(tag, "List the blocked lanes, longest blocked first", 200, answers.pageOf(history.blockedLane)),
		// All of them where no limit is named: who counts them or acts on all needs the whole list.
		query(pageQuery.extend({ limit: limit.optional(), state: z.literal("blocked").default("blocked") })),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const asked = c.req.valid("query");
			const lanes = known(await sequencer.listBlockedLanes(workspaceId), "integration");
			return c.json(pageOfLanes(lanes, asked.limit ?? lanes.length, asked.cursor), 200);
		},
	)
	.get(
		"/integrations/:id/schedule",
		describes(tag, "When the schedule runs next, and what it skipped", 200, history.scheduleState),
		async (c) => {
			const { sequencer, workspaceId } = await openSequencer(c);
			const { nextRunAt, lastTickAt, skipped, lastSkippedAt } = known(await sequencer.schedule(workspaceId), "integration");
			const times = { nextRunAt: isoOrNull(nextRunAt), lastRunAt: isoOrNull(lastTickAt), lastSkippedAt: isoOrNull(lastSkippedAt) };
			return c.json({ ...times, skipped }, 200);
		},
	)
	.get("/integrations/:id/kept", describes(tag, "How much is kept, and since when", 200, history.kept), async (c) => {
		const { sequencer, workspaceId } = await openSequencer(c);
		return c.json(known(await sequencer.kept(workspaceId), "integration"), 200);
	})
	.get("/integrations/:id/live", describes(tag, "A WebSocket of arrays of changes; name the workspace by ?workspace=", 101), async (c) => {
		const { sequencer, workspaceId } = await openSequencer(c);
		if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") throw new ApiError(400, "websocket_expected", "This route is a WebSocket.");
		const headers = new Headers(c.req.raw.headers);
		for (const name of ["Cookie", "Authorization"]) headers.delete(name);
		headers.set("inlet-workspace", workspaceId);
		headers.set("inlet-until", String(Math.min(askerOf(c).endsAt, Date.now() + LIVE_MAX_MS)));
		const response = await sequencer.fetch(new Request(c.req.raw, { headers }));
		if (response.status === 404) throw notFound("integration");
		return response;
	});
