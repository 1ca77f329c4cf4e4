import { Callout } from "../../components/surfaces";
import { type TabId, tabPath, useEditor } from "./context";

const TAB_OF: Record<string, TabId> = { webhook: "webhook", schedule: "schedule", workflow: "workflow" };

/** What a refused save named outside the workflow; the fields say it too, on their tabs. */
export function SaveProblems({ tab }: { tab: TabId }) {
	const { editing } = useEditor();
	const errors = [...editing.fieldErrors.value];
	if (errors.length === 0) return null;
	const orderTab = editing.server.value.webhook.supported ? "webhook" : "general";
	return (
		<Callout kind="bad" alert title="Not saved">
			<ul>
				{errors.map(([field, message]) => {
					const part = field.split(".")[0] ?? "";
					const home = part === "ordering" ? orderTab : (TAB_OF[part] ?? "general");
					return (
						<li key={field}>
							{home === tab ? field : <a href={tabPath(editing.id, home)}>{field || "This integration"}</a>}: {message}
						</li>
					);
				})}
			</ul>
		</Callout>
	);
}
