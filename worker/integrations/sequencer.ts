import type { Sequencer } from "../events/sequencer";
import type { Region } from "./endpoint-key";

type Called =
	| "apply"
	| "remove"
	| "run"
	| "replay"
	| "cancel"
	| "poke"
	| "listEvents"
	| "getEvent"
	| "listDeliveries"
	| "getDelivery"
	| "listBlockedLanes"
	| "skipLane"
	| "schedule"
	| "listExecutions"
	| "getExecution"
	| "ledger";

/** What the rest of the worker asks of a Sequencer, as it looks from outside: everything takes a while. */
export type SequencerCalls = {
	[Name in Called]: (...args: Parameters<Sequencer[Name]>) => Promise<Awaited<ReturnType<Sequencer[Name]>>>;
} & { fetch(request: Request): Promise<Response> };

/** An integration's Sequencer, made near its region the first time. */
export function sequencerOf(env: Env, integration: { id: string; region: Region }): SequencerCalls {
	const { region } = integration;
	const id = env.SEQUENCER.idFromName(integration.id);
	return env.SEQUENCER.get(id, region === "auto" ? {} : { locationHint: region }) as unknown as SequencerCalls;
}
