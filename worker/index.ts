import { postThrough } from "./api/alerts-post";
import { app } from "./api/app";
import { Connection } from "./connections/connection";
import { isForEndpoint } from "./endpoints/address";
import { unknownEndpoint } from "./endpoints/answer";
import { Loopback } from "./endpoints/loopback";
import { receive } from "./endpoints/receive";
import type { WakeUp } from "./events/protocol/lease";
import type { StatisticsMessage } from "./events/protocol/statistics";
import { Sequencer } from "./events/sequencer";
import { consumeWakeUps } from "./executions/consumer";
import { Executor } from "./executions/executor";
import { KeyDoor } from "./executions/key-door";
import { isOnEndpointHost } from "./integrations/public-origin";
import { consumeStatistics } from "./integrations/statistics";
import { sweep } from "./integrations/sweep";

const STATISTICS_QUEUE = "inlet-statistics";

export { Connection, Executor, KeyDoor, Loopback, Sequencer };

export default {
	fetch(request, env, ctx) {
		// The one path that is hot goes straight to its handler.
		if (isForEndpoint(request.url)) return receive(request, env, ctx);
		if (isOnEndpointHost(env, request.url)) return unknownEndpoint();
		return isForUi(request) ? ui(request, env, ctx) : app.fetch(request, env, ctx);
	},

	async queue(batch, env) {
		// One handler gets the messages of both queues; the queue's name says which they are.
		if (batch.queue === STATISTICS_QUEUE) await consumeStatistics(batch as MessageBatch<StatisticsMessage>, env);
		else await consumeWakeUps(batch as MessageBatch<WakeUp>, env);
	},

	async scheduled(controller, env, ctx) {
		await sweep(env, controller.scheduledTime, postThrough(env, ctx.exports));
	},
} satisfies ExportedHandler<Env, WakeUp | StatisticsMessage>;

/** Paths that are never the UI's, whatever a browser asks for. */
const NOT_UI = /^\/(?:api|in|callback)(?:\/|$)/;

const isForUi = ({ method, url }: Request): boolean => (method === "GET" || method === "HEAD") && !NOT_UI.test(new URL(url).pathname);

/** A file of the UI; its page for every path that a person opens. What only a program asks for is not there. */
async function ui(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
	const response = await env.ASSETS.fetch(request);
	const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
	const isOpened = request.headers.get("sec-fetch-mode") === "navigate" || new URL(request.url).pathname === "/";
	return isPage && !isOpened ? app.fetch(request, env, ctx) : response;
}
