import type { Sender } from "../sender";
import { github } from "./github";
import { hmac } from "./hmac";
import { shopify } from "./shopify";
import { slack } from "./slack";
import { standardWebhooksSender } from "./standard-webhooks";
import { stripe } from "./stripe";

/** Every sender, sorted by id. A test sees to it that no file is forgotten. */
export const SENDERS: readonly Sender[] = [github, hmac, shopify, slack, standardWebhooksSender, stripe];

const byId = new Map(SENDERS.map((sender) => [sender.id, sender]));

/** The sender of an id as it stands in `webhook.verification.scheme`; null where there is none. */
export function senderOf(id: string): Sender | null {
	return byId.get(id) ?? null;
}
