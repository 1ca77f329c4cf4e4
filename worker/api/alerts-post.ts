import { send } from "../executions/egress";
import type { Post } from "../integrations/alerts-notices";

const TIMEOUT_MS = 10_000;

interface Loopback {
	deliver(request: Request, hops: number): Promise<Response | null>;
}

/**
 * The way out for alerts: through the one outbound door, with its guard. An alert may go to one of Inlet's own endpoints.
 * @param exports the Worker's own entry points, by name
 */
export function postThrough(env: Env, exports: unknown): Post {
	const loopback = (exports as { Loopback?: Loopback } | undefined)?.Loopback;
	return async ({ url, headers, body }) => {
		const request = { method: "POST", url, headers, credentials: [], body, timeoutMs: TIMEOUT_MS, hops: 0 };
		const result = await send(request, {
			env,
			...(loopback && { loopback: (inner: Request, hops: number) => loopback.deliver(inner, hops) }),
		});
		if (!result.ok) return { ok: false, reason: result.error.message };
		if (result.status >= 200 && result.status < 300) return { ok: true };
		return { ok: false, reason: `${new URL(url).host} answered ${result.status}.` };
	};
}
