import type { ExplanationView } from "../../../../worker/api/types";
import { calledInText } from "../senders";

/** Why a signature did not pass, for people who may never have heard of one, and what they can do about it. */

export interface CauseWords {
	/** What happened. */
	title: string;
	/** What to do about it, and where. */
	advice: string;
}

export function causeWords(found: ExplanationView): CauseWords {
	const words = WORDS[found.cause](namesIn(found), found);
	return found.proven || SURE.includes(found.cause) ? words : { ...words, title: `Probably: ${words.title}` };
}

/** True of the request as it stands, whatever was tried. */
const SURE: readonly ExplanationView["cause"][] = ["no_signature", "no_secret", "accepted_now"];

interface Names {
	sender: string;
	/** What the sender calls its secret. */
	secret: string;
	how: string;
	other: string;
}

const namesIn = ({ sender, how, other }: ExplanationView): Names => ({
	sender: sender === null ? "the sender" : calledInText(sender),
	secret: sender?.secret ?? "secret",
	how: how ?? "",
	other: other?.name ?? how ?? "another system",
});

const WORDS: Record<ExplanationView["cause"], (names: Names, found: ExplanationView) => CauseWords> = {
	no_signature: ({ sender, secret }, found) => ({
		title: found.sender?.carriesSecret ? `It does not carry what proves its sender: “${secret}”` : `It carries no signature of ${sender}`,
		advice: `Either it does not come from ${sender}, or that is not switched on there. A test by hand or by curl carries none: use Run now for that.`,
	}),
	wrong_secret: ({ sender, secret }, { sender: own, evidence: { url } }) => ({
		title: own?.carriesSecret
			? "It carries another secret than the one that is set here"
			: `It was signed with another secret than the one that is set here${url === null ? "" : ", or for another URL"}`,
		advice: `Copy “${secret}” from ${sender} once more and replace it in the Webhook tab. Make sure that it is the one of this webhook, and of the same mode (test or live): each has its own.${
			url === null ? "" : ` ${sender} signs the URL as well: it must be entered there exactly as it stands in the Webhook tab.`
		}`,
	}),
	secret_form: ({ sender, secret, how }) => ({
		title:
			how === ""
				? "The secret that is set here cannot be right: it is not written as one"
				: `The secret is right, but not written as it should be: ${how}`,
		advice: `Copy “${secret}” from ${sender} once more, whole and without anything around it, and replace it in the Webhook tab.`,
	}),
	body_changed: ({ sender, how }) => ({
		title: `The body was changed on its way${how === "" ? "" : `: ${how}`}`,
		advice: `${sender} signed other bytes than those that arrived. Something in between (a proxy, a gateway, another automation) rewrites the body: let it pass the body on as it is, or enter the URL at ${sender} itself.`,
	}),
	url_differs: ({ sender, how }) => ({
		title: `It was signed for another URL than the one that was called${how === "" ? "" : `: ${how}`}`,
		advice: `Copy the URL from the Webhook tab and enter it at ${sender} exactly as it stands, without a redirect in between.`,
	}),
	clock: ({ sender }, { evidence: { differenceSeconds, toleranceSeconds } }) => ({
		title: clockWords(differenceSeconds ?? 0),
		advice: `The signature is right, but only ${toleranceSeconds === null ? "a short time" : durationWords(toleranceSeconds)} are allowed, so that nobody can send an old request again. ${
			(differenceSeconds ?? 0) > 0
				? `It was held up on its way, or sent once more by something else than ${sender}. If you know it, accept it after all.`
				: `The clock of ${sender} is ahead: set it right there.`
		}`,
	}),
	expired: ({ sender }, { evidence: { differenceSeconds } }) => ({
		title: `Its token had run out ${durationWords(differenceSeconds ?? 0)} before it came`,
		advice: `The token is right, but good only until the time that stands in it (exp). It was held up on its way, sent once more, or ${sender} makes tokens that end too soon. If you know it, accept it after all.`,
	}),
	not_yet: ({ sender }, { evidence: { differenceSeconds } }) => ({
		title: `Its token is good only from ${durationWords(-(differenceSeconds ?? 0))} after it came`,
		advice: `The token is right, but names a later beginning (nbf). The clock of ${sender} is ahead: set it right there.`,
	}),
	claim_differs: ({ sender, how }) => ({
		title: `Its token is right, but names another ${how === "" ? "receiver" : how} than is set here`,
		advice: `Compare it with what ${sender} writes into its tokens, and set the same in the Webhook tab. If ${sender} makes them for several receivers, this one may be for somebody else.`,
	}),
	older_signature: ({ sender, how }, { proven }) => ({
		title: `It carries only the older SHA-1 signature of ${sender}${proven ? ", and that fits" : ""}`,
		advice: `${sender} sends the newer one as well${how === "" ? "" : ` (${how})`}. Something in between (a proxy, a gateway) takes it away: let it pass all headers. What signs by SHA-1 alone can be taken with Custom HMAC as the sender.`,
	}),
	other_sender: ({ sender, other }, { proven }) => ({
		title: proven ? `It is signed the way ${other} signs, and the secret fits` : `It is signed the way ${other} signs`,
		advice: `This webhook takes what ${sender} signs. If it is ${other} that sends, choose that as the sender in the Webhook tab; else enter this URL at ${sender} alone.`,
	}),
	other_algorithm: ({ sender, how }) => ({
		title: `It was signed in another way${how === "" ? "" : `: ${how}`}`,
		advice: `Choose the algorithm and encoding that ${sender} uses, in the Webhook tab or in ${sender}’s own settings.`,
	}),
	other_time: ({ sender, how }, found) => ({
		title: `Its time of signing cannot be read${how === "" ? "" : `: ${how}`}`,
		advice:
			found.sender?.id === "hmac"
				? `Find out how ${sender} writes the time, and set the same in the Webhook tab.`
				: `${sender} does not write it so. Something else sent it, or something on the way changed the header.`,
	}),
	sent_twice: ({ how }) => ({
		title: `Its signature came twice${how === "" ? "" : ` (${how})`}`,
		advice: "Something on the way adds a header that is there already. Take it out there.",
	}),
	malformed: ({ sender, how }) => ({
		title: `Its signature is not written the way ${sender} writes it${how === "" ? "" : ` (${how})`}`,
		advice: `Either something else than ${sender} sends it, or ${sender} signs in another way than is set in the Webhook tab.`,
	}),
	key: ({ sender }) => ({
		title: `The key of ${sender} could not be fetched, or is not ${sender}’s own`,
		advice: `It is fetched from ${sender} at the first delivery. If this goes on, look whether ${sender} has an outage. A genuine delivery can be accepted after all.`,
	}),
	no_secret: ({ sender, secret }) => ({
		title: "No secret is set, so everything is rejected",
		advice: `Enter “${secret}” of ${sender} in the Webhook tab and save. Then accept this delivery after all.`,
	}),
	accepted_now: ({ sender }, found) => ({
		title: "With today’s settings it would be accepted",
		advice:
			found.sender === null
				? "Since it came, the webhook takes requests from anyone. Accept it after all if you want it."
				: `Since it came, the secret or sender was changed: its signature of ${sender} is right. Accept it after all if you want it.`,
	}),
};

const clockWords = (seconds: number): string =>
	seconds >= 0 ? `It was signed ${durationWords(seconds)} before it came` : `It was signed ${durationWords(-seconds)} in the future`;

/** `90` → `90 seconds`, `3600` → `60 minutes`, `864000` → `10 days`. */
export function durationWords(seconds: number): string {
	if (seconds < 120) return `${Math.round(seconds)} seconds`;
	if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
	if (seconds < 172_800) return `${Math.round(seconds / 3_600)} hours`;
	return `${Math.round(seconds / 86_400).toLocaleString()} days`;
}
