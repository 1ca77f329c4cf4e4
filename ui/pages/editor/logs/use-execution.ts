import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ExecutionDetail } from "../../../../worker/api/types";
import type { Failure } from "../../../api";
import { calls } from "../calls";
import { useEditor } from "../context";

/** Milliseconds between two readings while its steps go on. */
const PACE_MS = 250;
/** Where the live socket is broken, a running execution is read at this pace. */
const POLL_MS = 3000;

/** One execution in full, read again whenever the live feed says that it has moved. */
export function useExecution(executionId: string): { detail: ExecutionDetail | null; failure: Failure | null; reload: () => void } {
	const { editing, live } = useEditor();
	const [detail, setDetail] = useState<ExecutionDetail | null>(null);
	const [failure, setFailure] = useState<Failure | null>(null);
	const wanted = useRef(true);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

	const load = useCallback(async (): Promise<void> => {
		timer.current = undefined;
		const answer = await calls.execution(editing.id, executionId);
		if (!wanted.current) return;
		if (answer.ok) setDetail(answer.value);
		setFailure(answer.ok ? null : answer);
	}, [editing, executionId]);

	useEffect(() => {
		wanted.current = true;
		load();
		const stop = live.listen((changes, gap) => {
			const moved = changes.some(
				(change) =>
					(change.kind === "execution" && change.execution.id === executionId) ||
					(change.kind === "step" && change.executionId === executionId),
			);
			if (gap || moved) timer.current ??= setTimeout(load, PACE_MS);
		});
		return () => {
			wanted.current = false;
			clearTimeout(timer.current);
			timer.current = undefined;
			stop();
		};
	}, [live, executionId, load]);

	const going = detail === null || detail.endedAt === null;
	const broken = live.state.value !== "open";
	useEffect(() => {
		if (!going || !broken) return;
		const poll = setInterval(load, POLL_MS);
		return () => clearInterval(poll);
	}, [going, broken, load]);

	return { detail, failure, reload: () => void load() };
}
