import { useState } from "preact/hooks";
import type { Connection } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { SelectField, TextArea, TextField } from "../../components/field";
import { Callout } from "../../components/surfaces";
import { toast } from "../../components/toast";
import { hostsOf, KIND_WORDS, KINDS, problemOfHost } from "./kinds";

interface ConnectionDialogProps {
	/** null adds a new one. */
	connection: Connection | null;
	onSaved: () => void;
	onClose: () => void;
}

type Problems = Partial<Record<"name" | "hosts" | "headerName" | "username" | "secret", string>>;

/** Adds or edits a connection. A stored secret is never shown; an empty field keeps it. */
export function ConnectionDialog({ connection, onSaved, onClose }: ConnectionDialogProps) {
	const [name, setName] = useState(connection?.name ?? "");
	const [kind, setKind] = useState<Connection["kind"]>(connection?.kind ?? "header");
	const [hostsText, setHostsText] = useState(connection?.hosts.join("\n") ?? "");
	const [headerName, setHeaderName] = useState(connection?.fields.headerName ?? "X-API-Key");
	const [username, setUsername] = useState(connection?.fields.username ?? "");
	const [secret, setSecret] = useState("");
	const [tried, setTried] = useState(false);
	const [refusal, setRefusal] = useState<string>();
	const [busy, setBusy] = useState(false);

	const hosts = hostsOf(hostsText);
	const words = KIND_WORDS[kind];
	const secretNeeded = connection === null || kind !== connection.kind || hosts.join() !== connection.hosts.join();

	function check(): Problems {
		const found: Problems = {};
		if (name.trim() === "") found.name = "Give the connection a name.";
		const host = hosts.length === 0 ? "Name at least one host." : hosts.map(problemOfHost).find((problem) => problem !== null);
		if (host) found.hosts = host;
		if (kind === "header" && !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(headerName.trim())) found.headerName = "This is not a header name.";
		if (kind === "basic" && username === "") found.username = "The user name is needed.";
		if (secretNeeded && secret === "")
			found.secret =
				connection === null ? "This is needed." : "What the secret may be sent to or how it is sent changed, so type it again.";
		return found;
	}

	// Shown from the first try on, and then gone as soon as they are mended.
	const problems = tried ? check() : {};

	async function save() {
		setTried(true);
		if (Object.keys(check()).length > 0) return;
		setBusy(true);
		setRefusal(undefined);
		const fields = {
			name: name.trim(),
			hosts,
			...(kind === "header" && { headerName: headerName.trim() }),
			...(kind === "basic" && { username }),
		};
		const result =
			connection === null
				? await call(api.connections.$post({ json: { ...fields, kind, secret } }))
				: await call(
						api.connections[":id"].$patch({ param: { id: connection.id }, json: { ...fields, kind, ...(secret !== "" && { secret }) } }),
					);
		setBusy(false);
		if (!result.ok) return setRefusal(result.message);
		toast(connection === null ? `“${name.trim()}” was added.` : `“${name.trim()}” was saved.`);
		onSaved();
		onClose();
	}

	return (
		<Dialog
			title={connection === null ? "Add connection" : `Edit ${connection.name}`}
			onClose={onClose}
			onSubmit={save}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind="primary" busy={busy}>
						{connection === null ? "Add" : "Save"}
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
				<TextField
					label="Name"
					value={name}
					onValue={setName}
					error={problems.name}
					placeholder="Online shop"
					maxLength={120}
					autocomplete="off"
				/>
				<SelectField
					label="Kind"
					value={kind}
					onValue={setKind}
					help={words.sends}
					choices={KINDS.map((one) => ({ value: one, label: KIND_WORDS[one].label }))}
				/>
				{kind === "header" && (
					<TextField label="Header" mono value={headerName} onValue={setHeaderName} error={problems.headerName} autocomplete="off" />
				)}
				{kind === "basic" && (
					<TextField label="User name" value={username} onValue={setUsername} error={problems.username} autocomplete="off" />
				)}
				<TextField
					label={words.secret}
					type="password"
					value={secret}
					onValue={setSecret}
					error={problems.secret}
					placeholder={secretNeeded ? "" : "Stored. Leave empty to keep it."}
					help="Sealed when saved, and never shown again."
					autocomplete="new-password"
				/>
				<TextArea
					label="May be sent to"
					mono
					rows={2}
					value={hostsText}
					onValue={setHostsText}
					error={problems.hosts}
					placeholder="api.shop.example"
					help="Host names, one a line; *.shop.example covers every name below it. To any other host the secret is never sent."
					spellcheck={false}
				/>
			</div>
		</Dialog>
	);
}
