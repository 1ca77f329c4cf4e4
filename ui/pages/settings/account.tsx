import { useState } from "preact/hooks";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { SelectField, TextField } from "../../components/field";
import { Callout, Card } from "../../components/surfaces";
import { toast, toastFailure } from "../../components/toast";
import { forgetSession, loadSession, me, type Person, signOut } from "../../session";
import { chooseTheme, THEMES, theme } from "../../theme";
import { ChangePassword } from "./change-password";
import { TimeZoneField } from "./time-zone-field";

const THEME_WORDS = { system: "As the system", light: "Light", dark: "Dark" } as const;

/** Name, time zone, looks, password, and the way out. */
export function Account() {
	const person = me.value?.user;
	const [deleting, setDeleting] = useState(false);
	if (!person) return null;
	return (
		<>
			<Profile key={person.id} person={person} />
			<Card title="Looks">
				<div class="form">
					<SelectField
						label="Theme"
						value={theme.value}
						onValue={chooseTheme}
						choices={THEMES.map((one) => ({ value: one, label: THEME_WORDS[one] }))}
					/>
				</div>
			</Card>
			<ChangePassword email={person.email} />
			<Card title="Sign out" about="Ends the session in this browser." actions={<Button onClick={signOut}>Sign out</Button>} />
			<Card
				title="Delete account"
				about="Removes you, and every workspace that nobody else belongs to with all its integrations and history."
				actions={
					<Button kind="danger" onClick={() => setDeleting(true)}>
						Delete account
					</Button>
				}
			/>
			{deleting && <DeleteAccount email={person.email} onClose={() => setDeleting(false)} />}
		</>
	);
}

function Profile({ person }: { person: Person }) {
	const [name, setName] = useState(person.name);
	const [timeZone, setTimeZone] = useState(person.timeZone);
	const [busy, setBusy] = useState(false);
	const changed = name.trim() !== person.name || timeZone !== person.timeZone;

	async function save() {
		setBusy(true);
		const result = await call(api.me.$patch({ json: { name: name.trim(), timeZone } }));
		if (result.ok) {
			await loadSession();
			toast("Your account was saved.");
		} else toastFailure(result);
		setBusy(false);
	}

	return (
		<Card title="Account">
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
					error={name.trim() === "" ? "A name is needed." : undefined}
					maxLength={80}
					autocomplete="name"
				/>
				<TextField label="Email" type="email" value={person.email} onValue={() => {}} disabled />
				<TimeZoneField value={timeZone} onValue={setTimeZone} help="New schedules start in this zone." />
				<div>
					<Button type="submit" kind="primary" busy={busy} disabled={!changed || name.trim() === ""}>
						Save
					</Button>
				</div>
			</form>
		</Card>
	);
}

function DeleteAccount({ email, onClose }: { email: string; onClose: () => void }) {
	const [typed, setTyped] = useState("");
	const [password, setPassword] = useState("");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string>();

	async function remove() {
		if (typed.trim() !== email || password === "") return;
		setBusy(true);
		const result = await call(api.auth["delete-user"].$post({ json: { password } }));
		setBusy(false);
		if (result.ok) forgetSession();
		else setRefusal(result.message);
	}

	return (
		<Dialog
			title="Delete account"
			onClose={onClose}
			onSubmit={remove}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind="danger" busy={busy} disabled={typed.trim() !== email || password === ""}>
						Delete account
					</Button>
				</>
			}
		>
			<div class="stack">
				<p>This cannot be undone. Workspaces that only you belong to are deleted with their integrations, connections and history.</p>
				{refusal && (
					<Callout kind="bad" alert>
						{refusal}
					</Callout>
				)}
				<TextField label={`Type “${email}” to confirm`} value={typed} onValue={setTyped} autocomplete="off" />
				<TextField label="Password" type="password" value={password} onValue={setPassword} autocomplete="current-password" />
			</div>
		</Dialog>
	);
}
