import { createHmac } from "node:crypto";

/**
 * The header with which Stripe signs a body: the sender that tests choose where any will do.
 * @param at epoch ms
 */
export function stripe(secret: string, body: string, at = Date.now()): { "stripe-signature": string } {
	const time = Math.floor(at / 1000);
	const sum = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
	return { "stripe-signature": `t=${time},v1=${sum}` };
}
