import { useState } from "preact/hooks";
import type { Usage } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { ConfirmDialog, Dialog } from "../../components/dialog";
import { TextField } from "../../components/field";
import { Card, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { toast, toastFailure } from "../../components/toast";
import { goTo } from "../../navigation";
import { useResource } from "../../resource";
import { hasRole, loadSession, me, selectWorkspace, type Workspace, workspace } from "../../session";
import { TimeZoneField } from "./time-zone-field";
import { describeBytes } from "./usage";

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

const QUOTAS: readonly { name: keyof Usage; label: string; words: (amount: number) => string }[] = [
	{ name: "integrations", label: "Integrations", words: (amount) => amount.toLocaleString() },
	{ name: "pendingEvents", label: "Pending events", words: (amount) => amount.toLocaleString() },
	{ name: "keptBytes", label: "Kept history", words: describeBytes },
];

function UsageCard() {
	const { value, failure, reload } = useResource("usage", () => call(api.usage.$get()));
	return (
		<Card title="Usage" about="What this workspace uses of its quotas.">
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{!failure && (
				<div class="usage">
					{QUOTAS.map(({ name, label, words }) => {
						const share = value?.[name];
						return (
							<div key={name}>
								<div class="row apart">
									<span id={`usage-${name}`}>{label}</span>
									<span class="soft">{share ? `${words(share.used)} of ${words(share.limit)}` : <Skeleton width="90px" />}</span>
								</div>
								<meter
									aria-labelledby={`usage-${name}`}
									min={0}
									max={share?.limit ?? 1}
									high={(share?.limit ?? 1) * 0.9}
									value={share?.used ?? 0}
								/>
							</div>
						);
					})}
				</div>
			)}
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
