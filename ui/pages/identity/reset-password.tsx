import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { TextField } from "../../components/field";
import { Callout } from "../../components/surfaces";
import { goTo } from "../../navigation";
import { Frame } from "./frame";
import { PASSWORD_MIN } from "./sign-up-form";

/** A new password, by the link that an owner made. */
export default function ResetPassword({ token: inPath }: { token?: string }) {
	const { query } = useLocation();
	const token = inPath ?? query.token ?? "";
	const [password, setPassword] = useState("");
	const [error, setError] = useState<string>();
	const [refusal, setRefusal] = useState<string>();
	const [busy, setBusy] = useState(false);

	async function reset(event: Event) {
		event.preventDefault();
		if (password.length < PASSWORD_MIN) return setError(`Use ${PASSWORD_MIN} characters or more.`);
		setBusy(true);
		setError(undefined);
		const result = await call(api.auth["reset-password"].$post({ json: { newPassword: password, token } }));
		setBusy(false);
		if (result.ok) goTo("/log-in?reset=done");
		else setRefusal(result.message);
	}

	return (
		<Frame
			title="Reset password"
			about="Choose a new password. You are signed out everywhere else."
			foot={
				<>
					Remembered it? <a href="/log-in">Log in</a>.
				</>
			}
		>
			{refusal && (
				<Callout kind="bad" alert title="The password was not changed">
					{refusal} An owner can make a new link.
				</Callout>
			)}
			<form onSubmit={reset} noValidate>
				<TextField
					label="New password"
					type="password"
					value={password}
					onValue={setPassword}
					error={error}
					help={`At least ${PASSWORD_MIN} characters.`}
					autocomplete="new-password"
					autofocus
				/>
				<Button type="submit" kind="primary" busy={busy}>
					Change password
				</Button>
			</form>
		</Frame>
	);
}
