import { useMemo, useRef, useState } from "preact/hooks";
import type { TemplateValue, WorkflowProblem } from "../../worker/api/types";
import { useEditor } from "../pages/editor/context";
import { sameJson } from "../pages/editor/draft";
import { useDesigner } from "./context";
import { JsonField } from "./json-field";

interface TemplateJsonFieldProps {
	label: string;
	value: TemplateValue;
	onValue: (value: TemplateValue) => void;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	/** The step's field that it edits: problems name paths below it. */
	field: string;
	/** Names this text among those that are not finished. */
	subject: string;
	unlabelled?: boolean;
}

/** A value whose strings may hold expressions, as JSON text. Half-typed JSON stays in the field and holds back the save. */
export function TemplateJsonField({
	label,
	value,
	onValue,
	index,
	readOnly,
	problems,
	field,
	subject,
	unlabelled = true,
}: TemplateJsonFieldProps) {
	const { editing } = useEditor();
	const { sample, target } = useDesigner();
	const seen = useRef(value);
	const [held, setText] = useState(() => editing.unfinished.value.get(subject)?.text ?? write(value));
	let text = held;
	if (value !== seen.current && !sameJson(value, seen.current)) {
		// Changed from outside: undo, the workflow's JSON, a reload.
		seen.current = value;
		text = write(value);
		setText(text);
		editing.leaveUnfinished(subject, null);
	}
	const half = editing.unfinished.value.get(subject);

	const type = (next: string): void => {
		setText(next);
		let parsed: TemplateValue;
		try {
			parsed = JSON.parse(next) as TemplateValue;
		} catch (error) {
			const message = `${label}: ${error instanceof Error ? error.message : "this is not JSON"}`;
			editing.leaveUnfinished(subject, { text: next, message });
			return;
		}
		editing.leaveUnfinished(subject, null);
		seen.current = parsed;
		onValue(parsed);
	};

	const located = useMemo(
		() =>
			problems
				.filter((problem) => problem.field === field || problem.field?.startsWith(`${field}.`))
				.map((problem) => ({ path: pathOf(problem.field?.slice(field.length + 1) ?? ""), message: problem.message })),
		[problems, field],
	);

	return (
		<JsonField
			label={label}
			unlabelled={unlabelled}
			value={text}
			readOnly={readOnly}
			error={half?.message ?? located[0]?.message}
			problems={located}
			scope={() => sample.scopeAt(index)}
			onFocus={(handle) => {
				target.current = { label, handle, isExpression: false };
			}}
			onValue={type}
		/>
	);
}

function write(value: TemplateValue): string {
	return JSON.stringify(value, null, 2);
}

/** `lines.0.sku` → `["lines", 0, "sku"]` */
function pathOf(dotted: string): (string | number)[] {
	return dotted === "" ? [] : dotted.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
