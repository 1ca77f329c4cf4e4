import type { EndpointSettings } from "../events/protocol/delivery";
import { isInBlocks } from "../integrations/address-block";
import type { Fault } from "./parts";

/** All that development knows: nothing in front of the worker says who asks, and `wrangler dev` lets a sender write the header. */
const LOOPBACK = ["127.0.0.1", "::1"];

/**
 * The address that a request came from, as Cloudflare says: it sets the header itself, whatever the sender wrote there.
 * @param hops above 0 where an integration of this deployment calls; its step could have written the header
 * @returns one, or in development both spellings of the own machine's; none where nobody trustworthy says
 */
export function askersOf(request: Request, env: Env, hops: number): readonly string[] {
	if (hops > 0) return [];
	if (env.ENVIRONMENT === "development") return LOOPBACK;
	const told = request.headers.get("cf-connecting-ip");
	return told === null ? [] : [told];
}

/** Turns down whoever is not on the endpoint's list, if it has one; where no address is known, everybody. */
export function stranger({ askers }: { askers: () => readonly string[] }, { webhook }: EndpointSettings): Fault | null {
	const { allowedIps } = webhook;
	if (!allowedIps?.length) return null;
	const from = askers();
	if (from.some((address) => isInBlocks(allowedIps, address))) return null;
	const message = "This webhook takes deliveries from certain addresses only.";
	return { code: "address_not_allowed", httpStatus: 403, message, detail: { address: from[0] ?? null } };
}
