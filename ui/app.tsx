import type { FunctionComponent, VNode } from "preact";
import { useEffect } from "preact/hooks";
import lazy from "preact-iso/lazy";
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { chosenWorkspace } from "./api";
import { Button } from "./components/button";
import { Callout } from "./components/surfaces";
import { Toasts } from "./components/toast";
import { goTo } from "./navigation";
import { Automations } from "./pages/automations/automations";
import { NotFound } from "./pages/not-found";
import { findSession, loadSession, me, sessionFailure, workspace } from "./session";
import { Shell } from "./shell/shell";
import { ShellWaiting } from "./shell/shell-waiting";

const Dashboard = lazy(() => import("./pages/dashboard/dashboard"));
const Editor = lazy(() => import("./pages/editor/index"));
const Library = lazy(() => import("./pages/library/library"));
const Setup = lazy(() => import("./pages/library/setup"));
const Connections = lazy(() => import("./pages/connections/connections"));
const Settings = lazy(() => import("./pages/settings/settings"));
const LogIn = lazy(() => import("./pages/identity/log-in"));
const SignUp = lazy(() => import("./pages/identity/sign-up"));
const Invitation = lazy(() => import("./pages/identity/invitation"));
const ResetPassword = lazy(() => import("./pages/identity/reset-password"));

/** Pages that need nobody to be logged in. */
const PUBLIC_PATHS = ["/log-in", "/sign-up", "/invitation", "/reset-password"];

export function App() {
	return (
		<LocationProvider>
			<Screen />
			<Toasts />
		</LocationProvider>
	);
}

function Screen(): VNode | null {
	const { path } = useLocation();
	const isPublic = PUBLIC_PATHS.some((one) => path === one || path.startsWith(`${one}/`));
	const known = me.value;

	useEffect(() => {
		findSession();
	}, []);

	useEffect(() => {
		if (known === null && !isPublic) goTo(logInPath(), { replace: true });
	}, [known, isPublic]);

	if (isPublic)
		return (
			<Router>
				<Route path="/log-in" component={LogIn} />
				<Route path="/sign-up" component={SignUp} />
				<Route path="/invitation/:token?" component={Invitation} />
				<Route path="/reset-password/:token?" component={ResetPassword} />
			</Router>
		);
	if (sessionFailure.value !== null && !known) return <Unreachable message={sessionFailure.value.message} />;
	if (known === undefined && chosenWorkspace() !== null) return <ShellWaiting />;
	if (!known) return null;
	return (
		// Another workspace is another set of screens: nothing typed or loaded carries over.
		<Shell key={workspace.value?.id}>
			<Router>
				<Home path="/" />
				<Route path="/dashboard" component={Dashboard} />
				<Route path="/automations" component={Automations} />
				<Route path="/automations/:id/:tab?" component={Editor} />
				<Route path="/library" component={Library} />
				<Route path="/library/:templateId" component={Setup} />
				<Route path="/connections" component={Connections} />
				<Route path="/settings/:part?" component={Settings} />
				<Route default component={NotFound} />
			</Router>
		</Shell>
	);
}

const Home: FunctionComponent<{ path: string }> = () => {
	useEffect(() => goTo("/dashboard", { replace: true }), []);
	return null;
};

function Unreachable({ message }: { message: string }) {
	return (
		<main class="page narrow">
			<Callout kind="bad" alert title="Inlet could not be loaded" actions={<Button onClick={() => loadSession()}>Try again</Button>}>
				{message}
			</Callout>
		</main>
	);
}

/** The log-in page, with the way back to where the person was. */
function logInPath(): string {
	const path = location.pathname + location.search;
	return path === "/" || path === "/dashboard" ? "/log-in" : `/log-in?return=${encodeURIComponent(path)}`;
}
