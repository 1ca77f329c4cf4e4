import type { Sequencer } from "../events/sequencer";
import { REGIONS } from "./endpoint-key";

/**
 * An object as it is called from elsewhere: its methods, each answering with a promise. (The platform's own stub type
 * makes nothing of results that hold `unknown`, as a step's output does.)
 */
export type Remote<T> = {
	[K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] extends (...args: infer A) => infer R
		? (...args: A) => Promise<Awaited<R>>
		: never;
};

/** An object is made near its first caller and stays there; a region other than `auto` says where instead. */
export function locationHint(region: string): DurableObjectNamespaceGetDurableObjectOptions {
	const known = REGIONS.find((name) => name === region);
	return known === undefined || known === "auto" ? {} : { locationHint: known };
}

/** The Sequencer of an integration. Get a new one for each chain of calls: a stub that broke stays broken. */
export function sequencerOf(env: Env, integrationId: string, region: string): Remote<Sequencer> {
	return env.SEQUENCER.get(env.SEQUENCER.idFromName(integrationId), locationHint(region)) as unknown as Remote<Sequencer>;
}
