import { open, rewrap, type Sealed, seal } from "../connections/vault";

/** The secrets of a verification scheme, as they are kept: sealed one by one, for this integration and this scheme alone. */
export interface Signing {
	scheme: string;
	/** One, or two while they are being changed. */
	secrets: Sealed[];
	/** Options that are secrets themselves, such as a verify token; by option id. */
	options: Record<string, Sealed>;
}

/** Live secrets of one endpoint at most: the current one and the one before or after it. */
export const SECRETS_MAX = 2;
export const SECRET_MAX_LENGTH = 8_000;

/** Whose secrets they are. Bound into the encryption: under another integration or scheme they do not open. */
export interface SigningHolder {
	workspaceId: string;
	integrationId: string;
	scheme: string;
}

const purposeOf = ({ workspaceId, integrationId, scheme }: SigningHolder, field: string) => ({
	workspaceId,
	holder: integrationId,
	field: `signing ${field}`,
	terms: scheme,
});

/** @param field `secret`, or the id of an option */
export function sealSigning(keys: string, holder: SigningHolder, field: string, text: string): Promise<Sealed> {
	return seal(keys, text, purposeOf(holder, field));
}

/** What a handshake left for a person to copy. Throws as `openSigning`, and where another scheme was set meanwhile. */
export function openShown(keys: string, holder: SigningHolder, sealed: Sealed): Promise<string> {
	return open(keys, sealed, purposeOf(holder, "code"));
}

/** The secrets in the clear. Throws where one was changed, moved, or sealed with a key that is gone. */
export async function openSigning(
	keys: string,
	holder: SigningHolder,
	signing: Signing | null,
): Promise<{ secrets: string[]; options: Record<string, string> }> {
	if (signing === null || signing.scheme !== holder.scheme) return { secrets: [], options: {} };
	const secrets = await Promise.all(signing.secrets.map((sealed) => open(keys, sealed, purposeOf(holder, "secret"))));
	const options = await Promise.all(
		Object.entries(signing.options).map(async ([id, sealed]) => [id, await open(keys, sealed, purposeOf(holder, id))] as const),
	);
	return { secrets, options: Object.fromEntries(options) };
}

/** The same secrets under the vault's newest key; null where one of them cannot be opened. */
export async function rewrapSigning(
	keys: string,
	{ workspaceId, id }: { workspaceId: string; id: string },
	{ scheme, secrets, options }: Signing,
): Promise<Signing | null> {
	const holder = { workspaceId, integrationId: id, scheme };
	const move = async (sealed: Sealed, field: string) => (await rewrap(keys, sealed, purposeOf(holder, field))) ?? sealed;
	try {
		return {
			scheme,
			secrets: await Promise.all(secrets.map((sealed) => move(sealed, "secret"))),
			options: Object.fromEntries(
				await Promise.all(Object.entries(options).map(async ([id, sealed]) => [id, await move(sealed, id)] as const)),
			),
		};
	} catch {
		return null;
	}
}
