import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { TextField } from "../../components/field";
import { Callout } from "../../components/surfaces";
import { goTo } from "../../navigation";
import { loadSession, me } from "../../session";
import { Frame } from "./frame";
import { returnPath } from "./return-path";

export default function LogIn() {
	const { query } = useLocation();
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<string>();
	const [open, setOpen] = useState(false);
	const after = returnPath(query.return, location.origin);

	useEffect(() => {
		call(api["sign-up"].$get()).then((result) => {
			if (!result.ok || !result.value.open) return;
			// Nobody has an account here yet: there is nothing to log in to.
			if (result.value.mode === "first") goTo("/sign-up", { replace: true });
			setOpen(true);
		});
	}, []);

	useEffect(() => {
		if (me.value) goTo(after, { replace: true });
	}, [me.value]);

	async function logIn(event: Event) {
		event.preventDefault();
		if (email.trim() === "" || password === "") return setError("Fill in both fields.");
		setBusy(true);
		setError(undefined);
		const result = await call(api.auth["sign-in"].email.$post({ json: { email: email.trim(), password } }));
		if (result.ok) await loadSession();
		else setError(result.message);
		setBusy(false);
	}

	return (
		<Frame
			title="Log in"
			foot={
				<>
					{open ? (
						<>
							New here? <a href="/sign-up">Sign up</a>.{" "}
						</>
					) : (
						"New here? Ask an admin for an invitation link. "
					)}
					Forgot the password? An owner of your workspace can make a reset link.
				</>
			}
		>
			{query.reset === "done" && (
				<Callout kind="good" alert>
					The password was changed. Log in with the new one.
				</Callout>
			)}
			{error && (
				<Callout kind="bad" alert>
					{error}
				</Callout>
			)}
			<form onSubmit={logIn} noValidate>
				<TextField label="Email" type="email" value={email} onValue={setEmail} autocomplete="username" autofocus />
				<TextField label="Password" type="password" value={password} onValue={setPassword} autocomplete="current-password" />
				<Button type="submit" kind="primary" busy={busy}>
					Log in
				</Button>
			</form>
		</Frame>
	);
}
