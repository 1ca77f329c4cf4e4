import { useEffect, useId, useState } from "preact/hooks";
import type { AttemptView, StepView } from "../../../../worker/api/types";
import { ChevronIcon } from "../../../components/icons";
import { StatusBadge } from "../../../components/status";
import { describeDuration, describeExactly } from "../../../components/time";
import { PayloadTree } from "../components/payload-tree";
import { HttpExchange } from "./http-exchange";
import { adviceFor } from "./words";

/** A step as it is shown: one of a cancelled execution may have been cut short. */
export type ShownStep = Omit<StepView, "status"> & { status: StepView["status"] | "cancelled" };

/** One step of an execution: how it ended, what it gave, every attempt in full. */
export function StepResult({ step, openAtFirst }: { step: ShownStep; openAtFirst: boolean }) {
	const [open, setOpen] = useState(openAtFirst);
	const bodyId = useId();
	useEffect(() => {
		if (openAtFirst) setOpen(true);
	}, [openAtFirst]);
	const took = step.attempts.reduce((sum, attempt) => sum + attempt.durationMs, 0);
	return (
		<section class="step-result" data-status={step.status} aria-label={`Step ${step.name ?? step.id}`}>
			<button type="button" class="step-result-head" aria-expanded={open} aria-controls={bodyId} onClick={() => setOpen(!open)}>
				<span class="step-chevron">
					<ChevronIcon size={14} />
				</span>
				<span class="step-type">{step.type}</span>
				<strong class="clip">{step.name ?? step.id}</strong>
				<span class="grow" />
				{step.attempts.length > 1 && <span class="faint">{step.attempts.length} attempts</span>}
				{step.attempts.length > 0 && <span class="faint">{describeDuration(took)}</span>}
				<StatusBadge status={step.status} plain />
			</button>
			{open && (
				<div class="step-result-body" id={bodyId}>
					{step.attempts.toReversed().map((attempt, i) => (
						<Attempt key={attempt.number} attempt={attempt} latest={i === 0} alone={step.attempts.length === 1} />
					))}
					{step.status === "filtered" && <p class="soft">The condition was not true, so the execution ended here.</p>}
					{step.output !== undefined && step.type !== "http" && (
						<div>
							<h3>Output</h3>
							<div class="tree-frame">
								<PayloadTree label={`Output of ${step.id}`} value={step.output} root={["steps", step.id]} />
							</div>
						</div>
					)}
					{step.attempts.length === 0 && step.output === undefined && <p class="soft">It has not begun.</p>}
				</div>
			)}
		</section>
	);
}

function Attempt({ attempt, latest, alone }: { attempt: AttemptView; latest: boolean; alone: boolean }) {
	const [chosen, setChosen] = useState<boolean | null>(null);
	const open = chosen ?? latest;
	const advice = attempt.error ? adviceFor(attempt.error.code) : null;
	const content = (
		<>
			{attempt.error && (
				<div class="attempt-error">
					<p>
						{attempt.error.message} <code class="faint">{attempt.error.code}</code>
					</p>
					{advice !== null && <p class="soft">{advice}</p>}
				</div>
			)}
			{attempt.request && <HttpExchange attempt={attempt} />}
		</>
	);
	if (alone) return <div class="attempt">{content}</div>;
	return (
		<div class="attempt">
			<button type="button" class="attempt-head" aria-expanded={open} onClick={() => setChosen(!open)}>
				<span class="step-chevron">
					<ChevronIcon size={12} />
				</span>
				Attempt {attempt.number}
				<span class="faint attempt-date">{describeExactly(attempt.startedAt)}</span>
				<span class="grow" />
				{attempt.response && <span class="faint">HTTP {attempt.response.status}</span>}
				<span class="faint">{describeDuration(attempt.durationMs)}</span>
				<StatusBadge status={attempt.status} plain />
			</button>
			{open && content}
		</div>
	);
}
