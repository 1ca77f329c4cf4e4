import { Callout } from "../../components/surfaces";
import { type TabId, tabPath, useEditor } from "./context";

const TAB_OF: Record<string, TabId> = { webhook: "webhook", schedule: "schedule", workflow: "workflow" };

/** Fields by what they are called on the page. */
const WORDS: readonly [field: string, words: string][] = [
	["ordering.key", "Order, key"],
	["ordering.concurrency", "Order, how many at once"],
	["ordering.startsPerSecond", "Order, how many begin each second"],
	["webhook.dedupe.header", "Duplicates, header"],
	["webhook.dedupe.fields", "Duplicates, fields"],
	["webhook.dedupe.windowSeconds", "Duplicates, remember each for"],
	["webhook.verification", "Who sends"],
	["webhook.ratePerSecond", "Limits, deliveries each second"],
	["webhook.pendingMax", "Limits, events that may wait"],
	["webhook.methods", "Methods it takes"],
	["onFailureIntegrationId", "When an event fails, run"],
	["silenceMinutes", "Alert after so many minutes without an event"],
	["retention.days", "Keep events for, days"],
	["retention.bytes", "Keep at most, MB"],
];

const wordsFor = (field: string): string =>
	field === "" ? "This integration" : (WORDS.find(([start]) => field === start || field.startsWith(`${start}.`))?.[1] ?? field);

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
							{home === tab ? wordsFor(field) : <a href={tabPath(editing.id, home)}>{wordsFor(field)}</a>}: {message}
						</li>
					);
				})}
			</ul>
		</Callout>
	);
}
