import type { EndpointSettings } from "../events/protocol/delivery";
import { type EndpointAddress, readEndpointKey } from "../integrations/endpoint-key";
import type { Verifier } from "./verifier";

/** Endpoints that an isolate remembers, oldest forgotten first. */
const KNOWN_MAX = 10_000;

export interface KnownEndpoint {
	address: EndpointAddress;
	/** As the Sequencer last told; it says `stale` when they are not the newest. */
	settings: EndpointSettings | null;
	/** Made from these settings at the first request that needs it. */
	verifier: { settings: EndpointSettings; made: Verifier | null } | null;
}

const known = new Map<string, KnownEndpoint>();

/** The endpoint of a key that this deployment signed. Only genuine keys are remembered, so guesses cannot fill the memory. */
export function knownEndpoint(keysText: string, hex: string): KnownEndpoint | null {
	let endpoint = known.get(hex);
	if (endpoint) return endpoint;
	const address = readEndpointKey(keysText, hex);
	if (address === null) return null;
	endpoint = { address, settings: null, verifier: null };
	for (const oldest of known.keys()) {
		if (known.size < KNOWN_MAX) break;
		known.delete(oldest);
	}
	known.set(hex, endpoint);
	return endpoint;
}
