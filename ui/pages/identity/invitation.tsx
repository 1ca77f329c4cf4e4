import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { api, call } from "../../api";
import { Button, LinkButton } from "../../components/button";
import { Callout, Skeleton } from "../../components/surfaces";
import { goTo } from "../../navigation";
import { useResource } from "../../resource";
import { loadSession, me, selectWorkspace, signOut } from "../../session";
import { Frame } from "./frame";
import { SignUpForm } from "./sign-up-form";

/** An invitation by link: joins the workspace, with the account that is here or with a new one. */
export default function Invitation({ token: inPath }: { token?: string }) {
	const { query } = useLocation();
	const token = inPath ?? query.token ?? "";
	const { value: invitation, failure } = useResource(`invitation ${token}`, () =>
		call(api.invitations["by-token"][":token"].$get({ param: { token } })),
	);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string>();
	const person = me.value;

	async function join() {
		setBusy(true);
		const result = await call(api.invitations["by-token"][":token"].accept.$post({ param: { token } }));
		setBusy(false);
		if (!result.ok) return setRefusal(result.message);
		await loadSession();
		selectWorkspace(result.value.id);
		goTo("/dashboard");
	}

	if (failure)
		return (
			<Frame title="Invitation">
				<Callout kind="bad" alert title="This invitation cannot be used">
					{failure.message} Ask the person who sent it for a new link.
				</Callout>
				<LinkButton href="/">Go to Inlet</LinkButton>
			</Frame>
		);
	if (!invitation)
		return (
			<Frame title="Invitation">
				<Skeleton height="36px" lines={3} />
			</Frame>
		);
	const title = `Join ${invitation.workspaceName}`;
	if (person)
		return (
			<Frame
				title={title}
				about={`As ${invitation.role}, with your account ${person.user.email}.`}
				foot={
					<>
						Not you?{" "}
						<button type="button" class="link" onClick={signOut}>
							Sign out
						</button>{" "}
						and open the link again.
					</>
				}
			>
				{refusal && (
					<Callout kind="bad" alert>
						{refusal}
					</Callout>
				)}
				<Button kind="primary" busy={busy} onClick={join}>
					Join
				</Button>
			</Frame>
		);
	return (
		<Frame
			title={title}
			about={`You are invited as ${invitation.role}. Make an account to join.`}
			foot={
				<>
					Already have an account? <a href={`/log-in?return=${encodeURIComponent(`/invitation/${token}`)}`}>Log in</a>, then join.
				</>
			}
		>
			<SignUpForm invitation={token} email={invitation.email ?? ""} onDone={() => showWorkspace(invitation.workspaceName)} />
		</Frame>
	);
}

/** A new account has joined by signing up: all that is left is to show the workspace. */
function showWorkspace(name: string) {
	const joined = me.value?.workspaces.find((one) => one.name === name);
	if (joined) selectWorkspace(joined.id);
	goTo("/dashboard", { replace: true });
}
