import { useEffect, useState } from "preact/hooks";
import type { ExecutionDetail as Detail, StepView } from "../../../../worker/api/types";
import { Button, IconButton } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { BackIcon } from "../../../components/icons";
import { StatusBadge } from "../../../components/status";
import { Callout, EmptyState, Skeleton } from "../../../components/surfaces";
import { describeDuration, Time } from "../../../components/time";
import { calls } from "../calls";
import { eventPath, useEditor } from "../context";
import { ExecutionActs } from "./execution-acts";
import { FailureCall } from "./failure-call";
import { type ShownStep, StepResult } from "./step-result";
import { useExecution } from "./use-execution";
import { adviceFor, SOURCES } from "./words";

interface ExecutionDetailProps {
	executionId: string;
	/** Where the list is; null where the detail stands by itself. */
	backHref: string | null;
}

/** One execution: facts, what went wrong, every step with every call. Kept current while it runs. */
export function ExecutionDetail({ executionId, backHref }: ExecutionDetailProps) {
	const { editing } = useEditor();
	const { detail, failure, reload } = useExecution(executionId);
	if (failure !== null && detail === null)
		return failure.status === 404 ? (
			<EmptyState title="There is no such execution">It may be older than what is kept.</EmptyState>
		) : (
			<Callout kind="bad" alert actions={<Button onClick={reload}>Try again</Button>}>
				{failure.message}
			</Callout>
		);
	if (detail === null)
		return (
			<div class="execution" aria-busy="true">
				<Skeleton width="260px" height="28px" />
				<Skeleton height="72px" lines={3} />
			</div>
		);
	return (
		<article class="execution" aria-label={`Execution of event ${detail.sequence}`}>
			<header class="execution-head">
				{backHref !== null && <IconButton icon={BackIcon} label="Back to the list" href={backHref} />}
				<h2 class="grow">
					Event #{detail.sequence}
					{detail.number > 1 && <span class="faint"> · try {detail.number}</span>}
				</h2>
				<StatusBadge status={detail.status} />
			</header>
			<Facts detail={detail} />
			<Problem detail={detail} />
			{detail.failureCall !== null && <FailureCall call={detail.failureCall} />}
			{!editing.readOnly && <ExecutionActs detail={detail} onDone={reload} />}
			<Steps detail={detail} />
			<p>
				<a href={eventPath(editing.id, detail.eventId)}>Show the event that started it</a>
			</p>
		</article>
	);
}

function Facts({ detail }: { detail: Detail }) {
	return (
		<dl class="facts">
			<div>
				<dt>Started by</dt>
				<dd>{SOURCES[detail.source]}</dd>
			</div>
			<div>
				<dt>Received</dt>
				<dd>
					<Time iso={detail.receivedAt} full />
				</dd>
			</div>
			<div>
				<dt>Began</dt>
				<dd>
					<Time iso={detail.startedAt} full never="not yet" />
				</dd>
			</div>
			<div>
				<dt>Took</dt>
				<dd>{detail.durationMs === null ? "–" : describeDuration(detail.durationMs)}</dd>
			</div>
			<div>
				<dt>Version</dt>
				<dd>{detail.version}</dd>
			</div>
			<div>
				<dt>Id</dt>
				<dd class="execution-id">
					<code class="clip" title={detail.id}>
						{detail.id}
					</code>
					<CopyButton text={detail.id} label="Copy execution id" compact />
				</dd>
			</div>
		</dl>
	);
}

function Problem({ detail }: { detail: Detail }) {
	const { error } = detail;
	if (detail.status === "waiting")
		return (
			<Callout kind="warn" title="Waiting for the next attempt">
				{error?.message}{" "}
				{detail.resumesAt !== null && (
					<>
						It goes on <Countdown iso={detail.resumesAt} />.
					</>
				)}
			</Callout>
		);
	if (error !== null && detail.status === "filtered")
		return <Callout title="Filtered before the first step">{error.message} No step ran. The filter is in the Webhook tab.</Callout>;
	if (error === null || detail.status !== "failed") return null;
	const advice = adviceFor(error.code);
	return (
		<Callout kind="bad" title={error.stepId === undefined ? "It failed" : `Step “${error.stepId}” failed`}>
			<p>{error.message}</p>
			{advice !== null && <p class="soft">{advice}</p>}
		</Callout>
	);
}

function Countdown({ iso }: { iso: string }) {
	const [, tick] = useState(0);
	useEffect(() => {
		const timer = setInterval(() => tick((count) => count + 1), 1000);
		return () => clearInterval(timer);
	}, []);
	const left = Date.parse(iso) - Date.now();
	return <time dateTime={iso}>{left < 1000 ? "now" : `in ${left < 60_000 ? `${Math.ceil(left / 1000)} s` : describeDuration(left)}`}</time>;
}

function Steps({ detail }: { detail: Detail }) {
	const planned = usePlannedSteps(detail);
	const begun = new Set(detail.steps.map((step) => step.id));
	const left = planned.filter((step) => !begun.has(step.id));
	if (detail.steps.length === 0 && left.length === 0) return <p class="soft">No step has begun yet.</p>;
	return (
		<ol class="steps" aria-label="Steps">
			{detail.steps.map((step) => (
				<li key={step.path}>
					<StepResult step={asEnded(step, detail)} openAtFirst={step.status === "failed" || step.type === "http"} />
				</li>
			))}
			{left.map((step) => (
				<li key={step.id}>
					<div class="step-result step-left">
						<div class="step-result-head">
							<span class="step-type">{step.type}</span>
							<strong class="clip">{step.name ?? step.id}</strong>
							<span class="grow" />
							<span class="faint">{detail.endedAt === null ? "not reached yet" : "not reached"}</span>
						</div>
					</div>
				</li>
			))}
		</ol>
	);
}

/** A step that was under way when its execution was ended did not go on. */
function asEnded(step: StepView, { status, endedAt }: Detail): ShownStep {
	const open = step.status === "waiting" || step.status === "running" || step.status === "pending";
	return endedAt !== null && status === "cancelled" && open ? { ...step, status: "cancelled" } : step;
}

/** The steps of the version that the execution took, to show those that were not reached. */
function usePlannedSteps(detail: Detail): { id: string; type: string; name?: string | undefined }[] {
	const { editing } = useEditor();
	const [planned, setPlanned] = useState<{ id: string; type: string; name?: string | undefined }[]>([]);
	const current = editing.server.value;
	useEffect(() => {
		if (detail.version === current.version) return setPlanned(current.workflow.steps);
		let wanted = true;
		calls.version(editing.id, detail.version).then((answer) => {
			if (wanted && answer.ok) setPlanned(answer.value.workflow.steps);
		});
		return () => {
			wanted = false;
		};
	}, [editing, detail.version, current]);
	return planned;
}
