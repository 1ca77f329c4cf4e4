import { useEffect, useMemo, useRef } from "preact/hooks";
import { IconButton } from "../components/button";
import { UndoIcon } from "../components/icons";
import { Callout } from "../components/surfaces";
import { useEditor } from "../pages/editor/context";
import { DesignerContext, type DesignerPage, type Target } from "./context";
import { createPreview } from "./preview";
import { startWorker } from "./preview-start";
import { placeOfProblem } from "./problems";
import { createSample } from "./sample";
import { SidePanel } from "./side-panel";
import { StepList } from "./step-list";
import { useUndoKeys } from "./use-undo-keys";
import "./forms/forms.css";
import "./designer.css";

/** The workflow as a column of step cards, the sample and the JSON beside it. */
export function Designer() {
	const page = useEditor();
	const target = useRef<Target | null>(null);
	const designer = useMemo((): DesignerPage => {
		const preview = createPreview(startWorker);
		return { preview, sample: createSample(page, preview), target };
	}, [page]);
	useEffect(
		() => () => {
			designer.sample.close();
			designer.preview.close();
		},
		[designer],
	);
	useUndoKeys(page.editing);
	return (
		<DesignerContext.Provider value={designer}>
			<div class="designer">
				<div class="designer-main">
					<Toolbar />
					<Summary />
					<StepList />
				</div>
				<SidePanel />
			</div>
		</DesignerContext.Provider>
	);
}

function Toolbar() {
	const { editing } = useEditor();
	const { webhook, schedule, workflow } = editing.draft.value;
	const started = [webhook.enabled ? "a webhook" : "", schedule.enabled ? "a schedule" : ""].filter(Boolean).join(" and ");
	return (
		<div class="designer-tools">
			<p class="soft grow">
				{started === "" ? "Nothing starts it by itself yet." : `Started by ${started}.`}{" "}
				{workflow.steps.length > 1 && `${workflow.steps.length} steps run from top to bottom.`}
			</p>
			{!editing.readOnly && (
				<>
					<IconButton icon={UndoIcon} label="Undo" tip="Undo (Ctrl+Z)" disabled={!editing.canUndo.value} onClick={editing.undo} />
					<IconButton
						icon={UndoIcon}
						class="redo"
						label="Redo"
						tip="Redo (Ctrl+Shift+Z)"
						disabled={!editing.canRedo.value}
						onClick={editing.redo}
					/>
				</>
			)}
		</div>
	);
}

/** Every problem in one place, each leading to its step. */
function Summary() {
	const { editing } = useEditor();
	const problems = editing.problems.value;
	if (problems.length === 0) return null;
	return (
		<Callout
			kind="bad"
			title={problems.length === 1 ? "One problem to solve before saving" : `${problems.length} problems to solve before saving`}
		>
			<ul class="problem-list">
				{problems.slice(0, 8).map((problem, i) => (
					<li key={`${i}${problem.message}`}>
						<button
							type="button"
							class="link"
							onClick={() => {
								const card = document.getElementById(`step-${placeOfProblem(problem, editing.draft.value.workflow.steps)}`);
								card?.scrollIntoView({ block: "center" });
								card?.querySelector<HTMLElement>("button")?.focus();
							}}
						>
							{problem.stepId ?? (problem.index === null ? "Workflow" : `Step ${problem.index + 1}`)}
							{problem.field && <span class="faint"> {problem.field}</span>}
						</button>
						: {problem.message}
					</li>
				))}
			</ul>
			{problems.length > 8 && <p>and {problems.length - 8} more.</p>}
		</Callout>
	);
}
