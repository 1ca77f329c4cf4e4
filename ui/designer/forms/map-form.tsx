import { useState } from "preact/hooks";
import type { MapStep, WorkflowProblem } from "../../../worker/api/types";
import { useEditor } from "../../pages/editor/context";
import { ExpressionField } from "../expression-field";
import { convertOutput, type MapView, viewOf, viewsFor } from "../map-output";
import { TemplateJsonField } from "../template-json-field";
import { MapRows } from "./map-rows";

interface MapFormProps {
	step: MapStep;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onStep: (step: MapStep, field: string) => void;
}

const LABELS: Record<MapView, string> = { rows: "Fields", expression: "Expression", json: "JSON" };

/** A map's output: rows of name and value, one expression, or JSON for what those cannot show. */
export function MapForm({ step, index, readOnly, problems, onStep }: MapFormProps) {
	const { editing } = useEditor();
	const subject = `step.${step.id}.output`;
	const [asJson, setAsJson] = useState(editing.unfinished.value.has(subject));
	const view = asJson ? "json" : viewOf(step.output);
	const possible = viewsFor(step.output);
	const put = (output: MapStep["output"]): void => onStep({ ...step, output }, "output");

	const choose = (next: MapView): void => {
		editing.leaveUnfinished(subject, null);
		setAsJson(next === "json");
		const output = convertOutput(step.output, next);
		if (output !== step.output) put(output);
	};

	return (
		<div class="stack tight">
			<div class="row apart">
				<span class="form-label">Output</span>
				<fieldset class="segments">
					<legend class="unseen">How the output is edited</legend>
					{possible.map((one) => (
						<button
							type="button"
							key={one}
							aria-pressed={one === view}
							disabled={readOnly && one !== "json" && one !== viewOf(step.output)}
							onClick={() => choose(one)}
						>
							{LABELS[one]}
						</button>
					))}
				</fieldset>
			</div>
			{view === "rows" && (
				<MapRows output={step.output as Record<string, string>} index={index} readOnly={readOnly} problems={problems} onOutput={put} />
			)}
			{view === "expression" && (
				<ExpressionField
					label="Output, as an expression"
					unlabelled
					kind="template"
					value={String(step.output)}
					index={index}
					readOnly={readOnly}
					placeholder="{{ event.body }}"
					error={problems.find((problem) => problem.field === "output")?.message}
					onValue={put}
				/>
			)}
			{view === "json" && (
				<TemplateJsonField
					label="Output, as JSON"
					value={step.output}
					index={index}
					readOnly={readOnly}
					problems={problems}
					field="output"
					subject={subject}
					onValue={put}
				/>
			)}
		</div>
	);
}
