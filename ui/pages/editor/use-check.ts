import { useEffect } from "preact/hooks";
import { calls } from "./calls";
import { useEditor } from "./context";

/** Milliseconds of quiet after which the workflow is checked. */
const QUIET_MS = 400;

/** Checks the workflow as one types, with the same check as a save. */
export function useCheck(): void {
	const { editing } = useEditor();
	const { workflow } = editing.draft.value;
	useEffect(() => {
		let wanted = true;
		const timer = setTimeout(async () => {
			const answer = await calls.check(editing.id, workflow);
			if (wanted && answer.ok) editing.problems.value = answer.value.problems;
		}, QUIET_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [editing, workflow]);
}
