import { WorkerEntrypoint } from "cloudflare:workers";
import { endpointUrl } from "./address";
import { knownEndpoint } from "./known";
import { receive } from "./receive";

/**
 * The door for a workflow that calls a webhook of this very deployment. A request to one's own host is refused by the
 * platform or goes round in circles unseen; here it is delivered in process, and the count of hops goes along.
 * Reachable from this Worker's own code only, so nobody outside can set the count.
 */
export class Loopback extends WorkerEntrypoint<Env> {
	/** The endpoint's answer, or null where the URL's key was not signed here. */
	async deliver(request: Request, hops: number): Promise<Response | null> {
		const url = endpointUrl(request.url);
		if (url === null || knownEndpoint(this.env.ENDPOINT_KEYS, url.hex) === null) return null;
		return receive(request, this.env, this.ctx, hops);
	}
}
