import type { Handshake } from "../../connectors/sender";
import { textOf } from "./reading";

/**
 * Some senders ask whether the endpoint is ours by a text that we are to sign, with the very key that signs their
 * deliveries. Whoever has the URL can ask, too. So what such a question may hold is never taken for a delivery.
 */
export type Answered = (signed: Uint8Array | string) => boolean;

/** Longer texts fit no handshake's pattern. */
const TEXT_MAX_BYTES = 16 * 1024;

/** Whether somebody could have had us sign a text; null where nobody is answered unless they are verified first. */
export function answeredBy(handshakes: readonly Handshake[] = []): Answered | null {
	const patterns = handshakes.flatMap(({ verified, answer }) => (!verified && answer.kind === "hmac" ? [new RegExp(answer.pattern)] : []));
	if (patterns.length === 0) return null;
	return (signed) => {
		if (signed.length > TEXT_MAX_BYTES) return false;
		const text = typeof signed === "string" ? signed : textOf(signed);
		return text !== null && patterns.some((pattern) => pattern.test(text));
	};
}
