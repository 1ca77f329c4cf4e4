import { useState } from "preact/hooks";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { TextField } from "../../components/field";
import { Callout } from "../../components/surfaces";
import { loadSession } from "../../session";

export const PASSWORD_MIN = 8;

type Errors = Partial<Record<"name" | "email" | "password", string>>;

/** Name, email and password of a new person. The time zone is the browser's until they change it. */
export function SignUpForm({ invitation, email: given = "" }: { /** Token of an invitation link. */ invitation?: string; email?: string }) {
	const [name, setName] = useState("");
	const [email, setEmail] = useState(given);
	const [password, setPassword] = useState("");
	const [errors, setErrors] = useState<Errors>({});
	const [refusal, setRefusal] = useState<string>();
	const [busy, setBusy] = useState(false);

	async function signUp(event: Event) {
		event.preventDefault();
		const found = check(name, email, password);
		setErrors(found);
		if (Object.keys(found).length > 0) return;
		setBusy(true);
		setRefusal(undefined);
		const result = await call(
			api.auth["sign-up"].email.$post({
				json: {
					name: name.trim(),
					email: email.trim(),
					password,
					timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
					...(invitation !== undefined && { invitation }),
				},
			}),
		);
		if (result.ok) await loadSession();
		else setRefusal(result.message);
		setBusy(false);
	}

	return (
		<form onSubmit={signUp} noValidate>
			{refusal && (
				<Callout kind="bad" alert>
					{refusal}
				</Callout>
			)}
			<TextField label="Name" value={name} onValue={setName} error={errors.name} autocomplete="name" autofocus />
			<TextField label="Email" type="email" value={email} onValue={setEmail} error={errors.email} autocomplete="username" />
			<TextField
				label="Password"
				type="password"
				value={password}
				onValue={setPassword}
				error={errors.password}
				help={`At least ${PASSWORD_MIN} characters.`}
				autocomplete="new-password"
			/>
			<Button type="submit" kind="primary" busy={busy}>
				Sign up
			</Button>
		</form>
	);
}

function check(name: string, email: string, password: string): Errors {
	const found: Errors = {};
	if (name.trim() === "") found.name = "Say what to call you.";
	if (!/^\S+@\S+$/.test(email.trim())) found.email = "This is not an email address.";
	if (password.length < PASSWORD_MIN) found.password = `Use ${PASSWORD_MIN} characters or more.`;
	return found;
}
