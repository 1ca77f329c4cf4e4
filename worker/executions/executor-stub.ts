import type { WakeUp } from "../events/protocol/lease";
import { locationHint, type Remote } from "../integrations/objects";
import type { Executor } from "./executor";

/** The Executor of a slot, in its integration's region. */
export function executorOf(env: Env, { integrationId, slot, region }: WakeUp): Remote<Executor> {
	return env.EXECUTOR.get(env.EXECUTOR.idFromName(`${integrationId}/${slot}`), locationHint(region)) as unknown as Remote<Executor>;
}
