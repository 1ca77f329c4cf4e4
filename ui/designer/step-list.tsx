import { useRef, useState } from "preact/hooks";
import type { Step, StepType, Workflow } from "../../worker/api/types";
import { WorkflowIcon } from "../components/icons";
import { EmptyState } from "../components/surfaces";
import { toast } from "../components/toast";
import { useEditor } from "../pages/editor/context";
import { InsertPoint } from "./insert-point";
import { problemsOf } from "./problems";
import { StepCard } from "./step-card";
import { StepLibrary } from "./step-library";
import { addStep, duplicateStep, moveStep, removeStep, replaceStep } from "./steps";

/** The column of steps, with a place to add before, between and after. */
export function StepList() {
	const { editing } = useEditor();
	const { workflow } = editing.draft.value;
	const [open, setOpen] = useState<ReadonlySet<string>>(
		() => new Set(workflow.steps.length <= 3 ? workflow.steps.map((step) => step.id) : []),
	);
	const [adding, setAdding] = useState<number | null>(null);
	const [said, say] = useState("");
	const list = useRef<HTMLOListElement>(null);

	const put = (next: Workflow, subject: string | null = null): void => editing.edit(subject, (draft) => ({ ...draft, workflow: next }));
	const focusStep = (index: number, selector = ".step-toggle"): void => {
		setTimeout(() => document.getElementById(`step-${index}`)?.querySelector<HTMLElement>(selector)?.focus());
	};
	const add = (at: number, type: StepType): void => {
		const added = addStep(workflow, at, type);
		put(added.workflow);
		setAdding(null);
		setOpen(new Set([...open, added.step.id]));
		focusStep(at);
	};
	const move = (from: number, to: number, selector: string): void => {
		const moved = moveStep(workflow, from, to);
		if (moved === workflow) return;
		put(moved);
		say(`${workflow.steps[from]?.id} is now step ${to + 1} of ${workflow.steps.length}`);
		focusStep(to, selector);
	};
	const remove = (index: number, step: Step): void => {
		put(removeStep(workflow, index));
		toast(`Removed “${step.name ?? step.id}”.`, {
			undo: () =>
				editing.edit(null, (draft) => ({
					...draft,
					workflow: { ...draft.workflow, steps: draft.workflow.steps.toSpliced(index, 0, step) },
				})),
		});
		focusStep(Math.max(0, index - 1));
	};

	if (workflow.steps.length === 0)
		return (
			<EmptyState icon={WorkflowIcon} title="No steps yet">
				{editing.readOnly
					? "What this integration does is not laid down yet."
					: "Begin with what should happen first. Most integrations map, then call."}
				{!editing.readOnly && <StepLibrary onChoose={(type) => add(0, type)} />}
			</EmptyState>
		);

	return (
		<>
			<ol class="step-column" ref={list} aria-label="Steps">
				{workflow.steps.map((step, index) => (
					<li key={`${step.id}${index > workflow.steps.findIndex((one) => one.id === step.id) ? index : ""}`}>
						<InsertPoint
							index={index}
							open={adding === index}
							readOnly={editing.readOnly}
							onOpen={setAdding}
							onChoose={(type) => add(index, type)}
							onDrop={(from) => move(from, from < index ? index - 1 : index, ".step-toggle")}
						/>
						<StepCard
							step={step}
							index={index}
							count={workflow.steps.length}
							open={open.has(step.id)}
							readOnly={editing.readOnly}
							problems={problemsOf(editing.problems.value, step, index)}
							onToggle={() => setOpen(new Set(open.has(step.id) ? [...open].filter((id) => id !== step.id) : [...open, step.id]))}
							onStep={(next, field) => put(replaceStep(workflow, index, next), `step.${step.id}.${field}`)}
							onRenamed={(next, id) => {
								put(next);
								setOpen(new Set([...open, id]));
							}}
							onMove={(to, selector) => move(index, to, selector)}
							onDuplicate={() => {
								const copied = duplicateStep(workflow, index);
								if (copied === null) return;
								put(copied.workflow);
								setOpen(new Set([...open, copied.id]));
								focusStep(index + 1);
							}}
							onRemove={() => remove(index, step)}
						/>
					</li>
				))}
				{!editing.readOnly && (
					<li>
						<InsertPoint
							index={workflow.steps.length}
							open={adding === workflow.steps.length}
							readOnly={editing.readOnly}
							last
							onOpen={setAdding}
							onChoose={(type) => add(workflow.steps.length, type)}
							onDrop={(from) => move(from, workflow.steps.length - 1, ".step-toggle")}
						/>
					</li>
				)}
			</ol>
			<p class="unseen" role="status">
				{said}
			</p>
		</>
	);
}
