import { useState } from "preact/hooks";
import type { ExecutionDetail } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { RetryIcon } from "../../../components/icons";
import { toast, toastFailure } from "../../../components/toast";
import { goTo } from "../../../navigation";
import { calls } from "../calls";
import { executionPath, useEditor } from "../context";

/** Retry and cancel. A replay is another execution of the same event; this page moves on to it. */
export function ExecutionActs({ detail, onDone }: { detail: ExecutionDetail; onDone: () => void }) {
	const { editing } = useEditor();
	const [busy, setBusy] = useState<string | null>(null);

	const replay = async (from: "start" | "failedStep"): Promise<void> => {
		setBusy(from);
		const answer = await calls.replay(editing.id, detail.eventId, { from });
		setBusy(null);
		if (!answer.ok) return toastFailure(answer);
		toast("Replay started.");
		goTo(executionPath(editing.id, answer.value.executionId));
	};
	const cancel = async (): Promise<void> => {
		setBusy("cancel");
		const answer = await calls.cancel(editing.id, detail.id);
		setBusy(null);
		if (!answer.ok) return toastFailure(answer);
		toast("Cancelled.");
		onDone();
	};

	const ended = detail.endedAt !== null;
	const failedHalfWay = detail.status === "failed" && detail.steps.some((step) => step.status === "succeeded");
	return (
		<div class="row">
			{ended && detail.status === "failed" && (
				<Button kind="primary" icon={RetryIcon} busy={busy === "failedStep"} onClick={() => replay("failedStep")}>
					{failedHalfWay ? "Retry from the failed step" : "Retry"}
				</Button>
			)}
			{ended && (detail.status !== "failed" || failedHalfWay) && (
				<Button icon={RetryIcon} busy={busy === "start"} onClick={() => replay("start")}>
					{detail.status === "failed" ? "Retry from the start" : "Replay"}
				</Button>
			)}
			{!ended && (
				<Button busy={busy === "cancel"} onClick={cancel}>
					Cancel execution
				</Button>
			)}
		</div>
	);
}
