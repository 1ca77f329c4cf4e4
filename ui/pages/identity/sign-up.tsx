import { useEffect } from "preact/hooks";
import { api, call } from "../../api";
import { LinkButton } from "../../components/button";
import { Callout, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { goTo } from "../../navigation";
import { useResource } from "../../resource";
import { me } from "../../session";
import { Frame } from "./frame";
import { SignUpForm } from "./sign-up-form";

export default function SignUp() {
	const { value: state, failure, reload } = useResource("sign-up", () => call(api["sign-up"].$get()));

	useEffect(() => {
		if (me.value) goTo("/dashboard", { replace: true });
	}, [me.value]);

	const foot = state?.mode !== "first" && (
		<>
			Already have an account? <a href="/log-in">Log in</a>.
		</>
	);
	if (state?.open === false)
		return (
			<Frame title="Sign up" foot={foot}>
				<Callout kind="info" title="Sign-up is closed here">
					Ask an owner or admin for an invitation link. Whoever runs this deployment can open sign-up with the setting SIGN_UP.
				</Callout>
				<LinkButton href="/log-in">Go to log in</LinkButton>
			</Frame>
		);
	return (
		<Frame
			title="Sign up"
			about={state?.mode === "first" ? "You are the first here: this account will own the deployment’s first workspace." : undefined}
			foot={foot}
		>
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{state ? <SignUpForm /> : !failure && <Skeleton height="36px" lines={4} />}
		</Frame>
	);
}
