import { useState } from "preact/hooks";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { ConfirmDialog, Dialog } from "../../components/dialog";
import { TextField } from "../../components/field";
import { Card } from "../../components/surfaces";
import { toast, toastFailure } from "../../components/toast";
import { goTo } from "../../navigation";
import { hasRole, loadSession, me, selectWorkspace, type Workspace, workspace } from "../../session";
import { TimeZoneField } from "./time-zone-field";
import { UsageCard } from "./usage-card";

/** The workspace's name, zone, use of its quotas, and its end. */
export function WorkspaceSettings() {
	const current = workspace.value;
	const [dialog, setDialog] = useState<"new" | "leave" | "delete" | null>(null);
	if (!current) return null;
	const owner = hasRole("owner");
	return (
		<>
			<Details key={current.id} current={current} />
			<UsageCard />
			<Card
				title="Another workspace"
				about="Its own integrations, connections and members."
				actions={<Button onClick={() => setDialog("new")}>New workspace</Button>}
			/>
			<Card
				title="Leave workspace"
				about="You lose access to it at once. The last owner cannot leave."
				actions={<Button onClick={() => setDialog("leave")}>Leave</Button>}
			/>
			{owner && (
				<Card
					title="Delete workspace"
					about="Removes it with every integration, connection and all history, for everybody."
					actions={
						<Button kind="danger" onClick={() => setDialog("delete")}>
							Delete workspace
						</Button>
					}
				/>
			)}
			{dialog === "new" && <NewWorkspace onClose={() => setDialog(null)} />}
			{dialog === "leave" && (
				<ConfirmDialog
					title={`Leave ${current.name}`}
					action="Leave workspace"
					onClose={() => setDialog(null)}
					onConfirm={async () => {
						const result = await call(api.members.me.$delete());
						return result.ok ? moveOn(current.id) : result.message;
					}}
				>
					<p>To come back you need a new invitation.</p>
				</ConfirmDialog>
			)}
			{dialog === "delete" && (
				<ConfirmDialog
					title="Delete workspace"
					action="Delete workspace"
					name={current.name}
					onClose={() => setDialog(null)}
					onConfirm={async () => {
						const result = await call(api.workspaces[":id"].$delete({ param: { id: current.id } }));
						return result.ok ? moveOn(current.id) : result.message;
					}}
				>
					<p>Every URL of its integrations stops working at once. This cannot be undone.</p>
				</ConfirmDialog>
			)}
		</>
	);
}

async function moveOn(left: string): Promise<undefined> {
	const next = me.value?.workspaces.find((one) => one.id !== left);
	if (next) selectWorkspace(next.id);
	await loadSession();
	goTo("/dashboard");
	return undefined;
}

function Details({ current }: { current: Workspace }) {
	const [name, setName] = useState(current.name);
	const [timeZone, setTimeZone] = useState(current.timeZone);
	const [busy, setBusy] = useState(false);
	const mayEdit = hasRole("admin");
	const changed = name.trim() !== current.name || timeZone !== current.timeZone;

	async function save() {
		setBusy(true);
		const result = await call(api.workspaces[":id"].$patch({ param: { id: current.id }, json: { name: name.trim(), timeZone } }));
		if (result.ok) {
			await loadSession();
			toast("The workspace was saved.");
		} else toastFailure(result);
		setBusy(false);
	}

	return (
		<Card title="Workspace" about={mayEdit ? undefined : "An admin can change these."}>
			<form
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					save();
				}}
			>
				<TextField
					label="Name"
					value={name}
					onValue={setName}
					disabled={!mayEdit}
					error={name.trim() === "" ? "A name is needed." : undefined}
					maxLength={80}
				/>
				<TimeZoneField value={timeZone} onValue={setTimeZone} disabled={!mayEdit} />
				{mayEdit && (
					<div>
						<Button type="submit" kind="primary" busy={busy} disabled={!changed || name.trim() === ""}>
							Save
						</Button>
					</div>
				)}
			</form>
		</Card>
	);
}

function NewWorkspace({ onClose }: { onClose: () => void }) {
	const [name, setName] = useState("");
	const [error, setError] = useState<string>();
	const [busy, setBusy] = useState(false);

	async function create() {
		if (name.trim() === "") return setError("Give the workspace a name.");
		setBusy(true);
		const result = await call(api.workspaces.$post({ json: { name: name.trim() } }));
		setBusy(false);
		if (!result.ok) return setError(result.message);
		await loadSession();
		onClose();
		selectWorkspace(result.value.id);
		goTo("/dashboard");
	}

	return (
		<Dialog
			title="New workspace"
			onClose={onClose}
			onSubmit={create}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind="primary" busy={busy}>
						Create
					</Button>
				</>
			}
		>
			<TextField label="Name" value={name} onValue={setName} error={error} maxLength={80} autocomplete="off" />
		</Dialog>
	);
}
