import { NO_PROOF } from "../integrations/redaction/credentials";
import { keep } from "../integrations/redaction/kept";
import { redactionOf } from "../integrations/redaction/rules";
import { deleteChunks, readChunks, writeChunks } from "./chunks";
import type { Arrival } from "./protocol/delivery";
import type { Guarded } from "./protocol/lease";
import { executionKey } from "./schema";
import type { SequencerState } from "./state";

/** Full events of an integration that masks what it keeps: sealed, beside their masked rows, until their executions have ended. */

/** The arrival as it may be stored, where it did not come through the Worker, which does the same for all others. */
export function keptHere(state: SequencerState, arrival: Arrival): Arrival {
	const redaction = state.settings && redactionOf(state.settings.webhook);
	if (!state.settings || !redaction) return arrival;
	const { workspaceId, integrationId, ordering } = state.settings;
	return keep(arrival, { redaction, proof: NO_PROOF, keys: state.keys, holder: { workspaceId, integrationId }, ordering });
}

/** Keeps what was masked of an event that was just inserted, and its full form for the first execution. */
export function insertMasked(state: SequencerState, sequence: number, { masked, sealed }: Arrival): void {
	if (!masked) return;
	state.sql.exec("UPDATE events SET masked = ? WHERE sequence = ?", JSON.stringify(masked), sequence);
	if (sealed) writeSealed(state, executionKey(sequence, 1), sealed);
}

export function writeSealed(state: SequencerState, key: number, sealed: Uint8Array): void {
	writeChunks(state.sql, "sealed", key, sealed);
	state.guards = true;
}

/** Keeps the outputs that an open execution's journal masks; those of before where there are no others. */
export function writeOutputs(state: SequencerState, key: number, sealed: Uint8Array | undefined): void {
	if (sealed) writeChunks(state.sql, "outputs", key, sealed);
}

/** What an Executor gets beside the masked event and journal; undefined where nothing is masked. */
export function guardedOf(state: SequencerState, key: number): Guarded | undefined {
	if (!state.guards) return undefined;
	const { sql } = state;
	return {
		redaction: state.settings && redactionOf(state.settings.webhook),
		event: readChunks(sql, "sealed", key),
		outputs: readChunks(sql, "outputs", key),
	};
}

/** Bytes of what is sealed for an execution. */
export function sealedBytes({ sql, guards }: SequencerState, key: number): number {
	if (!guards) return 0;
	return sql
		.exec<{ bytes: number }>(
			"SELECT COALESCE(SUM(LENGTH(bytes)), 0) AS bytes FROM chunks WHERE owner IN ('sealed', 'outputs') AND key = ?",
			key,
		)
		.one().bytes;
}

/** The execution has ended: only what is masked remains. */
export function forgetSealed({ sql, guards }: SequencerState, key: number): void {
	if (!guards) return;
	deleteChunks(sql, "sealed", key);
	deleteChunks(sql, "outputs", key);
}

/** Whether anything is sealed. */
export function anySealed(sql: SqlStorage): boolean {
	return sql.exec("SELECT 1 FROM chunks WHERE owner = 'sealed' OR owner = 'outputs' LIMIT 1").toArray().length > 0;
}
