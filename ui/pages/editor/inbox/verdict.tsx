import type { DeliverySummary, InboxEntry, RejectionCode, Verdict } from "../../../../worker/api/types";
import { AlertIcon, CheckIcon, ClockIcon, CopyIcon, FailedIcon, type Icon, InfoIcon, SucceededIcon } from "../../../components/icons";
import { senderName } from "../senders";
import { type Judged, verdictOf } from "./filters";

export const VERDICT_CHOICES: readonly { value: Verdict | ""; label: string }[] = [
	{ value: "", label: "Any verdict" },
	{ value: "verified", label: "Verified" },
	{ value: "unverified", label: "Not verified" },
	{ value: "refused", label: "Rejected" },
	{ value: "duplicate", label: "Duplicate" },
	{ value: "handshake", label: "Handshake" },
	{ value: "internal", label: "Not by webhook" },
];

/** Why it was rejected, short enough for a row. */
const SHORT: Record<RejectionCode, string> = {
	method_not_allowed: "method not allowed",
	unsupported_encoding: "compressed body",
	payload_too_large: "body too large",
	url_too_long: "URL too long",
	batch_too_large: "too many events",
	address_not_allowed: "address not on the list",
	signature_missing: "no signature",
	signature_invalid: "wrong signature",
	timestamp_out_of_range: "outside its time",
	key_unavailable: "key could not be fetched",
	handshake_refused: "handshake did not pass",
};

const LOOKS: Record<Judged, { icon: Icon; tone: string }> = {
	accepted: { icon: SucceededIcon, tone: "good" },
	verified: { icon: SucceededIcon, tone: "good" },
	unverified: { icon: InfoIcon, tone: "calm" },
	refused: { icon: FailedIcon, tone: "bad" },
	duplicate: { icon: CopyIcon, tone: "calm" },
	handshake: { icon: CheckIcon, tone: "calm" },
	internal: { icon: ClockIcon, tone: "calm" },
};

/** A refusal's code in two or three words. */
export const shortReason = (code: string): string => (SHORT as Record<string, string>)[code] ?? code;

/** "Verified by Stripe", "Rejected: no signature". */
export function verdictWords(entry: InboxEntry): string {
	const { event, delivery } = entry;
	switch (verdictOf(entry)) {
		case "accepted":
			return acceptedWords(delivery);
		case "verified":
			return `Verified by ${senderName(event?.sender ?? "")}`;
		case "unverified":
			return delivery === null ? "Not verified" : "Held no event";
		case "refused":
			return `Rejected: ${shortReason(delivery?.reason ?? "")}`;
		case "duplicate":
			return delivery?.reason === "conflict" ? `Like #${delivery.sequence}, other body` : `Duplicate of #${delivery?.sequence ?? "?"}`;
		case "handshake":
			return "Handshake";
		case "internal":
			return "Not by webhook";
	}
}

/** "Accepted", of one that was rejected or repeated first "Accepted after all". */
export const acceptedWords = (delivery: Pick<DeliverySummary, "reason"> | null): string =>
	delivery?.reason == null ? "Accepted" : "Accepted after all";

/** How what came in was judged, as an icon and words. */
export function VerdictBadge({ entry, plain = false }: { entry: InboxEntry; plain?: boolean }) {
	const judged = verdictOf(entry);
	const conflict = judged === "duplicate" && entry.delivery?.reason === "conflict";
	const { icon, tone } = LOOKS[judged];
	const Picture = conflict ? AlertIcon : icon;
	return (
		<span class={`status ${conflict ? "warn" : tone}${plain ? " plain-status" : ""}`}>
			<Picture size={14} />
			{verdictWords(entry)}
		</span>
	);
}
