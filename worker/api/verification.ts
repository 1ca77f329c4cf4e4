import * as z from "zod";
import { senderOf } from "../connectors/senders";
import { customScheme } from "../endpoints/signatures/custom";
import { secretProblem } from "../endpoints/signatures/secret-form";
import { isObject } from "../integrations/merge";
import { openSigning, SECRET_MAX_LENGTH, SECRETS_MAX, type Signing, type SigningHolder, sealSigning } from "../integrations/signing";
import type { IntegrationRow } from "../integrations/store";
import { optionsOf, type VerificationSettings } from "../integrations/verification";
import { invalidField, invalidFields } from "./body";

/**
 * The part of a save that is about secrets. They come in beside the other settings, are taken out before anything else
 * looks at these, and are never sent back: who reads sees how many there are.
 */

const FIELD = "webhook.verification";

const secretText = z.string().trim().min(1).max(SECRET_MAX_LENGTH);
/** As read back, `{"count":1}`, it changes nothing. `{"keep":0}` is the first of those that are there. */
const secretsSchema = z
	.union([
		z.strictObject({ count: z.int() }),
		z
			.array(
				z.union([
					secretText,
					z.strictObject({
						keep: z
							.int()
							.min(0)
							.max(SECRETS_MAX - 1),
					}),
				]),
			)
			.max(SECRETS_MAX),
	])
	.transform((secrets) => (Array.isArray(secrets) ? secrets : undefined));
const secretOption = z.union([z.null(), z.strictObject({ set: z.boolean() }).transform(() => undefined), secretText]);

/** What a save says of secrets; undefined leaves them as they are, null takes an option away. */
export interface Entered {
	secrets: (string | { keep: number })[] | undefined;
	options: Record<string, string | null | undefined>;
}

/**
 * Parts a patch from its secrets. Another scheme begins anew: nothing of the one before is left in it.
 * @returns what is left of the patch, and the verification to which it is to be merged
 * @throws 422 naming the field
 */
export function partSecrets(
	patch: Record<string, unknown>,
	before: VerificationSettings,
): { patch: Record<string, unknown>; base: VerificationSettings; entered: Entered } {
	const { webhook } = patch;
	const given = isObject(webhook) ? webhook.verification : undefined;
	if (given === null) throw invalidField(FIELD, 'This cannot be null. To take deliveries from anybody, set {"scheme":"none"}.');
	if (!isObject(webhook) || !isObject(given)) return { patch, base: before, entered: { secrets: undefined, options: {} } };
	const { secrets, ...rest } = given;
	const scheme = typeof rest.scheme === "string" ? rest.scheme : before.scheme;
	const empty = Array.isArray(secrets) ? secrets.findIndex((secret) => typeof secret === "string" && secret.trim() === "") : -1;
	if (empty >= 0) throw invalidField(`${FIELD}.secrets.${empty}`, "This is empty.");
	const entered: Entered = {
		secrets: secrets === undefined ? undefined : readField(secretsSchema, secrets, `${FIELD}.secrets`),
		options: {},
	};
	for (const { id, secret } of senderOf(scheme)?.options ?? []) {
		if (!secret || !(id in rest)) continue;
		entered.options[id] = readField(secretOption, rest[id], `${FIELD}.${id}`);
		delete rest[id];
	}
	const base = scheme === before.scheme ? before : { scheme };
	return { patch: { ...patch, webhook: { ...webhook, verification: rest } }, base, entered };
}

/**
 * The sealed secrets after a save.
 * @throws 422 where something that the scheme needs is missing, or a secret has another form than it has
 */
