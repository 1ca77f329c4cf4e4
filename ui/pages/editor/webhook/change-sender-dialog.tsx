import { ConfirmDialog } from "../../../components/dialog";
import { senderName } from "../senders";
import type { Question } from "../use-save";

/** Asks, by the sender's name, before its secrets are deleted: nobody can read them back. */
export function ChangeSenderDialog({ question: { senderId, secrets, go, stay } }: { question: Question }) {
	const name = senderName(senderId);
	const them = secrets === 1 ? "its secret" : `its ${secrets} secrets`;
	return (
		<ConfirmDialog
			title={`Change who sends, and delete ${them}?`}
			action="Save and delete"
			name={name}
			onClose={stay}
			onConfirm={async () => {
				await go();
				return undefined;
			}}
		>
			{name} is the sender as it is saved, and {them} {secrets === 1 ? "is" : "are"} set. With another sender{" "}
			{secrets === 1 ? "it is" : "they are"} deleted, and no earlier version brings {secrets === 1 ? "it" : "them"} back: to return to{" "}
			{name}, you would have to enter {secrets === 1 ? "it" : "them"} anew.
		</ConfirmDialog>
	);
}
