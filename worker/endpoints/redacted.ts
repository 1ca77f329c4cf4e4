import { senderOf } from "../connectors/senders";
import type { Arrival, BatchArrival, EndpointSettings, Rejection } from "../events/protocol/delivery";
import { hideCredentials, NO_PROOF, type Proof } from "../integrations/redaction/credentials";
import { type Maskable, maskEvent } from "../integrations/redaction/event";
import { Findings } from "../integrations/redaction/findings";
import { type Keeping, keep, noteOf, sealRefused } from "../integrations/redaction/kept";
import { inBatches, type Redaction, redactionOf } from "../integrations/redaction/rules";
import { carriesSecret, signsWithSecret, tokenFields } from "../integrations/verification";
import type { Verifier } from "./verifier";

/** What a delivery looks like on its way to be stored: without credentials, and without what its integration masks. */

/** Refusals that are explained by what came, checked once more. */
const CHECKED_AGAIN: readonly string[] = ["signature_missing", "signature_invalid", "timestamp_out_of_range"];
/** Bytes of a body that are sealed at most, since a forger may send many: of a larger one its reason alone is kept. */
const SEALED_MAX_BYTES = 16 * 1024;

/** How an endpoint's deliveries are kept. */
export function keepingOf(
	keys: string,
	integrationId: string,
	{ webhook, workspaceId, ordering }: EndpointSettings,
	verifier: Verifier | null,
): Keeping {
	return {
		redaction: redactionOf(webhook),
		proof: verifier === null ? NO_PROOF : proofOf(webhook, verifier),
		keys,
		holder: { workspaceId, integrationId },
		ordering,
	};
}

const proofs = new WeakMap<Verifier, Proof>();

/** What this endpoint's sender proves itself with; a verifier lives as long as its settings. */
function proofOf({ verification, batch }: EndpointSettings["webhook"], verifier: Verifier): Proof {
	let proof = proofs.get(verifier);
	if (proof === undefined) {
		const fields = tokenFields(verification);
		const secretOptions = (senderOf(verification.scheme)?.options ?? []).filter(({ secret }) => secret);
		const entered = secretOptions.flatMap(({ id }) => verifier.options[id] ?? []).map(String);
		proof = {
			fields: fields && batch ? inBatches(fields, batch.path) : fields,
			secrets: [...(carriesSecret(verifier.sender) ? verifier.secrets : []), ...entered],
			signing: signsWithSecret(verifier.sender) ? verifier.secrets : [],
		};
		proofs.set(verifier, proof);
	}
	return proof;
}

export const keptArrival = (arrival: Arrival, keeping: Keeping): Arrival => keep(arrival, keeping);

/** Each item is masked and sealed by itself, with what it shares with the others. */
export function keptBatch(batch: BatchArrival, keeping: Keeping): BatchArrival {
	const { items, size, ...shared } = batch;
	const kept = items.map((item) => {
		const { body, lane, duplicateKey, name, occurredAt, masked, sealed } = keep({ ...shared, ...item }, keeping);
		return { body, lane, duplicateKey, name, occurredAt, ...(masked && { masked }), ...(sealed && { sealed }) };
	});
	return { ...withoutBody(shared, keeping), items: kept, size };
}

/**
 * What is turned down runs nothing: only what is masked is kept. What the explanation checks once more is sealed beside it,
 * unless fields of it were masked, for nobody may have these back.
 */
export function keptRejection(rejection: Rejection, { redaction, proof, keys, holder }: Keeping): Rejection {
	// What a handshake brings is a secret more often than not, and says nothing that its refusal does not.
	const whole = rejection.code === "handshake_refused" ? { ...rejection, body: new ArrayBuffer(0) } : rejection;
	const { masked: came, findings } = redaction ? maskStart(whole, redaction) : { masked: whole, findings: null };
	const isMasked = findings?.any ?? false;
	const hidden = hideCredentials(came, { ...proof, secrets: [...proof.secrets, ...proof.signing] });
	const note = isMasked ? { masked: noteOf(findings ?? new Findings()) } : {};
	if (hidden === null) return isMasked ? { ...came, detail: { ...came.detail, ...note } } : came;
	const { shown } = hidden;
	// As of an event, the size is that of what is kept, so that it can be seen whether all of it is.
	const kept = { ...shown, size: came.size + shown.body.byteLength - came.body.byteLength };
	if (isMasked || !CHECKED_AGAIN.includes(came.code)) return isMasked ? { ...kept, detail: { ...came.detail, ...note } } : kept;
	const changed = shown.body === came.body ? EMPTY : came.body;
	const beside =
		changed.byteLength > SEALED_MAX_BYTES
			? { masked: noteOf(new Findings(), ["event.body"]) }
			: { sealed: sealRefused(keys, holder, { ...came, body: changed }) };
	return { ...kept, detail: { ...came.detail, ...beside } };
}

const EMPTY = new ArrayBuffer(0);

/** More than is kept of a refused body: what is kept holds no value that begins in it and ends behind it. */
const START_BYTES = 272 * 1024;
/** Longer than any value that is recognized; what is cut in the middle is not. */
const TAIL_BYTES = 16 * 1024;

/** A refused request as it is kept: of a long body, which anybody may send, the start alone is looked through. */
function maskStart(rejection: Rejection, redaction: Redaction): ReturnType<typeof maskEvent<Rejection>> {
	const { body } = rejection;
	if (body.byteLength <= START_BYTES) return maskEvent(rejection, redaction);
	const { masked, findings } = maskEvent({ ...rejection, body: startOf(body, START_BYTES) }, redaction);
	return { masked: { ...masked, body: startOf(masked.body, masked.body.byteLength - TAIL_BYTES) }, findings };
}

/** The first bytes of a body, cut before a character of UTF-8. */
function startOf(body: ArrayBuffer, most: number): ArrayBuffer {
	const bytes = new Uint8Array(body);
	let end = Math.max(0, most);
	while (end > 0 && end > most - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
	return body.slice(0, end);
}

/** The address and headers as they are kept. */
export function withoutBody<R extends Omit<Maskable, "body">>(request: R, { redaction, proof }: Keeping): R {
	const bare = { ...request, body: EMPTY };
	const { shown } = hideCredentials(bare, proof) ?? { shown: bare };
	const { body: _, ...masked } = redaction ? maskEvent(shown, redaction).masked : shown;
	return { ...request, ...masked };
}
