import { useState } from "preact/hooks";
import { Tabs, tabId } from "../components/tabs";
import { SamplePanel } from "./sample-panel";
import { WorkflowJson } from "./workflow-json-panel";

const PANEL_ID = "designer-side";
const TABS = [
	{ id: "sample", label: "Sample" },
	{ id: "json", label: "JSON" },
] as const;

/** Beside the steps: the event to work with, and the whole workflow as JSON. */
export function SidePanel() {
	const [shown, setShown] = useState<(typeof TABS)[number]["id"]>("sample");
	return (
		<aside class="designer-side" aria-label="Sample and JSON">
			<Tabs label="Beside the steps" tabs={TABS} selected={shown} onSelect={setShown} panelId={PANEL_ID} />
			<div class="designer-side-panel" role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(PANEL_ID, shown)}>
				{shown === "sample" ? <SamplePanel /> : <WorkflowJson />}
			</div>
		</aside>
	);
}
