import { useEffect, useState } from "preact/hooks";
import { type Tab, Tabs, tabId } from "../../components/tabs";
import { goTo, useLeaveGuard } from "../../navigation";
import { AppliedNotice } from "./applied-notice";
import { ConflictBanner } from "./conflict-banner";
import { type TabId, tabPath, useEditor } from "./context";
import { GeneralTab } from "./general/general-tab";
import { Header } from "./header";
import { LeaveDialog } from "./leave-dialog";
import { LogsTab } from "./logs/logs-tab";
import { RunTab } from "./run/run-tab";
import { SaveProblems } from "./save-problems";
import { ScheduleTab } from "./schedule/schedule-tab";
import { useCheck } from "./use-check";
import { useSave } from "./use-save";
import { ChangeSenderDialog } from "./webhook/change-sender-dialog";
import { WebhookTab } from "./webhook/webhook-tab";
import { WorkflowTab } from "./workflow-tab";

const PANEL_ID = "editor-panel";
const PANELS: Record<TabId, () => preact.JSX.Element> = {
	general: GeneralTab,
	workflow: WorkflowTab,
	webhook: WebhookTab,
	schedule: ScheduleTab,
	logs: LogsTab,
	"run-now": RunTab,
};

const LABELS: Record<TabId, string> = {
	general: "General",
	workflow: "Workflow",
	webhook: "Webhook",
	schedule: "Schedule",
	logs: "Logs",
	"run-now": "Run now",
};

export const WEBHOOK_UNSUPPORTED =
	"This integration runs on a schedule and takes no webhook. Its template in the Library says more; the Schedule tab sets when it runs.";
export const SCHEDULE_UNSUPPORTED = "This integration is started by a webhook and takes no schedule. See the Webhook tab.";

/** Header, tabs and the open tab's panel. */
export function Frame({ tab }: { tab: TabId }) {
	const { editing } = useEditor();
	const { save, busy, question } = useSave();
	useCheck();
	const proceed = useLeaveQuestion();
	const { name } = editing.server.value;

	useEffect(() => {
		const before = document.title;
		document.title = `${name} · ${LABELS[tab]} · Inlet`;
		return () => {
			document.title = before;
		};
	}, [name, tab]);

	// On a narrow screen the row of tabs scrolls.
	useEffect(() => {
		document.getElementById(tabId(PANEL_ID, tab))?.scrollIntoView({ block: "nearest", inline: "center" });
	}, [tab]);

	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "s") return;
			event.preventDefault();
			save();
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [save]);

	const tabs = useTabs();
	const Panel = PANELS[tab];
	return (
		<div class="editor">
			<Header onSave={save} busy={busy} />
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a disabled tab are handled where it stands */}
			{/* biome-ignore lint/a11y/noStaticElementInteractions: a disabled tab opens the panel that says why */}
			<div
				class="editor-tabs"
				onClick={(event) => {
					const disabled = (event.target as Element).closest<HTMLElement>("[role=tab][aria-disabled=true]");
					const id = tabs.find((one) => disabled?.id === tabId(PANEL_ID, one.id))?.id;
					if (id !== undefined) goTo(tabPath(editing.id, id));
				}}
			>
				<Tabs label="Parts of the integration" tabs={tabs} selected={tab} panelId={PANEL_ID} />
			</div>
			<div class="editor-notices">
				<AppliedNotice />
				<ConflictBanner />
				<SaveProblems tab={tab} />
			</div>
			<div class="editor-panel" role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(PANEL_ID, tab)} data-tab={tab}>
				<Panel key={tab} />
			</div>
			{proceed && <LeaveDialog proceed={proceed.go} onClose={proceed.stay} onSave={save} />}
			{question && <ChangeSenderDialog question={question} />}
		</div>
	);
}

function useTabs(): Tab<TabId>[] {
	const { editing } = useEditor();
	const { webhook, schedule } = editing.server.value;
	const problems = editing.problems.value.length;
	const reasons: Partial<Record<TabId, string>> = {
		...(webhook.supported ? {} : { webhook: WEBHOOK_UNSUPPORTED }),
		...(schedule.supported ? {} : { schedule: SCHEDULE_UNSUPPORTED }),
	};
	return (Object.keys(LABELS) as TabId[]).map((id) => {
		const reason = reasons[id];
		return {
			id,
			label: LABELS[id],
			href: tabPath(editing.id, id),
			...(reason === undefined ? {} : { disabledReason: reason }),
			...(id === "workflow" && problems > 0 ? { note: { text: String(problems), meaning: problems === 1 ? "problem" : "problems" } } : {}),
		};
	});
}

/** Asks before unsaved changes are left behind. */
function useLeaveQuestion(): { go: () => void; stay: () => void } | null {
	const { editing } = useEditor();
	const [proceed, setProceed] = useState<(() => void) | null>(null);
	const root = `/automations/${encodeURIComponent(editing.id)}`;
	useLeaveGuard(
		editing.changed.value,
		(path) => {
			const pathname = path.split("?")[0] ?? path;
			return pathname === root || pathname.startsWith(`${root}/`);
		},
		(go) => setProceed(() => go),
	);
	return proceed === null ? null : { go: proceed, stay: () => setProceed(null) };
}
