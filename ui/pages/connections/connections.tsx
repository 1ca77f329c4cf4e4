import { useState } from "preact/hooks";
import type { Connection } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button, IconButton } from "../../components/button";
import { ConfirmDialog } from "../../components/dialog";
import { AddIcon, ConnectionIcon, DeleteIcon, EditIcon } from "../../components/icons";
import { Page } from "../../components/page";
import { Card, EmptyState } from "../../components/surfaces";
import { type Column, DataTable, LoadFailure, Pager } from "../../components/table";
import { Time } from "../../components/time";
import { toast } from "../../components/toast";
import { usePages } from "../../resource";
import { hasRole } from "../../session";
import { ConnectionDialog } from "./connection-dialog";
import { KIND_WORDS } from "./kinds";

const PAGE_SIZE = 50;

/** Connections: sealed credentials that steps refer to, so that nobody types a token into a workflow. */
export default function Connections() {
	const pages = usePages("connections", (cursor) =>
		call(api.connections.$get({ query: { limit: String(PAGE_SIZE), ...(cursor !== undefined && { cursor }) } })),
	);
	const [editing, setEditing] = useState<Connection | "new" | null>(null);
	const [deleting, setDeleting] = useState<Connection | null>(null);
	const mayEdit = hasRole("member");
	const add = (
		<Button kind="primary" icon={AddIcon} onClick={() => setEditing("new")}>
			Add connection
		</Button>
	);
	const bare = pages.items?.length === 0 && pages.previous === null;

	return (
		<Page
			title="Connections"
			about="Credentials for other systems. They are sealed when saved and never shown again."
			actions={mayEdit && !bare && add}
		>
			{pages.failure && <LoadFailure failure={pages.failure} onRetry={pages.reload} />}
			{(pages.items !== undefined || !pages.failure) && (
				<Card flush>
					<DataTable
						label="Connections"
						columns={columnsOf(mayEdit, setEditing, setDeleting)}
						rows={pages.items}
						rowKey={(row) => row.id}
						{...(mayEdit && { onOpen: setEditing })}
						empty={
							<EmptyState icon={ConnectionIcon} title="No connections yet" actions={mayEdit && add}>
								Add one when a step has to prove who it is: an API key in a header, a bearer token, or a user name and password.
							</EmptyState>
						}
					/>
					<Pager pages={pages} size={PAGE_SIZE} label="connections" />
				</Card>
			)}
			{editing && (
				<ConnectionDialog connection={editing === "new" ? null : editing} onSaved={pages.reload} onClose={() => setEditing(null)} />
			)}
			{deleting && <DeleteConnection connection={deleting} onDeleted={pages.reload} onClose={() => setDeleting(null)} />}
		</Page>
	);
}

function columnsOf(mayEdit: boolean, onEdit: (row: Connection) => void, onDelete: (row: Connection) => void): Column<Connection>[] {
	return [
		{
			id: "name",
			header: "Name",
			narrow: "bare",
			cell: (row) => <strong class="row-title">{row.name}</strong>,
		},
		{ id: "kind", header: "Kind", cell: (row) => KIND_WORDS[row.kind].label },
		{ id: "hosts", header: "May be sent to", cell: (row) => <span class="mono">{row.hosts.join(", ")}</span> },
		{
			id: "used",
			header: "Used by",
			narrow: "wide",
			cell: (row) => (row.usedBy.length === 0 ? <span class="faint">nothing yet</span> : <UsedBy usedBy={row.usedBy} />),
		},
		{ id: "updated", header: "Changed", cell: (row) => <Time iso={row.updatedAt} /> },
		{
			id: "acts",
			header: "Actions",
			headerUnseen: true,
			align: "end",
			narrow: "bare",
			cell: (row) => (
				<div class="row-acts">
					<IconButton accent icon={EditIcon} label={`Edit ${row.name}`} tip="Edit" disabled={!mayEdit} onClick={() => onEdit(row)} />
					<IconButton icon={DeleteIcon} label={`Delete ${row.name}`} tip="Delete" disabled={!mayEdit} onClick={() => onDelete(row)} />
				</div>
			),
		},
	];
}

function UsedBy({ usedBy }: Pick<Connection, "usedBy">) {
	return (
		<span>
			{usedBy.map((one, index) => (
				<>
					{index > 0 && ", "}
					<a href={`/automations/${one.id}/workflow`}>{one.name}</a>
				</>
			))}
		</span>
	);
}

function DeleteConnection({ connection, onDeleted, onClose }: { connection: Connection; onDeleted: () => void; onClose: () => void }) {
	const used = connection.usedBy.length;
	return (
		<ConfirmDialog
			title="Delete connection"
			action="Delete"
			name={connection.name}
			onClose={onClose}
			onConfirm={async () => {
				const result = await call(
					api.connections[":id"].$delete({ param: { id: connection.id }, query: used > 0 ? { force: "true" } : {} }),
				);
				if (!result.ok) return result.message;
				toast(`“${connection.name}” was deleted.`);
				onDeleted();
				return undefined;
			}}
		>
			{used > 0 ? (
				<p>
					<UsedBy usedBy={connection.usedBy} /> {used === 1 ? "uses" : "use"} it: from now on those steps fail. The credentials are erased
					and cannot be brought back.
				</p>
			) : (
				<p>The credentials are erased and cannot be brought back. Nothing uses them.</p>
			)}
		</ConfirmDialog>
	);
}
