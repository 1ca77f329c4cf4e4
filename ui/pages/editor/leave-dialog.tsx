import { useState } from "preact/hooks";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { useEditor } from "./context";

interface LeaveDialogProps {
	proceed: () => void;
	onClose: () => void;
	/** @returns true where everything was saved */
	onSave: () => Promise<boolean>;
}

/** Leaving with unsaved changes asks. */
export function LeaveDialog({ proceed, onClose, onSave }: LeaveDialogProps) {
	const { editing } = useEditor();
	const [busy, setBusy] = useState(false);
	const saveAndGo = async (): Promise<void> => {
		setBusy(true);
		const saved = await onSave();
		setBusy(false);
		onClose();
		if (saved) proceed();
	};
	const drop = (): void => {
		editing.discard();
		onClose();
		proceed();
	};
	return (
		<Dialog
			title="Leave without saving?"
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>Stay</Button>
					<Button onClick={drop}>Leave without saving</Button>
					<Button kind="primary" busy={busy} onClick={saveAndGo}>
						Save and leave
					</Button>
				</>
			}
		>
			<p>“{editing.draft.value.name || "This integration"}” has changes that are not saved. They are lost if you leave.</p>
		</Dialog>
	);
}
