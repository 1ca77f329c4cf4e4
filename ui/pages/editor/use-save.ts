import { useCallback, useState } from "preact/hooks";
import { toast, toastFailure } from "../../components/toast";
import { useEditor } from "./context";
import { lostSecrets } from "./webhook/verification";

/** A save that waits for a person's word, because it cannot be undone. */
export interface Question {
	/** The sender whose secrets would be gone. */
	senderId: string;
	secrets: number;
	/** Saves. */
	go: () => Promise<void>;
	stay: () => void;
}

/** Saving, with what the person is asked before and told about it. */
export function useSave(): { save: () => Promise<boolean>; busy: boolean; question: Question | null } {
	const { editing } = useEditor();
	const [question, setQuestion] = useState<Question | null>(null);

	const send = useCallback(async (): Promise<boolean> => {
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

	const save = useCallback(async (): Promise<boolean> => {
		const half = [...editing.unfinished.value.values()][0];
		if (half !== undefined) {
			toast(`Not saved yet: ${half.message}`, { kind: "bad" });
			return false;
		}
		if (!editing.changed.value) return true;
		const lost = lostSecrets(editing.server.value.webhook.verification, editing.draft.value.webhook.verification);
		if (lost === null) return send();
		return new Promise<boolean>((resolve) => {
			const end = (saved: boolean): void => {
				setQuestion(null);
				resolve(saved);
			};
			setQuestion({ ...lost, go: async () => end(await send()), stay: () => end(false) });
		});
	}, [editing, send]);
	return { save, busy: editing.saving.value, question };
}
