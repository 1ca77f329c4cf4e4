import type { Digest, Encoding, KeyForm, SignatureScheme } from "./scheme";

/**
 * What we know about a system that sends webhooks. One file in `senders/` each, plain values only, with its vectors in
 * `test/connectors/vectors/<id>.json`.
 *
 * Paths (`duplicateId`, `eventName`, `orderingKeys` …) are those of ordering keys: `event.body.data.id`,
 * `event.headers.x-github-event`, `event.query.topic`.
 */
export interface Sender {
	/** Lower-case kebab; never changes, since integrations name it. */
	id: string;
	/** As people know it. */
	name: string;
	signature: SignatureScheme;
	/** What the sender calls the secret, and what one looks like: `whsec_…`. */
	secret?: { name: string; looksLike?: string };
	/** What must be entered beside the secret. */
	options?: readonly SenderOption[];
	/** Requests that ask whether the endpoint is ours, answered before anything is stored. The first that fits. */
	handshakes?: readonly Handshake[];
	/**
	 * What its deliveries are written in, the usual one first; they are read as one of these, whatever they are called, since
	 * no signature covers that. JSON unless it says otherwise; `any` where it passes on what others write.
	 */
	formats?: readonly [Format, ...Format[]] | "any";
	/** What is the same on every repeat of one delivery; several together where one alone is not unique. */
	duplicateId?: readonly string[];
	/**
	 * It signs no id, and no body of its is ever the same twice, but where one of these paths has a value: the same body under
	 * another id is somebody else's repetition. Not for senders whose deliveries are alike.
	 */
	freshBody?: { unless: readonly string[] };
	/** It signs this instead of the body: taken once, whatever is set of duplicates. */
	takenOnce?: readonly string[];
	/** Where the kind of event is named; the first path that has a value. Those of a batch's items come after the whole's. */
	eventName?: readonly string[];
	/** When it happened at the sender. */
	eventTime?: { path: string; unit: "seconds" | "milliseconds" | "iso" };
	/** What the sender wants as an answer. Ours is 202 with JSON unless it says otherwise. */
	expects?: Expectation;
	/**
	 * Where one delivery may hold several events: `event.body`, `event.body.data.events`. Suggested, never set unasked.
	 * `what` follows “may send”: `up to 100 changes`. `duplicateId` is what is the same on every repeat of one item, by paths
	 * into the item; without it an item goes by its delivery's id and its place.
	 */
	batch?: { path: string; what: string; duplicateId?: readonly string[] };
	/** Suggestions for keeping order: events with the same value run one after the other. Of a batch, they are each item's. */
	orderingKeys?: readonly { path: string; what: string }[];
}

export type Format = "json" | "form" | "xml";

/** What people are shown of a sender, and the Worker never needs. */
export interface SenderPage {
	guide?: SenderGuide;
	/** Common events, to try a workflow before the first real one. Invented people and numbers only. */
	samples?: readonly Sample[];
}

/**
 * Steps in the sender's own settings, one short sentence each. `{url}` stands for the webhook's URL. That the secret is
 * entered with us, and saved, is said in between by whoever shows them: they are followed one after the other.
 */
export interface SenderGuide {
	/** The secret is entered with us first: the sender tries the URL at once, or wants the same secret together with it. */
	secretFirst?: boolean;
	pasteUrl: readonly string[];
	findSecret: readonly string[];
	/** What is left to do there when all is saved. */
	finish?: readonly string[];
}

export interface SenderOption {
	/** camelCase; a key of `webhook.verification`. */
	id: string;
	/** As the sender calls it: `Webhook ID`. */
	name: string;
	/** Where it is found, one sentence. */
	help: string;
	required: boolean;
	/** Kept sealed and never read back. */
	secret?: boolean;
	/** The only values allowed. */
	choices?: readonly string[];
}

export interface Expectation {
	/** 200 where 202 is not understood. */
	status?: 200 | 202;
	/** The answer's body must have no bytes. */
	emptyBody?: boolean;
	/** A header of the request that a verified delivery's answer must repeat (Acrobat Sign). */
	echoHeader?: string;
	/** It counts the delivery as failed after this time. */
	withinSeconds?: number;
	/** What it does when the answer fails, one sentence. */
	retries?: string;
}

export interface Sample {
	/** The event as the sender calls it: `payment_intent.succeeded`. */
	event: string;
	/** For people: `A payment went through`. */
	title: string;
	/** Beside content-type; never signatures. */
	headers?: Readonly<Record<string, string>>;
	/** JSON, or a string as it stands for another content type. */
	body: unknown;
	contentType?: string;
}

/** Where a handshake's value stands. */
export type HandshakePlace = { query: string } | { header: string } | { json: string } | { form: string };

export interface Handshake {
	when: {
		method: "GET" | "POST" | "HEAD" | "OPTIONS";
		/** All of these must be there. */
		has?: readonly HandshakePlace[];
		/** All of these must have this value. */
		equals?: readonly (HandshakePlace & { value: string | number })[];
		/** The body has this one member and no other (monday). */
		onlyMember?: string;
		/** The body is a form with this one field and no other (WooCommerce). */
		onlyField?: string;
	};
	/** True: the request must pass the sender's verification first, and is refused like any delivery otherwise. */
	verified: boolean;
	/** Must equal what the person entered (an id of `options`), else 403: Meta's verify token. */
	requires?: HandshakePlace & { option: string };
	answer: HandshakeAnswer;
}

export type HandshakeAnswer =
	/** The value as it came: as plain text, as one member of an object, or in a header of this name. */
	| { kind: "echo"; from: HandshakePlace; to: "text" | { json: string } | { header: string }; pattern?: string }
	/** Something made from the value. `also` are members that are repeated as they came. */
	| {
			kind: "hmac";
			of: HandshakePlace;
			digest: Digest;
			key?: KeyForm;
			encoding: Encoding;
			prefix?: string;
			/** What the person entered, and a text after it, before everything else (Braintree's public key). */
			prefixOption?: { option: string; between: string };
			to: "text" | { json: string };
			also?: Readonly<Record<string, HandshakePlace>>;
			/** Only values of this form are answered, so that nobody gets a signature for a message of theirs. */
			pattern: string;
	  }
	/** A digest over the parts in this order (eBay). */
	| {
			kind: "hash";
			digest: Digest;
			parts: readonly (HandshakePlace | { option: string } | "url")[];
			encoding: Encoding;
			to: { json: string };
	  }
	/** Always the same object (Discord). */
	| { kind: "json"; body: Readonly<Record<string, string | number | boolean>> }
	/** Nothing but a status. */
	| { kind: "status"; status: 200 | 204 }
	/** The value is the secret: kept if the endpoint has none yet, and sent back in a header of the same name (Asana). */
	| { kind: "keepSecret"; from: HandshakePlace; echo: boolean }
	/** Shown to a person, who opens or copies it (SNS, Notion). `host`: pattern of the only hosts a link may lead to. */
	| { kind: "show"; from: HandshakePlace; what: "link" | "code"; host?: string; alsoKeepSecret?: boolean }
	/** Answered like a delivery by its signature alone, and not stored (Xero). */
	| { kind: "intentToReceive" };
