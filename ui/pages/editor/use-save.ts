import { useCallback } from "preact/hooks";
import { toast, toastFailure } from "../../components/toast";
import { useEditor } from "./context";

/** Saving, with what the person is told about it. */
export function useSave(): { save: () => Promise<boolean>; busy: boolean } {
	const { editing } = useEditor();
	const save = useCallback(async (): Promise<boolean> => {
		const half = [...editing.unfinished.value.values()][0];
		if (half !== undefined) {
			toast(`Not saved yet: ${half.message}`, { kind: "bad" });
			return false;
		}
		if (!editing.changed.value) return true;
		const wasLive = editing.server.value.webhook.enabled;
		const answer = await editing.save();
		if (answer.ok) {
			const { version, webhook } = editing.server.value;
			toast(webhook.enabled && !wasLive ? `Saved as version ${version}. The URL is live.` : `Saved as version ${version}.`);
			return true;
		}
		// 409 and 422 are shown where they can be resolved.
		if (answer.status !== 409 && answer.status !== 422) toastFailure(answer);
		return false;
	}, [editing]);
	return { save, busy: editing.saving.value };
}
