import { useState } from "preact/hooks";
import type { HttpStep, WorkflowProblem } from "../../../worker/api/types";
import { SelectField } from "../../components/field";
import { useEditor } from "../../pages/editor/context";
import { ExpressionField } from "../expression-field";
import { TemplateJsonField } from "../template-json-field";

type BodyForm = "none" | "expression" | "json";

const FORMS: readonly { value: BodyForm; label: string }[] = [
	{ value: "none", label: "None" },
	{ value: "expression", label: "One expression or text" },
	{ value: "json", label: "JSON with expressions" },
];

interface BodyFieldsProps {
	step: HttpStep;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onStep: (step: HttpStep, field: string) => void;
}

/** The request's body: nothing, one expression, or JSON around several. */
export function BodyFields({ step, index, readOnly, problems, onStep }: BodyFieldsProps) {
	const form: BodyForm = step.body === undefined ? "none" : typeof step.body === "string" ? "expression" : "json";
	const { editing } = useEditor();
	const [last, setLast] = useState<Partial<Record<BodyForm, HttpStep["body"]>>>({});

	const choose = (next: BodyForm): void => {
		setLast({ ...last, [form]: step.body });
		editing.leaveUnfinished(`step.${step.id}.body`, null);
		const { body: _body, ...rest } = step;
		if (next === "none") onStep(rest, "body");
		else onStep({ ...step, body: last[next] ?? (next === "expression" ? "" : {}) }, "body");
	};

	return (
		<div class="stack tight">
			<SelectField label="Body" choices={FORMS} value={form} disabled={readOnly} onValue={choose} />
			{form === "expression" && (
				<ExpressionField
					label="Body, as an expression"
					unlabelled
					kind="template"
					value={String(step.body)}
					index={index}
					readOnly={readOnly}
					placeholder="{{ event.body }}"
					help="An object is sent as JSON, a text as text."
					error={problems.find((problem) => problem.field === "body")?.message}
					onValue={(body) => onStep({ ...step, body }, "body")}
				/>
			)}
			{form === "json" && (
				<TemplateJsonField
					label="Body, as JSON"
					value={step.body ?? null}
					index={index}
					readOnly={readOnly}
					problems={problems}
					field="body"
					subject={`step.${step.id}.body`}
					onValue={(body) => onStep({ ...step, body }, "body")}
				/>
			)}
		</div>
	);
}
