import { Hono } from "hono";
import type { Sender, SenderPage } from "../connectors/sender";
import { SENDERS, senderOf } from "../connectors/senders";
import * as answers from "./answers-senders";
import { type ApiEnv, notFound } from "./context";
import { describes } from "./describe";

/** The systems that we know how to receive from. */
export const senderRoutes = new Hono<ApiEnv>()
	.get("/senders", describes("Senders", "List the senders whose webhooks can be verified", 200, answers.senders), (c) => {
		return c.json({ items: SENDERS.map(({ id, name }) => ({ id, name })), cursor: null }, 200);
	})
	.get(
		"/senders/:id",
		describes("Senders", "Read what a sender needs, where to paste the URL and what its events look like", 200, answers.sender),
		async (c) => {
			const sender = senderOf(c.req.param("id"));
			if (sender === null) throw notFound("sender");
			return c.json(present(sender, await pageOf(c.env, c.req.url, sender.id)), 200);
		},
	);

/** Guide and samples lie beside the UI's files, since the Worker never needs them. Nothing where the UI is not built. */
async function pageOf({ ASSETS }: Env, url: string, id: string): Promise<SenderPage> {
	const file = await ASSETS?.fetch(new URL(`/senders/${id}.json`, url));
	return file?.headers.get("content-type")?.startsWith("application/json") ? await file.json<SenderPage>() : {};
}

function present(
	{ id, name, signature, secret, options, handshakes, duplicateId, eventName, expects, batch, orderingKeys }: Sender,
	{ guide, samples }: SenderPage,
): answers.SenderView {
	return {
		id,
		name,
		kind: signature.kind,
		secret: secret === undefined ? null : { name: secret.name, looksLike: secret.looksLike ?? null },
		// It hands its secret over by itself, so that there is nothing to enter.
		bringsSecret: (handshakes ?? []).some(
			({ answer }) => answer.kind === "keepSecret" || (answer.kind === "show" && answer.alsoKeepSecret === true),
		),
		options: (options ?? []).map(({ id, name, help, required, secret = false, choices = [] }) => ({
			id,
			name,
			help,
			required,
			secret,
			choices: [...choices],
		})),
		handshake: (handshakes ?? []).length > 0,
		duplicates: duplicateId !== undefined,
		duplicateId: [...(duplicateId ?? [])],
		named: eventName !== undefined,
		expects: {
			status: expects?.status ?? 202,
			emptyBody: expects?.emptyBody ?? false,
			withinSeconds: expects?.withinSeconds ?? null,
			retries: expects?.retries ?? null,
		},
		batch: batch === undefined ? null : { path: batch.path, what: batch.what, duplicateId: [...(batch.duplicateId ?? [])] },
		orderingKeys: (orderingKeys ?? []).map(({ path, what }) => ({ path, what })),
		guide: {
			secretFirst: guide?.secretFirst ?? false,
			pasteUrl: [...(guide?.pasteUrl ?? [])],
			findSecret: [...(guide?.findSecret ?? [])],
			finish: [...(guide?.finish ?? [])],
		},
		samples: (samples ?? []).map(({ event, title, headers = {}, body, contentType = "application/json" }) => ({
			event,
			title,
			headers: { ...headers },
			contentType,
			body: typeof body === "string" ? body : JSON.stringify(body, null, 2),
		})),
	};
}
