import type { Role } from "../../session";

/** Roles from the most to the least. */
export const ROLES: readonly Role[] = ["owner", "admin", "member", "viewer"];

export const ROLE_WORDS: Record<Role, { label: string; may: string }> = {
	owner: { label: "Owner", may: "Everything, the workspace’s end and password links included." },
	admin: { label: "Admin", may: "Everything in it, members and invitations included." },
	member: { label: "Member", may: "Integrations, connections and tokens." },
	viewer: { label: "Viewer", may: "Looking, nothing else." },
};

/** The roles that somebody of this role may give. */
export function rolesUpTo(mine: Role | undefined): Role[] {
	return mine === undefined ? [] : ROLES.slice(ROLES.indexOf(mine));
}
