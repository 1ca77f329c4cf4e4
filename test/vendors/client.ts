import type { SenderView } from "../../worker/api/types.ts";

/** What a vendor's own code has signed, ready to be sent. */
export interface Signed {
	/** The endpoint's URL, and what the vendor puts behind it. */
	url: string;
	headers: Record<string, string>;
	body: string;
	/** As the vendor names this kind of event; absent where it has no name. */
	name?: string;
}

/** Two forms of one secret, which differ where the vendor signs with a private key. */
export interface Keys {
	/** As a person copies it from the vendor's settings into Inlet. */
	entered: string;
	/** What the vendor's code signs with. */
	signing: string;
}

export interface Answer {
	status: number;
	/** Null where the vendor's program tells no more than the status. */
	text: string | null;
}

/** The vendor's question whether the endpoint is ours, and the answer that its own code gives to it. */
interface Asked {
	url: string;
	expected: string;
}

/** One vendor's code that runs without its service. */
export interface Client {
	/** The sender that is chosen for it: `webhook.verification.scheme`. */
	sender: SenderView["id"];
	/** Which of several ways of this sender. */
	way?: string;
	/** npm package that signs, and what is called of it. */
	package: string;
	calls: string;
	/** Entered beside the secret. */
	options?: Record<string, string>;
	keys: () => Keys;
	/** A new delivery, each time with an id of its own. Absent: only the handshake can be had without the service. */
	sign?: (url: string, signing: string) => Signed | Promise<Signed>;
	/** The same with one character changed that is signed; of the body unless said otherwise. */
	change?: (signed: Signed) => Signed;
	/** Where the vendor's program posts by itself. */
	post?: (signed: Signed) => Promise<Answer>;
	ask?: (url: string, entered: string) => Promise<Asked> | Asked;
}

/** Stands in each body; the last letter of the first name is the one that is changed. */
export const NAME = "Ada Zoë 🚚";
const [FIRST_NAME, CHANGED] = ["Ada", "Adb"];

export function withChangedBody(signed: Signed): Signed {
	const body = signed.body.replace(FIRST_NAME, CHANGED);
	if (body === signed.body) throw new Error(`${FIRST_NAME} is not in the body`);
	return { ...signed, body };
}

export async function postIt({ url, headers, body }: Signed): Promise<Answer> {
	const response = await fetch(url, { method: "POST", headers, body });
	return { status: response.status, text: await response.text() };
}

/** Headers of a body of JSON, and those of the vendor. */
export const json = (headers: Record<string, string>): Record<string, string> => ({ "content-type": "application/json", ...headers });

export const seconds = (): number => Math.floor(Date.now() / 1000);

export const newId = (prefix = ""): string => prefix + crypto.randomUUID();

/** A shared secret: what is entered is what signs. */
export function shared(make: () => string): () => Keys {
	return () => {
		const entered = make();
		return { entered, signing: entered };
	};
}

/** 32 random bytes. */
export function random(encoding: "hex" | "base64"): string {
	return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString(encoding);
}
