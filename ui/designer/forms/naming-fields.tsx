import { useState } from "preact/hooks";
import type { Step, Workflow, WorkflowProblem } from "../../../worker/api/types";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { TextField } from "../../components/field";
import { useEditor } from "../../pages/editor/context";
import { Fold } from "../fold";
import { refersTo } from "../references";
import { idProblem, idsOf, renameStep } from "../steps";

interface NamingFieldsProps {
	step: Step;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onStep: (step: Step, field: string) => void;
	onRenamed: (workflow: Workflow, id: string) => void;
}

/** A step's name, for people, and its id, by which other steps refer to it. */
export function NamingFields({ step, index, readOnly, problems, onStep, onRenamed }: NamingFieldsProps) {
	const { editing } = useEditor();
	const [typed, setTyped] = useState<string | null>(null);
	const [asking, setAsking] = useState<string | null>(null);
	const { workflow } = editing.draft.value;
	const taken = idsOf(workflow).filter((_, i) => i !== index);
	const wrong = typed === null ? problems.find((problem) => problem.field === "id")?.message : (idProblem(typed, taken) ?? undefined);
	const referring = workflow.steps.filter((one) => refersTo(one, step.id)).length;

	const rename = (id: string, update: boolean): void => {
		setTyped(null);
		setAsking(null);
		onRenamed(renameStep(workflow, index, id, update), id);
	};
	const commit = (): void => {
		if (typed === null || typed === step.id || wrong !== undefined) setTyped(null);
		else if (referring > 0) setAsking(typed);
		else rename(typed, false);
	};

	return (
		<Fold
			alert={wrong !== undefined}
			summary={
				<>
					Name and id <code class="faint">steps.{step.id}</code>
				</>
			}
		>
			<div class="naming-fields">
				<TextField
					label="Name"
					optional
					value={step.name ?? ""}
					maxLength={80}
					disabled={readOnly}
					placeholder={step.id}
					onValue={(name) => {
						const { name: _name, ...rest } = step;
						onStep((name === "" ? rest : { ...rest, name }) as Step, "name");
					}}
				/>
				<TextField
					label="Id"
					mono
					value={typed ?? step.id}
					maxLength={40}
					disabled={readOnly}
					spellcheck={false}
					error={wrong}
					help={`Other steps read its output as steps.${typed ?? step.id}`}
					onValue={setTyped}
					onBlur={commit}
					onKeyDown={(event) => {
						if (event.key === "Enter") commit();
						if (event.key === "Escape") setTyped(null);
					}}
				/>
			</div>
			{asking !== null && (
				<Dialog
					title={`Rename “${step.id}” to “${asking}”?`}
					onClose={() => {
						setAsking(null);
						setTyped(null);
					}}
					actions={
						<>
							<Button onClick={() => rename(asking, false)}>Rename only</Button>
							<Button kind="primary" onClick={() => rename(asking, true)}>
								Rename and update
							</Button>
						</>
					}
				>
					<p>
						{referring === 1 ? "One step refers" : `${referring} steps refer`} to <code>steps.{step.id}</code>. Update{" "}
						{referring === 1 ? "it" : "them"} to <code>steps.{asking}</code> as well?
					</p>
				</Dialog>
			)}
		</Fold>
	);
}
