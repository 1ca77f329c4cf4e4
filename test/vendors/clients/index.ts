import type { Client } from "../client.ts";
import { contentClients } from "./content.ts";
import { githubClients } from "./github.ts";
import { hubspotClients } from "./hubspot.ts";
import { messageClients } from "./messages.ts";
import { paymentClients } from "./payments.ts";
import { standardWebhooksClients } from "./standard-webhooks.ts";
import { stripeClient } from "./stripe.ts";
import { tokenClients } from "./tokens.ts";
import { twilioClients } from "./twilio.ts";

/** Every vendor's client, by sender. */
export const CLIENTS: readonly Client[] = [
	...contentClients,
	...githubClients,
	...hubspotClients,
	...messageClients,
	...paymentClients,
	...standardWebhooksClients,
	stripeClient,
	...tokenClients,
	...twilioClients,
].toSorted((a, b) => a.sender.localeCompare(b.sender));
