import { useState } from "preact/hooks";
import type { Token } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { CodeBlock } from "../../components/code-block";
import { ConfirmDialog, Dialog } from "../../components/dialog";
import { SelectField, TextField } from "../../components/field";
import { AddIcon, KeyIcon } from "../../components/icons";
import { Callout, Card, EmptyState } from "../../components/surfaces";
import { type Column, DataTable, LoadFailure } from "../../components/table";
import { Time } from "../../components/time";
import { toast } from "../../components/toast";
import { useResource } from "../../resource";
import { hasRole, type Role, workspace } from "../../session";
import { ROLE_WORDS, rolesUpTo } from "./roles";

/** API tokens of the workspace. A token is shown once. */
export function Tokens() {
	const mayMake = hasRole("member");
	const { value, failure, reload } = useResource(mayMake ? "tokens" : null, () => call(api.tokens.$get({ query: {} })));
	const [making, setMaking] = useState(false);
	const [deleting, setDeleting] = useState<Token | null>(null);
	if (!mayMake) return <Callout>A viewer cannot have API tokens. Ask an admin for the role of member.</Callout>;

	const columns: Column<Token>[] = [
		{ id: "name", header: "Name", narrow: "bare", cell: (token) => <strong class="row-title">{token.name}</strong> },
		{ id: "role", header: "Role", cell: (token) => ROLE_WORDS[token.role].label },
		{ id: "used", header: "Last used", cell: (token) => <Time iso={token.lastUsedAt} /> },
		{ id: "expires", header: "Ends", cell: (token) => <Time iso={token.expiresAt} ahead /> },
		{
			id: "acts",
			header: "Actions",
			headerUnseen: true,
			align: "end",
			narrow: "bare",
			cell: (token) => (
				<Button small onClick={() => setDeleting(token)}>
					Delete<span class="unseen"> {token.name}</span>
				</Button>
			),
		},
	];

	return (
		<>
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			<Card
				flush
				title="API tokens"
				about="For scripts and other programs. A token belongs to this workspace and cannot make tokens."
				actions={
					<Button icon={AddIcon} onClick={() => setMaking(true)}>
						New token
					</Button>
				}
			>
				<DataTable
					label="API tokens"
					columns={columns}
					rows={value?.items}
					rowKey={(token) => token.id}
					expected={2}
					empty={
						<EmptyState level={3} icon={KeyIcon} title="No API tokens yet">
							Send one as <code>Authorization: Bearer …</code> with any call to <a href="/api/openapi.json">the API</a>.
						</EmptyState>
					}
				/>
			</Card>
			{making && <NewToken onMade={reload} onClose={() => setMaking(false)} />}
			{deleting && (
				<ConfirmDialog
					title="Delete token"
					action="Delete"
					name={deleting.name}
					onClose={() => setDeleting(null)}
					onConfirm={async () => {
						const result = await call(api.tokens[":id"].$delete({ param: { id: deleting.id } }));
						if (!result.ok) return result.message;
						toast(`“${deleting.name}” was deleted.`);
						await reload();
						return undefined;
					}}
				>
					<p>Programs that use it get 401 from now on.</p>
				</ConfirmDialog>
			)}
		</>
	);
}

const LIFETIMES = [
	{ value: "30", label: "30 days" },
	{ value: "90", label: "90 days" },
	{ value: "365", label: "A year" },
	{ value: "never", label: "Until deleted" },
] as const;

function NewToken({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
	const [name, setName] = useState("");
	const [role, setRole] = useState<Role>("member");
	const [lifetime, setLifetime] = useState<(typeof LIFETIMES)[number]["value"]>("90");
	const [token, setToken] = useState<string>();
	const [error, setError] = useState<string>();
	const [busy, setBusy] = useState(false);

	async function make() {
		if (name.trim() === "") return setError("Say what the token is for.");
		setBusy(true);
		const result = await call(
			api.tokens.$post({ json: { name: name.trim(), role, ...(lifetime !== "never" && { expiresInDays: Number(lifetime) }) } }),
		);
		setBusy(false);
		if (!result.ok) return setError(result.message);
		setToken(result.value.token);
		onMade();
	}

	if (token !== undefined)
		return (
			<Dialog title="New token" onClose={onClose} actions={<Button onClick={onClose}>Done</Button>}>
				<div class="stack">
					<p>Copy it now: it is shown once, and kept here as a fingerprint only.</p>
					<CodeBlock text={token} label="API token" copyLabel="Copy token" />
				</div>
			</Dialog>
		);
	return (
		<Dialog
			title="New token"
			onClose={onClose}
			onSubmit={make}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind="primary" busy={busy}>
						Make token
					</Button>
				</>
			}
		>
			<div class="stack">
				<TextField
					label="Name"
					value={name}
					onValue={setName}
					error={error}
					placeholder="Nightly export"
					maxLength={80}
					autocomplete="off"
				/>
				<SelectField
					label="Role"
					value={role}
					onValue={setRole}
					help={ROLE_WORDS[role].may}
					choices={rolesUpTo(workspace.value?.role).map((one) => ({ value: one, label: ROLE_WORDS[one].label }))}
				/>
				<SelectField label="Works for" value={lifetime} onValue={setLifetime} choices={LIFETIMES} />
			</div>
		</Dialog>
	);
}
