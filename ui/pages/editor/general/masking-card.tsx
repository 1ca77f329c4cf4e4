import { useState } from "preact/hooks";
import type { MaskedEvent, Redaction } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { Checkbox, TextArea } from "../../../components/field";
import { Callout, Card } from "../../../components/surfaces";
import { calls } from "../calls";
import { BodyView } from "../components/body-view";
import { useEditor } from "../context";
import { sameJson } from "../draft";
import { HeadersTable } from "../logs/http-exchange";
import { FieldPicker } from "../webhook/field-picker";
import { toggled } from "../webhook/key-fields";
import { SamplePicker } from "../webhook/sample-picker";
import { type SampleEvent, useSampleEvent } from "../webhook/use-sample-event";
import { ALL_KINDS, KINDS, pathProblem } from "./masked-kinds";

const NOTHING: Redaction = { fields: [], patterns: [] };
const FIELDS_MAX = 50;

/** What is masked of every event before it is stored. */
export function MaskingCard() {
	const { editing } = useEditor();
	const sample = useSampleEvent();
	const redaction = editing.draft.value.webhook.redaction ?? NOTHING;
	const { fields, patterns } = redaction;
	const error = [...editing.fieldErrors.value].find(([field]) => field.startsWith("webhook.redaction"))?.[1];
	const change = (part: Partial<Redaction>, subject: string | null = null): void => {
		const next = { ...redaction, ...part };
		const any = next.fields.length + next.patterns.length > 0;
		editing.edit(subject, (before) => ({ ...before, webhook: { ...before.webhook, redaction: any ? next : null } }));
	};
	return (
		<Card
			title="Masking"
			about="These values are never stored in the clear. The workflow runs with the full event, which is kept encrypted until its execution has ended; after that only •••• is left, also for a replay. Events that were stored before stay as they are."
		>
			<div class="stack">
				<fieldset class="field-picker">
					<legend>Mask wherever they stand</legend>
					{ALL_KINDS.map((kind) => (
						<Checkbox
							key={kind}
							label={KINDS[kind]}
							checked={patterns.includes(kind)}
							disabled={editing.readOnly}
							onValue={(on) => change({ patterns: on ? [...patterns, kind] : patterns.filter((one) => one !== kind) })}
						/>
					))}
				</fieldset>
				<Fields fields={fields} error={error} onFields={(next) => change({ fields: next }, "redaction.fields")} />
				{sample.source !== undefined && !editing.readOnly && (
					<FieldPicker
						label={`Fields of event #${sample.event?.sequence}`}
						source={sample.source}
						chosen={fields}
						onToggle={(path) => change({ fields: toggled(fields, path).slice(0, FIELDS_MAX) })}
					/>
				)}
				{fields.some((field) => field.startsWith("event.body")) && (
					<p class="soft small">
						Fields are found in JSON and forms. Of any other body nothing is stored, so that no value is stored by mistake.
					</p>
				)}
				{fields.length + patterns.length > 0 && (
					<p class="soft small">
						Of a delivery that is rejected, only the mask is kept: where it has such values, it cannot be accepted after all.
					</p>
				)}
				{fields.length + patterns.length > 0 && <Preview sample={sample} redaction={redaction} />}
			</div>
		</Card>
	);
}

/** One path a line; the text follows the fields when they change elsewhere. */
function Fields({
	fields,
	error,
	onFields,
}: {
	fields: readonly string[];
	error: string | undefined;
	onFields: (fields: string[]) => void;
}) {
	const { editing } = useEditor();
	const [typed, setTyped] = useState(fields.join("\n"));
	const text = sameJson(linesOf(typed), fields) ? typed : fields.join("\n");
	const wrong = fields.map(pathProblem).find((problem) => problem !== null);
	return (
		<TextArea
			label="Fields to mask"
			optional
			mono
			rows={3}
			value={text}
			disabled={editing.readOnly}
			error={wrong ?? (fields.length > FIELDS_MAX ? `${FIELDS_MAX} fields at most.` : error)}
			help="One path a line. items[] stands for each item of a list."
			placeholder={"event.body.card.number\nevent.body.items[].ssn"}
			onValue={(next) => {
				setTyped(next);
				onFields(linesOf(next));
			}}
		/>
	);
}

function linesOf(text: string): string[] {
	const lines = text.split(/[\n,]/).map((line) => line.trim());
	return [...new Set(lines.filter((line) => line !== ""))];
}

/** What these settings would leave of a received event. */
function Preview({ sample, redaction }: { sample: SampleEvent; redaction: Redaction }) {
	const { editing } = useEditor();
	const [seen, setSeen] = useState<{ of: string; kept: MaskedEvent } | null>(null);
	const [failure, setFailure] = useState<string | null>(null);
	const { event } = sample;
	if (event === undefined) return null;
	const of = JSON.stringify([event.id, redaction]);
	const look = async (): Promise<void> => {
		const answer = await calls.masked(editing.id, event.id, redaction);
		setFailure(answer.ok ? null : answer.message);
		setSeen(answer.ok ? { of, kept: answer.value } : null);
	};
	return (
		<div class="stack">
			<div class="row">
				<SamplePicker sample={sample} />
				<Button onClick={look}>Show what is kept</Button>
			</div>
			{failure !== null && (
				<Callout kind="bad" alert>
					{failure}
				</Callout>
			)}
			{seen?.of === of && <Kept kept={seen.kept} sequence={event.sequence} contentType={event.contentType} />}
		</div>
	);
}

function Kept({ kept, sequence, contentType }: { kept: MaskedEvent; sequence: number; contentType: string | null }) {
	return (
		<section class="stack" aria-label={`What is kept of event ${sequence}`}>
			{kept.masked === null && <p class="soft">Nothing in event #{sequence} is masked by these settings.</p>}
			{kept.masked?.bodyDropped && (
				<Callout kind="warn" title="Nothing of this body is kept">
					It cannot be read, so the fields in it cannot be found.
				</Callout>
			)}
			{kept.query !== "" && <p class="mono small">{kept.path + kept.query}</p>}
			<HeadersTable headers={kept.headers} of="kept event" />
			<BodyView
				label="Kept body"
				body={kept.body}
				base64={kept.bodyEncoding === "base64"}
				contentType={contentType}
				root={["event", "body"]}
			/>
		</section>
	);
}
