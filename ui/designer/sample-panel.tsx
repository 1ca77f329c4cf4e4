import type { EventSummary } from "../../worker/api/types";
import { SelectField } from "../components/field";
import { Callout, Skeleton } from "../components/surfaces";
import { describePast } from "../components/time";
import { toast } from "../components/toast";
import { PayloadTree } from "../pages/editor/components/payload-tree";
import { tabPath, useEditor } from "../pages/editor/context";
import { SOURCES } from "../pages/editor/logs/words";
import { senderWords } from "../pages/editor/senders";
import { useDesigner } from "./context";
import { insertionAt } from "./insertion";
import { JsonField } from "./json-field";

/** The event that expressions are tried on; a click on a value puts its path into the field last typed in. */
export function SamplePanel() {
	const { sample, target } = useDesigner();
	const { editing } = useEditor();
	const events = sample.events.value;
	const loaded = sample.loaded.value;
	const steps = editing.draft.value.workflow.steps.length;

	const pick = async (path: string): Promise<void> => {
		const into = target.current;
		if (into === null || editing.readOnly) {
			await navigator.clipboard.writeText(path).catch(() => {});
			return toast(`Copied ${path}. Click into a field first to put it there.`);
		}
		const { text, at } = into.handle.where();
		into.handle.insert(insertionAt(text, at, path, into.isExpression));
	};

	if (sample.failure.value !== null && events === null) return <Callout kind="bad">{sample.failure.value}</Callout>;
	if (events === null) return <Skeleton lines={8} />;
	return (
		<div class="stack tight">
			<SampleChoice events={events} />
			{events.length === 0 && sample.chosenSample.value === null && <NoEvents />}
			{loaded?.problem && <Callout kind="warn">{loaded.problem}</Callout>}
			{loaded !== null && (
				<>
					{!editing.readOnly && (
						<p class="faint small">
							{target.current === null
								? "Click into a field, then on a value here to use it."
								: "Click a value to put its path into the field."}
						</p>
					)}
					<div class="sample-tree">
						<PayloadTree
							label="Sample"
							value={ordered(sample.scopeAt(steps, false))}
							rowsWanted={40}
							rootless
							onPick={(path) => void pick(path)}
						/>
					</div>
				</>
			)}
			{loaded === null && <Skeleton lines={6} />}
		</div>
	);
}

/** Which event, or which of its sender's samples, the expressions are tried on. */
function SampleChoice({ events }: { events: readonly EventSummary[] }) {
	const { sample } = useDesigner();
	const samples = sample.samples.value;
	if (events.length === 0 && samples.length === 0) return null;
	const standing = sample.chosenSample.value;
	const at = standing === null ? -1 : samples.indexOf(standing);
	const choices = [
		...(events.length === 0 ? [{ value: "", label: "A body of your own" }] : []),
		...events.map((event) => ({
			value: event.id,
			label: `#${event.sequence} · ${senderWords(event) ?? SOURCES[event.source]} · ${describePast(Date.parse(event.receivedAt), Date.now())} · ${event.status}`,
		})),
		...samples.map((one, index) => ({ value: `sample ${index}`, label: `Sample: ${one.title}` })),
	];
	return (
		<SelectField
			label="Event"
			value={at < 0 ? (sample.chosenId.value ?? "") : `sample ${at}`}
			choices={choices}
			onValue={(value) => {
				const found = value.startsWith("sample ") ? samples[Number(value.slice(7))] : undefined;
				if (found !== undefined || value === "") sample.chooseSample(found ?? null);
				else sample.choose(value);
			}}
		/>
	);
}

function NoEvents() {
	const { sample } = useDesigner();
	const { editing } = useEditor();
	const { webhook } = editing.server.value;
	return (
		<JsonField
			label="Sample body"
			value={sample.typedBody.value}
			help={
				<>
					No event was received yet, so this stands in. Better:{" "}
					{webhook.supported ? (
						<a href={tabPath(editing.id, "webhook")}>send a real one</a>
					) : (
						<a href={tabPath(editing.id, "run-now")}>run it once</a>
					)}
					, and the event appears here.
				</>
			}
			onValue={(text) => {
				sample.typedBody.value = text;
			}}
		/>
	);
}

/** The body first: it is what people look for. */
function ordered(scope: Record<string, unknown>): Record<string, unknown> {
	const { body, ...rest } = scope.event as Record<string, unknown>;
	return { ...scope, event: { body, ...rest } };
}
