import { signal } from "@preact/signals";
import type { EventDetail, EventSummary, SenderView } from "../../../worker/api/types";
import type { Option } from "../../components/matching";
import { calls } from "./calls";
import { ALIASES } from "./sender-aliases";

/** Senders that are described rather than known: they come before all that have a name. */
const CUSTOM = ["hmac", "header-token", "basic", "bearer", "jwt"];

const names = signal<ReadonlyMap<string, string>>(new Map());
let asked = false;

/** What people call a sender; its id until the names are there. Shown where it is read, again when they come. */
export function senderName(id: string): string {
	if (!asked) {
		asked = true;
		calls.senders().then((answer) => {
			asked = answer.ok;
			if (answer.ok) names.value = new Map(answer.value.items.map((sender) => [sender.id, sender.name]));
		});
	}
	return names.value.get(id) ?? id;
}

/** `Stripe · invoice.paid`; null for an event of nobody in particular. */
export function senderWords({ sender, name }: Pick<EventSummary, "sender" | "name">): string | null {
	if (sender === null) return null;
	return name === null ? senderName(sender) : `${senderName(sender)} · ${name}`;
}

/** Everybody who may be chosen: anyone first, then what fits any sender, then all by name. */
export function senderOptions(senders: readonly { id: string; name: string }[]): Option[] {
	const custom = CUSTOM.flatMap((id) => senders.filter((sender) => sender.id === id));
	const known = senders.filter(({ id }) => !CUSTOM.includes(id)).sort((a, b) => a.name.localeCompare(b.name, "en"));
	return [
		{ value: "none", label: "Anyone who has the URL", also: "none nobody open", group: "none" },
		...custom.map(({ id, name }) => ({ value: id, label: name, also: `${id} custom any other ${ALIASES[id] ?? ""}`, group: "custom" })),
		...known.map(({ id, name }) => ({ value: id, label: name, also: `${id} ${ALIASES[id] ?? ""}`, group: "known" })),
	];
}

/** In a sentence: by its name, where it is not a description. */
export const calledInText = ({ id, name }: { id: string; name: string }): string => (CUSTOM.includes(id) ? "the sender" : name);

export type SenderSample = SenderView["samples"][number];

/** A sample's body as JSON text, as Run now and the designer take it. */
export function jsonOfSample({ body, contentType }: SenderSample): string {
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		const form = contentType.startsWith("application/x-www-form-urlencoded");
		return JSON.stringify(form ? Object.fromEntries(new URLSearchParams(body)) : body, null, 2);
	}
}

/** The headers that a sample comes with. */
export const headersOfSample = ({ headers, contentType }: SenderSample): Record<string, string> => ({
	"content-type": contentType,
	...headers,
});

/** What the workflow gets of a sample, as if it had come. */
export function eventOfSample(sample: SenderSample, sender: string): EventDetail {
	const { event: name, body, contentType } = sample;
	return {
		id: "evt_sample",
		sequence: 1,
		source: "webhook",
		receivedAt: new Date().toISOString(),
		method: "POST",
		path: "/",
		query: "",
		headers: Object.entries(headersOfSample(sample)),
		contentType,
		body,
		bodyEncoding: "utf8",
		size: body.length,
		lane: null,
		sender,
		name,
		occurredAt: null,
		status: "queued",
		executionId: "",
		replays: 0,
		replayedAt: null,
		masked: null,
		executions: [],
		filteredBy: null,
		calledBy: null,
		batch: null,
		afterAll: null,
	};
}
