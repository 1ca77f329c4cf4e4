import type { Sender } from "../sender";
import { adobeSign } from "./adobe-sign";
import { airtable } from "./airtable";
import { asana } from "./asana";
import { autotask } from "./autotask";
import { bigcommerce } from "./bigcommerce";
import { bitbucket } from "./bitbucket";
import { box } from "./box";
import { brex } from "./brex";
import { buildkite } from "./buildkite";
import { calCom } from "./cal-com";
import { calendly } from "./calendly";
import { chargebee } from "./chargebee";
import { checkoutCom } from "./checkout-com";
import { clerk } from "./clerk";
import { clickup } from "./clickup";
import { coinbaseCommerce } from "./coinbase-commerce";
import { confluence } from "./confluence";
import { connectwise } from "./connectwise";
import { customerIo } from "./customer-io";
import { github } from "./github";
import { hmac } from "./hmac";
import { shopify } from "./shopify";
import { slack } from "./slack";
import { standardWebhooksSender } from "./standard-webhooks";
import { stripe } from "./stripe";

/** Every sender, sorted by id. A test sees to it that no file is forgotten. */
export const SENDERS: readonly Sender[] = [
	adobeSign,
	airtable,
	asana,
	autotask,
	bigcommerce,
	bitbucket,
	box,
	brex,
	buildkite,
	calCom,
	calendly,
	chargebee,
	checkoutCom,
	clerk,
	clickup,
	coinbaseCommerce,
	confluence,
	connectwise,
	customerIo,
	github,
	hmac,
	shopify,
	slack,
	standardWebhooksSender,
	stripe,
];

const byId = new Map(SENDERS.map((sender) => [sender.id, sender]));

/** The sender of an id as it stands in `webhook.verification.scheme`; null where there is none. */
export function senderOf(id: string): Sender | null {
	return byId.get(id) ?? null;
}
