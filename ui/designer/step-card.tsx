import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Step, Workflow, WorkflowProblem } from "../../worker/api/types";
import { IconButton, join } from "../components/button";
import { ChevronIcon, CopyIcon, DeleteIcon, DownIcon, DragIcon, UpIcon } from "../components/icons";
import { CardResult } from "./card-result";
import { makeDraggable } from "./drag";
import { FilterForm } from "./forms/filter-form";
import { HttpForm } from "./forms/http-form";
import { MapForm } from "./forms/map-form";
import { NamingFields } from "./forms/naming-fields";
import { STEP_ICONS } from "./step-library";
import { summaryOf } from "./step-summary";
import { STEP_KINDS } from "./steps";

interface StepCardProps {
	step: Step;
	index: number;
	count: number;
	open: boolean;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onToggle: () => void;
	/** @param field what was edited, so that typing in it is one entry for undo */
	onStep: (step: Step, field: string) => void;
	onRenamed: (workflow: Workflow, id: string) => void;
	/** @param selector the button that keeps the focus */
	onMove: (to: number, selector: string) => void;
	onDuplicate: () => void;
	onRemove: () => void;
}

/** One step: what it is, its form, what it gave over the sample. */
export function StepCard(props: StepCardProps) {
	const { step, index, count, open, readOnly, problems, onMove } = props;
	const card = useRef<HTMLDivElement>(null);
	const handle = useRef<HTMLSpanElement>(null);
	const [dragging, setDragging] = useState(false);
	const bodyId = useId();
	const Picture = STEP_ICONS[step.type];
	const title = step.name ?? step.id;

	useEffect(() => {
		if (readOnly || card.current === null || handle.current === null) return;
		return makeDraggable(card.current, handle.current, index, setDragging);
	}, [readOnly, index]);

	const onKeyDown = (event: KeyboardEvent): void => {
		if (readOnly || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
		event.preventDefault();
		onMove(index + (event.key === "ArrowUp" ? -1 : 1), ".step-toggle");
	};

	return (
		<section
			id={`step-${index}`}
			aria-label={`Step ${index + 1}: ${title}`}
			ref={card}
			class={join("step-card", dragging && "dragging", problems.length > 0 && "wrong")}
		>
			<header class="step-head">
				{!readOnly && (
					<span class="step-handle" ref={handle} aria-hidden="true" title="Drag to reorder">
						<DragIcon />
					</span>
				)}
				<button
					type="button"
					class="step-toggle"
					aria-expanded={open}
					aria-controls={bodyId}
					onClick={props.onToggle}
					onKeyDown={onKeyDown}
					title={readOnly ? undefined : "Alt+Up and Alt+Down move the step"}
				>
					<span class="step-icon" data-type={step.type}>
						<Picture />
					</span>
					<span class="step-names">
						<span class="step-title clip">
							{title} <span class="step-kind-name">{STEP_KINDS[step.type].title}</span>
						</span>
						<span class="step-summary clip">{problems[0]?.message ?? summaryOf(step)}</span>
					</span>
					{problems.length === 0 && <CardResult id={step.id} />}
					<span class="step-chevron">
						<ChevronIcon size={14} />
					</span>
				</button>
				{!readOnly && (
					<div class="step-acts">
						<IconButton
							icon={UpIcon}
							class="step-up"
							label={`Move ${title} up`}
							disabled={index === 0}
							onClick={() => onMove(index - 1, ".step-up")}
						/>
						<IconButton
							icon={DownIcon}
							class="step-down"
							label={`Move ${title} down`}
							disabled={index === count - 1}
							onClick={() => onMove(index + 1, ".step-down")}
						/>
						<IconButton icon={CopyIcon} label={`Duplicate ${title}`} onClick={props.onDuplicate} />
						<IconButton icon={DeleteIcon} label={`Remove ${title}`} onClick={props.onRemove} />
					</div>
				)}
			</header>
			{open && (
				<div class="step-body" id={bodyId}>
					<Form {...props} />
					<NamingFields
						step={step}
						index={index}
						readOnly={readOnly}
						problems={problems}
						onStep={props.onStep}
						onRenamed={props.onRenamed}
					/>
				</div>
			)}
		</section>
	);
}

function Form({ step, index, readOnly, problems, onStep }: StepCardProps) {
	const common = { index, readOnly, problems, onStep };
	switch (step.type) {
		case "map":
			return <MapForm step={step} {...common} />;
		case "filter":
			return <FilterForm step={step} {...common} />;
		case "http":
			return <HttpForm step={step} {...common} />;
	}
}
