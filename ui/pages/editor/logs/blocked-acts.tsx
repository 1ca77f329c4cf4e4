import type { ComponentChildren } from "preact";
import type { BlockedLaneView } from "../../../../worker/api/types";
import { ConfirmDialog } from "../../../components/dialog";
import { toast } from "../../../components/toast";
import { calls } from "../calls";
import { useEditor } from "../context";
import { eachOf } from "./each-of";

export type BlockedAct = "retry" | "skip";

interface BlockedActProps {
	act: BlockedAct;
	/** One, several or all of those that wait for a person. */
	lanes: readonly BlockedLaneView[];
	onDone: () => Promise<void>;
	onClose: () => void;
}

/** Asks before failed events are retried or skipped, naming how many, and does it. */
export function BlockedActDialog({ act, lanes, onDone, onClose }: BlockedActProps) {
	const { editing } = useEditor();
	const [first] = lanes;
	const one = lanes.length === 1 && first !== undefined ? `event #${first.sequence}` : null;
	const subject = one ?? `${lanes.length.toLocaleString()} events`;
	const waiting = lanes.reduce((sum, lane) => sum + lane.behind, 0);
	const verb = act === "retry" ? "Retry" : "Skip";

	const perform = async (): Promise<string | undefined> => {
		// What somebody else, or an earlier press, has dealt with is not run once more.
		const now = await calls.blockedLanes(editing.id);
		if (!now.ok) return now.message;
		const still = lanes.filter((lane) => now.value.items.some((one) => one.executionId === lane.executionId));
		const { done, refused } = await eachOf(still, (lane) =>
			act === "skip" ? calls.skipLane(editing.id, lane.id) : calls.replay(editing.id, lane.eventId, { from: "failedStep" }),
		);
		await onDone();
		const [reason] = refused;
		if (reason === undefined) {
			toast(act === "skip" ? "Skipped. What waited runs now." : `Retrying ${subject}.`);
			return undefined;
		}
		return one === null ? `${done} of ${still.length} done. The others: ${reason.message}` : reason.message;
	};

	return (
		<ConfirmDialog
			title={`${verb} ${subject}?`}
			action={`${verb} ${one === null ? subject : "event"}`}
			danger={false}
			onClose={onClose}
			onConfirm={perform}
		>
			<Meaning act={act} several={one === null} />{" "}
			{waiting === 0
				? "Nothing waits behind."
				: `${waiting.toLocaleString()} ${waiting === 1 ? "event waits" : "events wait"} behind ${one === null ? "them" : "it"}.`}
		</ConfirmDialog>
	);
}

function Meaning({ act, several }: { act: BlockedAct; several: boolean }): ComponentChildren {
	if (act === "retry")
		return several
			? "Each begins again at the step that failed, before those that wait behind it. One that fails again blocks its order again."
			: "It begins again at the step that failed, before those that wait behind it. If it fails again, it blocks the order again.";
	return several
		? "They stay failed and can be retried later; their turn in the order is over then."
		: "It stays failed and can be retried later; its turn in the order is over then.";
}
