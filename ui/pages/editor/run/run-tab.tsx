import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Button } from "../../../components/button";
import { SelectField, TextArea } from "../../../components/field";
import { PlayIcon } from "../../../components/icons";
import { Callout, Card, EmptyState, Skeleton } from "../../../components/surfaces";
import { Fold } from "../../../designer/fold";
import { JsonField } from "../../../designer/json-field";
import { goTo } from "../../../navigation";
import { calls } from "../calls";
import { tabPath, useEditor } from "../context";
import { ExecutionDetail } from "../logs/execution-detail";
import { useSender } from "../webhook/use-sender";
import { contentTypeOf, firstEvent, headersIn, isJsonEvent, ofEvent, ofSample, requestOf, type TypedEvent } from "./run-request";
import "./run.css";

/** Starts the workflow by hand, with an event of one's own, and shows what happens. */
export function RunTab() {
	const { editing } = useEditor();
	const { query } = useLocation();
	const { typed, setTyped, prefill } = useTypedEvent();
	const [running, setRunning] = useState(false);
	const [failure, setFailure] = useState<string | null>(null);
	const request = typed && requestOf(typed);

	const run = async (): Promise<void> => {
		if (!request?.ok) return;
		setRunning(true);
		const answer = await calls.run(editing.id, request.value);
		setRunning(false);
		setFailure(answer.ok ? null : answer.message);
		if (answer.ok) goTo(`${tabPath(editing.id, "run-now")}?execution=${encodeURIComponent(answer.value.executionId)}`, { replace: true });
	};

	return (
		<div class="run-columns">
			<Card
				title="Event"
				actions={
					prefill !== null && (
						<Button small kind="quiet" onClick={prefill}>
							Use the last event
						</Button>
					)
				}
			>
				<div class="stack">
					{editing.changed.value && <Callout kind="warn">The saved version runs. Save first to run with your changes.</Callout>}
					<SenderSamples onSample={setTyped} />
					{typed === null || request === null ? (
						<Skeleton height="160px" />
					) : (
						<EventFields typed={typed} onTyped={setTyped} problem={request.ok ? null : request} />
					)}
					{failure !== null && (
						<Callout kind="bad" alert>
							{failure}
						</Callout>
					)}
					{editing.readOnly ? (
						<p class="soft">Your role may look but not run.</p>
					) : (
						<div>
							<Button kind="primary" icon={PlayIcon} busy={running} disabled={!request?.ok} onClick={run}>
								Run now
							</Button>
						</div>
					)}
				</div>
			</Card>
			<div class="run-result">
				{query.execution === undefined && editing.readOnly ? null : query.execution === undefined ? (
					<EmptyState level={2} icon={PlayIcon} title="Nothing run from here yet">
						Press Run now: each step, and every call with its response, appears here as it happens. It runs while the integration is paused,
						too.
					</EmptyState>
				) : (
					<ExecutionDetail key={query.execution} executionId={query.execution} backHref={null} />
				)}
			</div>
		</div>
	);
}

interface EventFieldsProps {
	typed: TypedEvent;
	onTyped: (typed: TypedEvent) => void;
	problem: { part: keyof TypedEvent; message: string } | null;
}

/** The body as its content type says, and the headers that say so. */
function EventFields({ typed, onTyped, problem }: EventFieldsProps) {
	const { editing } = useEditor();
	const read = headersIn(typed.headers);
	const count = read.ok ? Object.keys(read.value).length : 0;
	const common = {
		value: typed.body,
		readOnly: editing.readOnly,
		onValue: (body: string) => onTyped({ ...typed, body }),
		error: problem?.part === "body" ? problem.message : undefined,
	};
	return (
		<>
			{isJsonEvent(typed) ? (
				<JsonField {...common} label="Body, as JSON" help="Steps read it as event.body. Empty means no body." />
			) : (
				<TextArea
					{...common}
					label={`Body, as ${contentTypeOf(typed)}`}
					mono
					rows={10}
					spellcheck={false}
					help="It is read by its content type, as a received one is. Steps read it as event.body."
				/>
			)}
			<Fold summary={count === 0 ? "Headers" : `Headers (${count})`} alert={problem?.part === "headers"}>
				<TextArea
					label="Headers"
					unlabelled
					mono
					rows={Math.min(10, Math.max(3, count + 1))}
					value={typed.headers}
					readOnly={editing.readOnly}
					spellcheck={false}
					placeholder="x-topic: orders"
					error={problem?.part === "headers" ? problem.message : undefined}
					help="One a line. Steps read them as event.headers; the content type says how the body is read, JSON unless it is named."
					onValue={(headers) => onTyped({ ...typed, headers })}
				/>
			</Fold>
		</>
	);
}

/** Events as the chosen sender makes them, to try the workflow before the first real one. */
function SenderSamples({ onSample }: { onSample: (typed: TypedEvent) => void }) {
	const { editing } = useEditor();
	const { value: sender } = useSender();
	const [chosen, setChosen] = useState("");
	if (editing.readOnly || sender === undefined || sender.samples.length === 0) return null;
	return (
		<SelectField
			label="Try with a sample"
			value={chosen}
			choices={[
				{ value: "", label: `Choose an event of ${sender.name}` },
				...sender.samples.map(({ event, title }) => ({ value: event + title, label: `${title} (${event})` })),
			]}
			onValue={(value) => {
				const sample = sender.samples.find(({ event, title }) => event + title === value);
				setChosen(value);
				if (sample !== undefined) onSample(ofSample(sample));
			}}
		/>
	);
}

/** The typed event; at first the last one that came, as far as its body is text. Null until that is known. */
function useTypedEvent(): { typed: TypedEvent | null; setTyped: (typed: TypedEvent) => void; prefill: (() => void) | null } {
	const { editing } = useEditor();
	const [typed, setTyped] = useState<TypedEvent | null>(null);
	const [last, setLast] = useState<TypedEvent | null>(null);
	useEffect(() => {
		let wanted = true;
		lastEvent(editing.id).then((event) => {
			if (!wanted) return;
			setLast(event);
			setTyped((known) => known ?? event ?? firstEvent());
		});
		return () => {
			wanted = false;
		};
	}, [editing]);
	const isLast = last === null || (last.body === typed?.body && last.headers === typed.headers);
	return { typed, setTyped, prefill: isLast ? null : () => setTyped(last) };
}

async function lastEvent(id: string): Promise<TypedEvent | null> {
	const events = await calls.events(id, { limit: 1 });
	const [newest] = events.ok ? events.value.items : [];
	if (newest === undefined) return null;
	const event = await calls.event(id, newest.id);
	return event.ok ? ofEvent(event.value) : null;
}
