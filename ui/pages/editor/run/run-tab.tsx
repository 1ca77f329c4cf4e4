import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Button } from "../../../components/button";
import { SelectField } from "../../../components/field";
import { PlayIcon } from "../../../components/icons";
import { Callout, Card, EmptyState, Skeleton } from "../../../components/surfaces";
import { JsonField } from "../../../designer/json-field";
import { goTo } from "../../../navigation";
import { calls } from "../calls";
import { tabPath, useEditor } from "../context";
import type { Json } from "../draft";
import { ExecutionDetail } from "../logs/execution-detail";
import { jsonOfSample } from "../senders";
import { SAMPLE_BODY } from "../webhook/curl";
import { useSender } from "../webhook/use-sender";
import "./run.css";

/** Starts the workflow by hand, with a body of one's own, and shows what happens. */
export function RunTab() {
	const { editing } = useEditor();
	const { query } = useLocation();
	const { text, setText, prefill } = useBody();
	const [running, setRunning] = useState(false);
	const [failure, setFailure] = useState<string | null>(null);
	const body = parseBody(text ?? "");

	const run = async (): Promise<void> => {
		if (!body.ok) return;
		setRunning(true);
		const answer = await calls.run(editing.id, body.value);
		setRunning(false);
		setFailure(answer.ok ? null : answer.message);
		if (answer.ok) goTo(`${tabPath(editing.id, "run-now")}?execution=${encodeURIComponent(answer.value.executionId)}`, { replace: true });
	};

	return (
		<div class="run-columns">
			<Card
				title="Event body"
				actions={
					prefill !== null && (
						<Button small kind="quiet" onClick={prefill}>
							Use the last event’s body
						</Button>
					)
				}
			>
				<div class="stack">
					{editing.changed.value && <Callout kind="warn">The saved version runs. Save first to run with your changes.</Callout>}
					<SenderSamples onBody={setText} />
					{text === null ? (
						<Skeleton height="160px" />
					) : (
						<JsonField
							label="Body, as JSON"
							value={text}
							onValue={setText}
							readOnly={editing.readOnly}
							error={body.ok ? undefined : body.message}
							help="Steps read it as event.body. Empty means no body."
						/>
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
							<Button kind="primary" icon={PlayIcon} busy={running} disabled={!body.ok || text === null} onClick={run}>
								Run now
							</Button>
						</div>
					)}
				</div>
			</Card>
			<div class="run-result">
				{query.execution === undefined ? (
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

/** Events as the chosen sender makes them, to try the workflow before the first real one. */
function SenderSamples({ onBody }: { onBody: (text: string) => void }) {
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
				if (sample !== undefined) onBody(jsonOfSample(sample));
			}}
		/>
	);
}

/** The typed body; at first that of the last event, as far as it is JSON. Null until that is known. */
function useBody(): { text: string | null; setText: (text: string) => void; prefill: (() => void) | null } {
	const { editing } = useEditor();
	const [text, setText] = useState<string | null>(null);
	const [last, setLast] = useState<string | null>(null);
	useEffect(() => {
		let wanted = true;
		lastBody(editing.id).then((body) => {
			if (!wanted) return;
			setLast(body);
			setText((typed) => typed ?? body ?? JSON.stringify(SAMPLE_BODY, null, 2));
		});
		return () => {
			wanted = false;
		};
	}, [editing]);
	return { text, setText, prefill: last === null || last === text ? null : () => setText(last) };
}

async function lastBody(id: string): Promise<string | null> {
	const events = await calls.events(id, { limit: 1 });
	const [newest] = events.ok ? events.value.items : [];
	if (newest === undefined) return null;
	const event = await calls.event(id, newest.id);
	return event.ok && event.value.bodyEncoding === "utf8" ? pretty(event.value.body) : null;
}

function pretty(body: string): string | null {
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		return null;
	}
}

function parseBody(text: string): { ok: true; value: Json | undefined } | { ok: false; message: string } {
	if (text.trim() === "") return { ok: true, value: undefined };
	try {
		return { ok: true, value: JSON.parse(text) as Json };
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : "This is not JSON." };
	}
}
