import { useState } from "preact/hooks";
import type { Member } from "../../../worker/api/types";
import { api, call } from "../../api";
import { CodeBlock } from "../../components/code-block";
import { ConfirmDialog, Dialog } from "../../components/dialog";
import { SelectField } from "../../components/field";
import { MoreIcon } from "../../components/icons";
import { Menu, type MenuItem } from "../../components/menu";
import { Card } from "../../components/surfaces";
import { type Column, DataTable, LoadFailure } from "../../components/table";
import { Time } from "../../components/time";
import { toast, toastFailure } from "../../components/toast";
import { useResource } from "../../resource";
import { hasRole, loadSession, me, type Role, workspace } from "../../session";
import { Invitations } from "./invitations";
import { ROLE_WORDS, rolesUpTo } from "./roles";

/** Who belongs to the workspace, in which role; invitations below. */
export function Members() {
	const { value, failure, reload } = useResource("members", () => call(api.members.$get({ query: { limit: "100" } })));
	const [removing, setRemoving] = useState<Member | null>(null);
	const [link, setLink] = useState<{ member: Member; url: string; expiresAt: string } | null>(null);
	const admin = hasRole("admin");
	const owner = hasRole("owner");

	async function changeRole(member: Member, role: Role) {
		const result = await call(api.members[":userId"].$patch({ param: { userId: member.userId }, json: { role } }));
		if (!result.ok) toastFailure(result);
		else toast(`${member.name} is ${role} now.`, { undo: () => changeRole({ ...member, role }, member.role) });
		if (member.userId === me.value?.user.id) await loadSession();
		await reload();
	}

	async function makeLink(member: Member) {
		const result = await call(api.members[":userId"]["reset-link"].$post({ param: { userId: member.userId } }));
		if (result.ok) setLink({ member, ...result.value });
		else toastFailure(result);
	}

	const columns: Column<Member>[] = [
		{
			id: "name",
			header: "Name",
			narrow: "bare",
			cell: (member) => (
				<span class="member">
					<strong>{member.name}</strong>
					<span class="soft small">{member.email}</span>
				</span>
			),
		},
		{
			id: "role",
			header: "Role",
			cell: (member) =>
				admin ? (
					<SelectField
						label={`Role of ${member.name}`}
						unlabelled
						value={member.role}
						onValue={(role) => changeRole(member, role)}
						choices={[...new Set([member.role, ...rolesUpTo(workspace.value?.role)])].map((role) => ({
							value: role,
							label: ROLE_WORDS[role].label,
						}))}
					/>
				) : (
					ROLE_WORDS[member.role].label
				),
		},
		{ id: "joined", header: "Joined", cell: (member) => <Time iso={member.joinedAt} /> },
		{
			id: "acts",
			header: "Actions",
			headerUnseen: true,
			align: "end",
			narrow: "bare",
			cell: (member) => {
				const items: MenuItem[] = [
					...(owner ? [{ label: "Make a password reset link", onSelect: () => makeLink(member) }] : []),
					...(admin && member.userId !== me.value?.user.id
						? [{ label: "Remove from workspace", danger: true, onSelect: () => setRemoving(member) }]
						: []),
				];
				return (
					items.length > 0 && (
						<Menu class="icon-button" label={`More for ${member.name}`} align="end" items={items}>
							<MoreIcon />
						</Menu>
					)
				);
			},
		},
	];

	return (
		<>
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{(value || !failure) && (
				<Card flush title="Members">
					<DataTable label="Members" columns={columns} rows={value?.items} rowKey={(member) => member.userId} expected={2} />
				</Card>
			)}
			{admin && <Invitations />}
			{removing && (
				<ConfirmDialog
					title="Remove member"
					action="Remove"
					name={removing.email}
					onClose={() => setRemoving(null)}
					onConfirm={async () => {
						const result = await call(api.members[":userId"].$delete({ param: { userId: removing.userId } }));
						if (!result.ok) return result.message;
						toast(`${removing.name} was removed.`);
						await reload();
						return undefined;
					}}
				>
					<p>{removing.name} loses access to this workspace at once. What they made stays.</p>
				</ConfirmDialog>
			)}
			{link && (
				<Dialog title="Password reset link" onClose={() => setLink(null)}>
					<div class="stack">
						<p>
							Send this link to {link.member.name} yourself. It is shown once, and works until <Time iso={link.expiresAt} full />.
						</p>
						<CodeBlock text={link.url} label="Password reset link" copyLabel="Copy link" />
					</div>
				</Dialog>
			)}
		</>
	);
}
