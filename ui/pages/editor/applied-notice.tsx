import { useEffect } from "preact/hooks";
import { Callout } from "../../components/surfaces";
import { calls } from "./calls";
import { useEditor } from "./context";

/** Milliseconds between two looks. */
const LOOK_MS = 10_000;

/** Saved, but not in force yet: says so until it is. */
export function AppliedNotice() {
	const { editing } = useEditor();
	const { applied } = editing.server.value;
	useEffect(() => {
		if (applied) return;
		const timer = setInterval(async () => {
			const answer = await calls.integration(editing.id);
			if (answer.ok && answer.value.applied) editing.adopt(answer.value);
		}, LOOK_MS);
		return () => clearInterval(timer);
	}, [editing, applied]);
	if (applied) return null;
	return <Callout kind="warn">Your changes are saved, but not in force yet. That happens by itself within a minute.</Callout>;
}
