import type { ErrorRecord } from "../../events/protocol/journal";

/** What became of a body that was read, or why it could not be. */
export type ParsedBody = { ok: true; value: unknown } | { ok: false; error: ErrorRecord };

export function invalid(format: string, reason: string): ParsedBody {
	return { ok: false, error: { code: "body_invalid", message: `The body is not valid ${format}: ${reason}.`, field: "event.body" } };
}
