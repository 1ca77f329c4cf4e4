import type { Role } from "../db/schema/workspace";
import { describeError } from "../errors";
import type { DeliveryDetail } from "../history/deliveries";
import { openShown } from "../integrations/signing";
import type { IntegrationRow } from "../integrations/store";
import type { DeliveryView } from "./answers-history";

/** A delivery with what its handshake left to open or to copy: for those who may act on it, never for viewers. */
export async function presentDelivery(
	env: Env,
	row: IntegrationRow,
	role: Role,
	{ show, ...delivery }: DeliveryDetail,
): Promise<DeliveryView> {
	if (show === null || role === "viewer") return { ...delivery, show: null };
	if (show.what === "link") return { ...delivery, show };
	const holder = { workspaceId: row.workspaceId, integrationId: row.id, scheme: row.webhook.verification.scheme };
	try {
		return { ...delivery, show: { what: "code", code: await openShown(env.VAULT_KEYS, holder, show.sealed) } };
	} catch (error) {
		// Sealed for the sender that was set at that time.
		console.warn(JSON.stringify({ event: "handshake.code_closed", integrationId: row.id, error: describeError(error) }));
		return { ...delivery, show: null };
	}
}
