import { Page } from "../../components/page";
import { type Tab, Tabs, tabId } from "../../components/tabs";
import { NotFound } from "../not-found";
import { Account } from "./account";
import { Alerts } from "./alerts";
import { Members } from "./members";
import { Tokens } from "./tokens";
import { WorkspaceSettings } from "./workspace";
import "./settings.css";

const PARTS = {
	account: { label: "Account", content: Account },
	workspace: { label: "Workspace", content: WorkspaceSettings },
	members: { label: "Members", content: Members },
	alerts: { label: "Alerts", content: Alerts },
	tokens: { label: "API tokens", content: Tokens },
} as const;

type Part = keyof typeof PARTS;

const TABS: readonly Tab<Part>[] = (Object.keys(PARTS) as Part[]).map((id) => ({ id, label: PARTS[id].label, href: `/settings/${id}` }));
const PANEL = "settings-panel";

export default function Settings({ part = "account" }: { part?: string }) {
	const shown = TABS.find((tab) => tab.id === part)?.id;
	if (shown === undefined) return <NotFound />;
	const Content = PARTS[shown].content;
	return (
		<Page title="Settings" width="narrow">
			<Tabs label="Settings" tabs={TABS} selected={shown} panelId={PANEL} />
			<div role="tabpanel" id={PANEL} aria-labelledby={tabId(PANEL, shown)} class="stack">
				<Content />
			</div>
		</Page>
	);
}
