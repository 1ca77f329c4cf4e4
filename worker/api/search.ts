import { Hono } from "hono";
import * as z from "zod";
import { EVENT_SOURCES, EXECUTION_STATUSES } from "../events/protocol/statuses";
import { isField, readRange } from "../history/search-query";
import * as history from "./answers-history";
import { pageQuery, query } from "./body";
import type { ApiEnv } from "./context";
import { describes } from "./describe";
import { knownPage, openSequencer } from "./opening";

const text = z.string().min(1).max(500);
const time = z.iso.datetime({ offset: true });

const searchQuery = pageQuery
	.extend({
		/** Words of the payload, path or query; in quotes for words next to each other. */
		q: text.optional(),
		from: time.optional(),
		to: time.optional(),
		source: z.enum(EVENT_SOURCES).optional(),
		status: z.enum(EXECUTION_STATUSES).optional(),
		sequence: text.refine((range) => readRange(range) !== null, "a number, or two with a dash between: 7 or 7-20").optional(),
		key: z.string().min(1).max(1_000).optional(),
		field: text.refine(isField, "a path such as event.body.sku or event.headers.x-topic").optional(),
		value: text.optional(),
	})
	.refine(({ field, value }) => (field === undefined) === (value === undefined), {
		path: ["value"],
		message: "A field and its value are given together.",
	});

/** Finding events; what the index does not hold yet is told by how far it is. */
export const searchRoutes = new Hono<ApiEnv>().get(
	"/integrations/:id/events/search",
	describes("History", "Search the events by words, time, status, sequence, key or the value of a field", 200, history.eventSearch),
	query(searchQuery),
	async (c) => {
		const { sequencer, workspaceId } = await openSequencer(c);
		const { from, to, ...asked } = c.req.valid("query");
		const times = { ...(from ? { from: Date.parse(from) } : {}), ...(to ? { to: Date.parse(to) } : {}) };
		return c.json(knownPage(await sequencer.searchEvents(workspaceId, { ...asked, ...times }), asked.cursor), 200);
	},
);
