import { useState } from "preact/hooks";
import type { Invitation } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { CodeBlock } from "../../components/code-block";
import { Dialog } from "../../components/dialog";
import { SelectField, TextField } from "../../components/field";
import { AddIcon } from "../../components/icons";
import { Callout, Card, EmptyState } from "../../components/surfaces";
import { type Column, DataTable, LoadFailure } from "../../components/table";
import { Time } from "../../components/time";
import { toast, toastFailure } from "../../components/toast";
import { useResource } from "../../resource";
import { type Role, workspace } from "../../session";
import { ROLE_WORDS, rolesUpTo } from "./roles";

/** Invitations by link that are still open. */
export function Invitations() {
	const { value, failure, reload } = useResource("invitations", () => call(api.invitations.$get({ query: {} })));
	const [inviting, setInviting] = useState(false);

	async function withdraw(invitation: Invitation) {
		const result = await call(api.invitations[":id"].$delete({ param: { id: invitation.id } }));
		if (result.ok) toast("The invitation was withdrawn. Its link no longer works.");
		else toastFailure(result);
		await reload();
	}

	const columns: Column<Invitation>[] = [
		{ id: "for", header: "For", narrow: "bare", cell: (one) => one.email ?? <span class="soft">whoever has the link</span> },
		{ id: "role", header: "Role", cell: (one) => ROLE_WORDS[one.role].label },
		{ id: "expires", header: "Ends", cell: (one) => <Time iso={one.expiresAt} ahead /> },
		{
			id: "acts",
			header: "Actions",
			headerUnseen: true,
			align: "end",
			narrow: "bare",
			cell: (one) => (
				<Button small onClick={() => withdraw(one)}>
					Withdraw<span class="unseen"> the invitation for {one.email ?? "whoever has the link"}</span>
				</Button>
			),
		},
	];

	return (
		<Card
			flush
			title="Invitations"
			about="Links that have not been used yet. A link is shown once, when it is made."
			actions={
				<Button icon={AddIcon} onClick={() => setInviting(true)}>
					Invite
				</Button>
			}
		>
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			<DataTable
				label="Invitations"
				columns={columns}
				rows={value?.items}
				rowKey={(one) => one.id}
				expected={1}
				empty={<EmptyState level={3} title="No open invitations" />}
			/>
			{inviting && <Invite onMade={reload} onClose={() => setInviting(false)} />}
		</Card>
	);
}

function Invite({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
	const [role, setRole] = useState<Role>("member");
	const [email, setEmail] = useState("");
	const [url, setUrl] = useState<string>();
	const [refusal, setRefusal] = useState<string>();
	const [busy, setBusy] = useState(false);

	async function invite() {
		setBusy(true);
		const result = await call(api.invitations.$post({ json: { role, email: email.trim() === "" ? null : email.trim() } }));
		setBusy(false);
		if (!result.ok) return setRefusal(result.message);
		setUrl(result.value.url);
		onMade();
	}

	if (url !== undefined)
		return (
			<Dialog title="Invitation link" onClose={onClose} actions={<Button onClick={onClose}>Done</Button>}>
				<div class="stack">
					<p>Send this link yourself. It is shown once, works once, and ends after seven days.</p>
					<CodeBlock text={url} label="Invitation link" copyLabel="Copy link" />
				</div>
			</Dialog>
		);
	return (
		<Dialog
			title="Invite"
			onClose={onClose}
			onSubmit={invite}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind="primary" busy={busy}>
						Make link
					</Button>
				</>
			}
		>
			<div class="stack">
				{refusal && (
					<Callout kind="bad" alert>
						{refusal}
					</Callout>
				)}
				<SelectField
					label="Role"
					value={role}
					onValue={setRole}
					help={ROLE_WORDS[role].may}
					choices={rolesUpTo(workspace.value?.role).map((one) => ({ value: one, label: ROLE_WORDS[one].label }))}
				/>
				<TextField
					label="Email"
					type="email"
					optional
					value={email}
					onValue={setEmail}
					help="Given one, only an account with this address can use the link."
					autocomplete="off"
				/>
			</div>
		</Dialog>
	);
}
