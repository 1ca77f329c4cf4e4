import { postThrough } from "./api/alerts-post";
import { app } from "./api/app";
import { Connection } from "./connections/connection";
import { isForEndpoint } from "./endpoints/address";
import { Loopback } from "./endpoints/loopback";
import { receive } from "./endpoints/receive";
import type { StatisticsMessage, WakeUp } from "./events/protocol";
import { Sequencer } from "./events/sequencer";
import { consumeWakeUps } from "./executions/consumer";
import { Executor } from "./executions/executor";
import { KeyDoor } from "./executions/key-door";
import { consumeStatistics } from "./integrations/statistics";
import { sweep } from "./integrations/sweep";

const STATISTICS_QUEUE = "inlet-statistics";

export { Connection, Executor, KeyDoor, Loopback, Sequencer };

export default {
	fetch(request, env, ctx) {
		// The one path that is hot goes straight to its handler.
		if (isForEndpoint(request.url)) return receive(request, env, ctx);
		return app.fetch(request, env, ctx);
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
