import { useState } from "preact/hooks";
import type { MapStep, TemplateValue, WorkflowProblem } from "../../../worker/api/types";
import { Button, IconButton } from "../../components/button";
import { TextField } from "../../components/field";
import { AddIcon, DeleteIcon } from "../../components/icons";
import { useKeyedRows } from "../../pages/editor/components/keyed-rows";
import { useEditor } from "../../pages/editor/context";
import { isObject } from "../../pages/editor/draft";
import { ExpressionField } from "../expression-field";
import { TemplateJsonField } from "../template-json-field";

interface MapFormProps {
	step: MapStep;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onStep: (step: MapStep, field: string) => void;
}

/** A map's output: rows of name and value, or the whole as JSON for what rows cannot show. */
export function MapForm({ step, index, readOnly, problems, onStep }: MapFormProps) {
	const { editing } = useEditor();
	const flat = isFlat(step.output);
	const [asJson, setAsJson] = useState(!flat || editing.unfinished.value.has(`step.${step.id}.output`));
	const showJson = asJson || !flat;
	return (
		<div class="stack tight">
			<div class="row apart">
				<span class="form-label">Output</span>
				<div class="segments">
					<button
						type="button"
						aria-pressed={!showJson}
						disabled={!flat}
						title={flat ? undefined : "Nested values are edited as JSON"}
						onClick={() => {
							editing.leaveUnfinished(`step.${step.id}.output`, null);
							setAsJson(false);
						}}
					>
						Rows
					</button>
					<button type="button" aria-pressed={showJson} onClick={() => setAsJson(true)}>
						JSON
					</button>
				</div>
			</div>
			{showJson ? (
				<TemplateJsonField
					label="Output as JSON"
					value={step.output}
					index={index}
					readOnly={readOnly}
					problems={problems}
					field="output"
					subject={`step.${step.id}.output`}
					onValue={(output) => onStep({ ...step, output }, "output")}
				/>
			) : (
				<Rows
					output={step.output as Record<string, string>}
					index={index}
					readOnly={readOnly}
					problems={problems}
					onOutput={(output) => onStep({ ...step, output }, "output")}
				/>
			)}
		</div>
	);
}

interface RowsProps {
	output: Record<string, string>;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onOutput: (output: Record<string, string>) => void;
}

function Rows({ output, index, readOnly, problems, onOutput }: RowsProps) {
	const rows = useKeyedRows<string>(output, onOutput);
	const errorOf = (name: string): string | undefined => problems.find((problem) => problem.field === `output.${name}`)?.message;
	return (
		<>
			{rows.rows.map((row) => (
				<div class="map-row" key={row.key}>
					<TextField
						label="Name of the field"
						unlabelled
						mono
						placeholder="field"
						value={row.name}
						disabled={readOnly}
						spellcheck={false}
						error={rows.doubled.has(row.key) ? "This name is taken." : undefined}
						onValue={(name) => rows.change(row.key, { name })}
					/>
					<ExpressionField
						label={`Value of ${row.name || "the field"}`}
						unlabelled
						kind="template"
						value={row.value}
						index={index}
						readOnly={readOnly}
						placeholder="{{ event.body.sku }}"
						error={errorOf(row.name)}
						onValue={(value) => rows.change(row.key, { value })}
					/>
					<IconButton
						icon={DeleteIcon}
						label={`Remove ${row.name || "the field"}`}
						disabled={readOnly}
						onClick={() => rows.remove(row.key)}
					/>
				</div>
			))}
			{rows.rows.length === 0 && <p class="soft">No fields yet: the output is an empty object.</p>}
			{!readOnly && (
				<div>
					<Button small icon={AddIcon} onClick={() => rows.add("", "")}>
						Add field
					</Button>
				</div>
			)}
		</>
	);
}

/** True for an object of texts, which rows can show. */
function isFlat(output: TemplateValue): output is Record<string, string> {
	return isObject(output) && Object.values(output).every((value) => typeof value === "string");
}
