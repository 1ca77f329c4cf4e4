import { describeError, within } from "../errors";
import type { WakeUp } from "../events/protocol/lease";
import { reach } from "../faults";
import { executorOf } from "./executor-stub";

/** A start that is not answered after this long is left to itself: it must not keep the queue from the others. */
const START_ANSWER_MS = FAULTS ? 500 : 5_000;

/**
 * Turns wake-up calls into starts, one a slot however often it was called, and acknowledges all of them: a call that
 * did not arrive is made again by the Sequencer's alarm.
 */
export async function consumeWakeUps(batch: MessageBatch<WakeUp>, env: Env): Promise<void> {
	const calls = new Map<string, WakeUp>();
	for (const { body } of batch.messages) calls.set(`${body.integrationId}/${body.slot}`, body);
	batch.ackAll();
	await Promise.all(
		[...calls.values()].map(async (call) => {
			try {
				await within(START_ANSWER_MS, start(call, env));
			} catch (error) {
				console.error(JSON.stringify({ event: "executor.start_failed", ...call, error: describeError(error) }));
			}
		}),
	);
}

async function start(call: WakeUp, env: Env): Promise<void> {
	if (FAULTS) await reach("consumer.before_start", call.integrationId);
	await executorOf(env, call).start(call.integrationId, call.slot, call.region);
	if (FAULTS) await reach("consumer.after_start", call.integrationId);
}
