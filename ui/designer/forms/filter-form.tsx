import type { FilterStep, WorkflowProblem } from "../../../worker/api/types";
import { ExpressionField } from "../expression-field";

interface FilterFormProps {
	step: FilterStep;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onStep: (step: FilterStep, field: string) => void;
}

/** A filter's condition. */
export function FilterForm({ step, index, readOnly, problems, onStep }: FilterFormProps) {
	return (
		<ExpressionField
			label="Condition"
			kind="expression"
			value={step.condition}
			index={index}
			readOnly={readOnly}
			placeholder="event.body.quantity > 0"
			help="The event goes on when this is true. Otherwise the execution ends as filtered, which is no failure."
			error={problems.find((problem) => problem.field === "condition")?.message}
			onValue={(condition) => onStep({ ...step, condition }, "condition")}
		/>
	);
}
