import { useMemo, useRef, useState } from "preact/hooks";
import { CopyButton } from "../components/copy-button";
import { useEditor } from "../pages/editor/context";
import { sameJson } from "../pages/editor/draft";
import { JsonField } from "./json-field";
import { placeOfProblem } from "./problems";
import { readWorkflow, type ShapeProblem, workflowText } from "./workflow-json";

const SUBJECT = "workflow JSON";

/** The whole workflow as JSON, edited both ways. */
export function WorkflowJson() {
	const { editing } = useEditor();
	const { workflow } = editing.draft.value;
	const seen = useRef(workflow);
	const [held, setText] = useState(() => editing.unfinished.value.get(SUBJECT)?.text ?? workflowText(workflow));
	const [shape, setShape] = useState<ShapeProblem | null>(() => {
		const read = readWorkflow(held);
		return read.ok ? null : read.problem;
	});
	let text = held;
	if (workflow !== seen.current && !sameJson(workflow, seen.current)) {
		seen.current = workflow;
		text = workflowText(workflow);
		setText(text);
		setShape(null);
		editing.leaveUnfinished(SUBJECT, null);
	}

	const type = (next: string): void => {
		setText(next);
		const read = readWorkflow(next);
		setShape(read.ok ? null : read.problem);
		editing.leaveUnfinished(SUBJECT, read.ok ? null : { text: next, message: `JSON of the workflow: ${read.problem.message}` });
		if (!read.ok) return;
		seen.current = read.workflow;
		editing.edit("workflow.json", (draft) => ({ ...draft, workflow: read.workflow }));
	};

	const problems = useMemo(() => {
		if (shape !== null) return shape.path.length === 0 ? [] : [shape];
		return editing.problems.value.map((problem) => {
			const index = placeOfProblem(problem, workflow.steps);
			const inside = problem.field === null ? [] : problem.field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
			return { path: index < 0 ? [] : ["steps", index, ...inside], message: problem.message };
		});
	}, [shape, editing.problems.value, workflow]);

	return (
		<div class="workflow-json">
			<div class="row apart">
				<span class="faint small">Edits here and in the cards are the same edits.</span>
				<CopyButton text={text} label="Copy workflow" compact />
			</div>
			<JsonField
				label="Workflow, as JSON"
				unlabelled
				value={text}
				readOnly={editing.readOnly}
				error={shape?.message}
				problems={problems}
				onValue={type}
				class="workflow-json-field"
			/>
		</div>
	);
}
