import { and, eq, gt, isNull } from "drizzle-orm";
import type { Database } from "../db/client";
import { invitations, type Role, workspaces } from "../db/schema";
import { ApiError } from "../errors";
import { hashSecret } from "./secret";

export interface InvitationRow {
	id: string;
	workspaceId: string;
	workspaceName: string;
	role: Role;
	email: string | null;
	expiresAt: number;
}

/** @param secret as it stands in the link. @throws 410 `invitation_gone`: never made, used, withdrawn and expired are one answer */
export async function findInvitation(db: Database, secret: string): Promise<InvitationRow> {
	const [found] = await db
		.select({
			id: invitations.id,
			workspaceId: invitations.workspaceId,
			workspaceName: workspaces.name,
			role: invitations.role,
			email: invitations.email,
			expiresAt: invitations.expiresAt,
		})
		.from(invitations)
		.innerJoin(workspaces, and(eq(workspaces.id, invitations.workspaceId), isNull(workspaces.deletedAt)))
		.where(and(eq(invitations.tokenHash, await hashSecret(secret)), gt(invitations.expiresAt, Date.now())));
	if (found === undefined) throw invitationGone();
	return found;
}

export const invitationGone = (): ApiError =>
	new ApiError(410, "invitation_gone", "This invitation was used already, withdrawn, or is too old.");

/** @throws 403 where the invitation names somebody else's address */
export function requireInvited(invitation: InvitationRow, email: string): void {
	if (invitation.email === null || invitation.email.toLowerCase() === email.toLowerCase()) return;
	throw new ApiError(403, "invited_another", `This invitation is for ${invitation.email}.`);
}
