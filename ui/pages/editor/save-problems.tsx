import { Callout } from "../../components/surfaces";
import { type TabId, tabPath, useEditor } from "./context";
import { tabOf, wordsFor } from "./save-words";

/** What a refused save named outside the workflow; the fields say it too, on their tabs. */
export function SaveProblems({ tab }: { tab: TabId }) {
	const { editing } = useEditor();
	const errors = [...editing.fieldErrors.value];
	if (errors.length === 0) return null;
	return (
		<Callout kind="bad" alert title="Not saved">
			<ul>
				{errors.map(([field, message]) => {
					const home = tabOf(field, editing.server.value.webhook.supported);
					return (
						<li key={field}>
							{home === tab ? wordsFor(field) : <a href={tabPath(editing.id, home)}>{wordsFor(field)}</a>}: {message}
						</li>
					);
				})}
			</ul>
		</Callout>
	);
}
