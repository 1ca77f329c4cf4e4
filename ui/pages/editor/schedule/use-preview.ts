import { useEffect, useState } from "preact/hooks";
import type { SchedulePreview, ScheduleSettings } from "../../../../worker/api/types";
import { calls } from "../calls";
import { problemsIn } from "../editing";

/** Milliseconds of quiet before the worker is asked. */
const QUIET_MS = 300;

export interface PreviewState {
	/** The last schedule that made sense, in words and times. */
	value: SchedulePreview | null;
	/** Field → what is wrong with it. */
	errors: ReadonlyMap<string, string>;
	/** A refusal that names no field. */
	message: string | null;
	pending: boolean;
}

/** The schedule in words and its next runs, as one types. */
export function useSchedulePreview(schedule: ScheduleSettings): PreviewState {
	const [state, setState] = useState<PreviewState>({ value: null, errors: new Map(), message: null, pending: true });
	// Turning it on and off changes nothing about when it would run.
	const key = JSON.stringify({ ...schedule, enabled: true });
	useEffect(() => {
		let wanted = true;
		setState((before) => ({ ...before, pending: true }));
		const timer = setTimeout(async () => {
			const answer = await calls.previewSchedule(JSON.parse(key) as ScheduleSettings);
			if (!wanted) return;
			if (answer.ok) setState({ value: answer.value, errors: new Map(), message: null, pending: false });
			else {
				const { fields } = problemsIn(answer);
				setState((before) => ({ value: before.value, errors: fields, message: fields.size > 0 ? null : answer.message, pending: false }));
			}
		}, QUIET_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [key]);
	return state;
}
