import { Buffer } from "node:buffer";
import { Hono } from "hono";
import * as z from "zod";
import { bodyText } from "../history/body-text";
import { maskEvent } from "../integrations/redaction/event";
import { noteOf } from "../integrations/redaction/kept";
import { redactionOf, redactionSchema } from "../integrations/redaction/rules";
import * as history from "./answers-history";
import { jsonBody } from "./body";
import type { ApiEnv } from "./context";
import { describes } from "./describe";
import { known, openSequencer } from "./opening";

/** What masking would leave of an event that came already. */
export const redactionRoutes = new Hono<ApiEnv>().post(
	"/integrations/:id/events/:eventId/masked",
	describes("Integrations", "See what would be kept of an event, without saving", 200, history.maskedEvent),
	jsonBody(z.strictObject({ redaction: redactionSchema })),
	async (c) => {
		const { sequencer, workspaceId, row } = await openSequencer(c);
		const event = known(await sequencer.getEvent(workspaceId, c.req.param("eventId")), "event");
		const { path, query, headers } = event;
		const bytes = Buffer.from(event.body, event.bodyEncoding === "base64" ? "base64" : "utf8");
		const body = new Uint8Array(bytes).buffer;
		const redaction = redactionOf({ redaction: c.req.valid("json").redaction, batch: row.webhook.batch });
		const { masked, findings } = maskEvent({ path, query, headers, body }, redaction);
		const shown = { path: masked.path, query: masked.query, headers: masked.headers, ...bodyText(new Uint8Array(masked.body)) };
		return c.json({ ...shown, masked: findings.any ? noteOf(findings) : null }, 200);
	},
);
