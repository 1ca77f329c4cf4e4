import { useState } from "preact/hooks";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { Checkbox, TextField } from "../../components/field";
import { Callout, Card } from "../../components/surfaces";
import { toast } from "../../components/toast";
import { PASSWORD_MIN } from "../identity/sign-up-form";

export function ChangePassword({ email }: { /** Lets a password keeper know whose password it is. */ email: string }) {
	const [currentPassword, setCurrent] = useState("");
	const [newPassword, setNew] = useState("");
	const [revokeOtherSessions, setRevoke] = useState(true);
	const [error, setError] = useState<string>();
	const [refusal, setRefusal] = useState<string>();
	const [busy, setBusy] = useState(false);

	async function change(event: Event) {
		event.preventDefault();
		setRefusal(undefined);
		if (newPassword.length < PASSWORD_MIN) return setError(`Use ${PASSWORD_MIN} characters or more.`);
		setError(undefined);
		setBusy(true);
		const result = await call(api.auth["change-password"].$post({ json: { currentPassword, newPassword, revokeOtherSessions } }));
		setBusy(false);
		if (!result.ok) return setRefusal(result.message);
		setCurrent("");
		setNew("");
		toast("The password was changed.");
	}

	return (
		<Card title="Password">
			<form class="form" onSubmit={change} noValidate>
				{refusal && (
					<Callout kind="bad" alert>
						{refusal}
					</Callout>
				)}
				<input class="unseen" type="email" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
				<TextField label="Current password" type="password" value={currentPassword} onValue={setCurrent} autocomplete="current-password" />
				<TextField
					label="New password"
					type="password"
					value={newPassword}
					onValue={setNew}
					error={error}
					help={`At least ${PASSWORD_MIN} characters.`}
					autocomplete="new-password"
				/>
				<Checkbox label="Sign out everywhere else" checked={revokeOtherSessions} onValue={setRevoke} />
				<div>
					<Button type="submit" busy={busy} disabled={currentPassword === "" || newPassword === ""}>
						Change password
					</Button>
				</div>
			</form>
		</Card>
	);
}
