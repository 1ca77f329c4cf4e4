import type { ErrorRecord } from "../events/protocol/journal";
import type { EventRecord } from "../events/protocol/lease";
import { headersOf, queryOf } from "../integrations/body/pairs";
import { parseBody } from "../integrations/body/parse";

/** An event as expressions see it. */
export interface Event {
	id: string;
	sequence: number;
	/** ISO 8601, UTC. */
	receivedAt: string;
	/** Id of the sender whose signature it bore, what that sender calls it, and when it happened there (ISO 8601, UTC). */
	sender: string | null;
	name: string | null;
	occurredAt: string | null;
	method: string;
	path: string;
	/** A repeated parameter is an array. */
	query: Record<string, unknown>;
	/** Names in lower case; repeated ones are joined by a comma. */
	headers: Record<string, unknown>;
	body: unknown;
}

/** Makes an event ready for expressions; its body is parsed by its declared content type. */
export function readEvent(record: EventRecord): { ok: true; event: Event } | { ok: false; error: ErrorRecord } {
	const headers = headersOf(record.headers);
	const declared = headers["content-type"];
	const body = parseBody(new Uint8Array(record.body), typeof declared === "string" ? declared : "");
	if (!body.ok) return body;
	return {
		ok: true,
		event: {
			id: record.id,
			sequence: record.sequence,
			receivedAt: new Date(record.receivedAt).toISOString(),
			sender: record.sender,
			name: record.name,
			occurredAt: record.occurredAt === null ? null : new Date(record.occurredAt).toISOString(),
			method: record.method,
			path: record.path,
			query: queryOf(record.query),
			headers,
			body: body.value,
		},
	};
}
