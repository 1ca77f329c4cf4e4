import type { DeliverySummary, ExecutionStatus, IntegrationStatus, StepStatus } from "../../worker/api/types";
import {
	CheckIcon,
	ClockIcon,
	CopyIcon,
	DotIcon,
	FailedIcon,
	FilterIcon,
	type Icon,
	PauseIcon,
	QueuedIcon,
	RunningIcon,
	SkippedIcon,
	SucceededIcon,
} from "./icons";
import "./status.css";

type Tone = "good" | "bad" | "warn" | "calm" | "accent";

/** Every status of the contract, the two of a trigger and that of a lane which waits for a person. The word is the contract's own. */
export type Status = ExecutionStatus | StepStatus | IntegrationStatus | DeliverySummary["status"] | "off" | "on" | "blocked";

const LOOKS: Record<Status, { icon: Icon; word: string; tone: Tone }> = {
	active: { icon: DotIcon, word: "active", tone: "good" },
	paused: { icon: PauseIcon, word: "paused", tone: "warn" },
	queued: { icon: QueuedIcon, word: "queued", tone: "calm" },
	pending: { icon: QueuedIcon, word: "pending", tone: "calm" },
	running: { icon: RunningIcon, word: "running", tone: "accent" },
	waiting: { icon: ClockIcon, word: "waiting", tone: "warn" },
	succeeded: { icon: SucceededIcon, word: "succeeded", tone: "good" },
	failed: { icon: FailedIcon, word: "failed", tone: "bad" },
	filtered: { icon: FilterIcon, word: "filtered", tone: "calm" },
	cancelled: { icon: SkippedIcon, word: "cancelled", tone: "calm" },
	accepted: { icon: SucceededIcon, word: "accepted", tone: "good" },
	duplicate: { icon: CopyIcon, word: "duplicate", tone: "calm" },
	rejected: { icon: FailedIcon, word: "rejected", tone: "bad" },
	handshake: { icon: CheckIcon, word: "handshake", tone: "calm" },
	blocked: { icon: PauseIcon, word: "blocked", tone: "bad" },
	off: { icon: SkippedIcon, word: "off", tone: "calm" },
	on: { icon: DotIcon, word: "on", tone: "good" },
};

/** A status as icon and word. `plain` leaves out the tinted ground, for dense tables. */
export function StatusBadge({ status, plain = false }: { status: Status; plain?: boolean }) {
	const { icon: Picture, word, tone } = LOOKS[status];
	return (
		<span class={`status ${tone}${plain ? " plain-status" : ""}`} data-status={status}>
			<Picture size={14} />
			{word}
		</span>
	);
}
