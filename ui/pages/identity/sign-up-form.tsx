import { useState } from "preact/hooks";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { TextField } from "../../components/field";
import { Callout } from "../../components/surfaces";
import { loadSession } from "../../session";

export const PASSWORD_MIN = 8;

type Errors = Partial<Record<"name" | "email" | "password", string>>;

interface SignUpFormProps {
	/** Token of an invitation link. */
	invitation?: string;
	email?: string;
	/** Called when the person is logged in. */
	onDone?: () => void;
}

/** Name, email and password of a new person. The time zone is the browser's until they change it. */
export function SignUpForm({ invitation, email: given = "", onDone }: SignUpFormProps) {
	const [name, setName] = useState("");
	const [email, setEmail] = useState(given);
	const [password, setPassword] = useState("");
	const [tried, setTried] = useState(false);
	const [refusal, setRefusal] = useState<string>();
	const [busy, setBusy] = useState(false);

	const errors = tried ? check(name, email, password) : {};

	async function signUp(event: Event) {
		event.preventDefault();
		setTried(true);
		if (Object.keys(check(name, email, password)).length > 0) return;
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
		if (result.ok) {
			await loadSession();
			onDone?.();
		} else setRefusal(result.message);
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
