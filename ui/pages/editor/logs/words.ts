import type { EventSource, RejectionCode } from "../../../../worker/api/types";

export const SOURCES: Record<EventSource, string> = {
	webhook: "Webhook",
	schedule: "Schedule",
	poll: "Polled item",
	manual: "Run now",
	call: "Called by another integration",
};

/** Why a delivery was turned down, and what to do about it. */
const REASONS: Record<RejectionCode, string> = {
	method_not_allowed: "The URL does not take this method. Tick it in the Webhook tab, or change it in the sender.",
	unsupported_encoding: "The body was compressed. Turn compression off in the sender.",
	payload_too_large: "The body is larger than 10 MB.",
	url_too_long: "The URL was longer than 8 KB. Let the sender send this in the body.",
	batch_too_large: "It held more events than one delivery may. Let the sender send smaller lists.",
	address_not_allowed: "It came from an address that is not on the webhook's list. Add the sender's addresses in the Webhook tab.",
	signature_missing: "The request carried no signature.",
	signature_invalid: "The signature does not match. Compare the secret on both sides.",
	timestamp_out_of_range: "It was signed too long ago or in the future, or its token had run out. Check the sender's clock.",
	key_unavailable: "The sender's key could not be fetched, so the sender was asked to try again.",
	handshake_refused:
		"It asked whether the URL is yours, with another token than the one in the Webhook tab, or brought a secret where another is set. Compare both, then have the sender verify the URL again.",
};

export const reasonWords = (code: string): string => (REASONS as Record<string, string>)[code] ?? code;

/** What a person can do about a failed execution, by the error's code; null where the message says it all. */
export function adviceFor(code: string): string | null {
	if (code.startsWith("expression_") || code === "template_invalid" || code.startsWith("value_too_"))
		return ADVICE.expression_failed ?? null;
	return ADVICE[code] ?? null;
}

const ADDRESS = "Open the step in the Workflow tab and correct its URL, then save and retry.";
const CONNECTION = "Look at the connection under Connections, and at the one that the step names. Then retry.";

const ADVICE: Record<string, string> = {
	timeout: "The other system did not answer in time. Raise the step's time limit, or retry when it is quicker.",
	network_error: "Check the URL, and whether the system is up. Then retry.",
	http_status: "The other system refused the request. Its response below says why. Change the step or the other system, then retry.",
	interrupted: "Nothing is wrong with the step. Retry; where the call did arrive, its Idempotency-Key lets the other system notice.",
	executor_stopped:
		"Each time that this event ran, what ran it stopped. Look for what is unusual about its payload, make the workflow do less with it, then retry.",
	url_invalid: ADDRESS,
	request_invalid: ADDRESS,
	header_invalid: "Open the step in the Workflow tab and correct the header, then save and retry.",
	egress_refused: "Use the system's public URL. Passwords belong in a connection.",
	too_many_hops: "Integrations call one another in a circle. Break it by a filter, or by another target.",
	too_many_redirects: "Use the URL that the redirects lead to.",
	response_too_large: "Ask the other system for less: a page, or fewer fields.",
	output_too_large: "Keep only the fields that later steps need.",
	connection_unavailable: CONNECTION,
	unknown_connection: CONNECTION,
	credential_unreadable: "Enter the connection's secret anew under Connections. Then retry.",
	host_not_allowed: "Add the host to the connection under Connections, where it should get these credentials. Then retry.",
	expression_failed: "Open the step in the Workflow tab with this event as the sample: the preview shows where it fails.",
	body_invalid: "The body is not what its content type says. Look at the event, and at the sender.",
};