export async function nextSigning(env: Env, row: IntegrationRow, after: VerificationSettings, entered: Entered): Promise<Signing | null> {
	const { scheme } = after;
	const sender = senderOf(scheme);
	if (sender === null) {
		if (entered.secrets?.length) throw invalidField(`${FIELD}.secrets`, "Choose a sender first: the secret is checked in its way.");
		return null;
	}
	const before = row.signing?.scheme === scheme ? row.signing : null;
	const holder = { workspaceId: row.workspaceId, integrationId: row.id, scheme };
	const signing: Signing = { scheme, secrets: before?.secrets ?? [], options: { ...before?.options } };
	if (entered.secrets !== undefined) {
		await refuseTwice(env, holder, before, entered.secrets);
		signing.secrets = await sealEach(env, holder, before, entered.secrets);
	}
	for (const [id, text] of Object.entries(entered.options)) {
		if (text === null) delete signing.options[id];
		else if (text !== undefined) signing.options[id] = await sealSigning(env.VAULT_KEYS, holder, id, text);
	}
	const isThere = (id: string): boolean => id in signing.options || (after[id] !== undefined && after[id] !== "");
	const [missing, ...more] = (sender.options ?? [])
		.filter(({ id, required }) => required && !isThere(id))
		.map(({ id, name, help }) => ({ field: `${FIELD}.${id}`, message: `${name} is needed. ${help}` }));
	if (missing) throw invalidFields([missing, ...more]);
	if (sender.signature.kind === "custom") {
		const custom = customScheme(sender.signature.as, optionsOf(after));
		if (custom.status === "wrong") throw invalidField(`${FIELD}.${custom.option}`, custom.message);
	}
	const options = { ...optionsOf(after), ...textsOf(entered.options) };
	for (const [index, secret] of (entered.secrets ?? []).entries()) {
		const problem = typeof secret === "string" ? secretProblem(sender, secret, options) : null;
		if (problem !== null) throw invalidField(`${FIELD}.secrets.${index}`, problem);
	}
	return signing;
}

function textsOf(options: Entered["options"]): Record<string, string> {
	return Object.fromEntries(Object.entries(options).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** One secret in two places would seem to be two: whoever removes the older of them has changed nothing. */
async function refuseTwice(env: Env, holder: SigningHolder, before: Signing | null, secrets: readonly (string | { keep: number })[]) {
	if (secrets.length < 2) return;
	const kept = await openSigning(env.VAULT_KEYS, holder, before && { ...before, options: {} }).then(
		(opened) => opened.secrets,
		() => [], // what cannot be opened is replaced by what is entered now
	);
	const [first, second] = secrets.map((secret) => (typeof secret === "string" ? secret : (kept[secret.keep] ?? secret.keep)));
	if (first !== second) return;
	const entered = typeof secrets[1] === "string" ? 1 : typeof secrets[0] === "string" ? 0 : 1;
	throw invalidField(`${FIELD}.secrets.${entered}`, "This is the same as the other one. Enter the new secret here, or take it away.");
}

async function sealEach(env: Env, holder: SigningHolder, before: Signing | null, secrets: readonly (string | { keep: number })[]) {
	return Promise.all(
		secrets.map(async (secret, index) => {
			if (typeof secret === "string") return await sealSigning(env.VAULT_KEYS, holder, "secret", secret);
			const kept = before?.secrets[secret.keep];
			if (!kept) throw invalidField(`${FIELD}.secrets.${index}`, "There is no such secret to keep. Enter it anew.");
			return kept;
		}),
	);
}

/** What a reader is told of the secrets: how many, and which options are set. */
export function presentVerification(verification: VerificationSettings, signing: Signing | null) {
	const own = signing?.scheme === verification.scheme ? signing : null;
	const set = Object.fromEntries(Object.keys(own?.options ?? {}).map((id) => [id, { set: true }]));
	if (verification.scheme === "none") return verification;
	return { ...verification, ...set, secrets: { count: own?.secrets.length ?? 0 } };
}

/** @throws 422 naming the field, without what was entered */
function readField<Schema extends z.ZodType>(schema: Schema, value: unknown, field: string): z.output<Schema> {
	const result = schema.safeParse(value);
	if (!result.success) throw invalidField(field, "Enter a text of 1 to 8,000 characters; of secrets one, or two while you change them.");
	return result.data;
}
