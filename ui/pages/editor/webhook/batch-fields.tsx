import type { SenderView } from "../../../../worker/api/types";
import { BATCH_MAX_ITEMS } from "../../../../worker/integrations/batch";
import { Button } from "../../../components/button";
import { Checkbox, TextField } from "../../../components/field";
import { Callout } from "../../../components/surfaces";
import { useEditor } from "../context";
import { calledInText } from "../senders";
import { withList } from "./companions";

/** Whether a delivery holds several events, and where; with what is known of the chosen sender. */
export function BatchFields({ sender }: { sender: SenderView | undefined }) {
	const { editing } = useEditor();
	const { batch } = editing.draft.value.webhook;
	const known = sender?.batch ?? null;
	const take = (path: string | null, subject: string | null = null): void =>
		editing.edit(subject, (before) => ({ ...before, webhook: { ...before.webhook, batch: path === null ? null : { path } } }));
	const takeKnown = (list: NonNullable<typeof known>): void =>
		editing.edit(null, (before) => ({ ...before, webhook: { ...before.webhook, ...withList(list, before.webhook) } }));
	return (
		<>
			<Checkbox
				label="A delivery may hold several events"
				checked={Boolean(batch)}
				disabled={editing.readOnly}
				help={`Each item of a list becomes an event of its own, in order: ${BATCH_MAX_ITEMS.toLocaleString()} at most, all of them or none.`}
				onValue={(on) => (on && known ? takeKnown(known) : take(on ? "event.body" : null))}
			/>
			{sender !== undefined && known !== null && known.path !== batch?.path && !editing.readOnly && (
				<Callout
					actions={
						<Button small onClick={() => takeKnown(known)}>
							Use {known.path}
						</Button>
					}
				>
					{capital(calledInText(sender))} may send {known.what} in one list
					{batch ? `, in ${known.path}` : ": make each an event of its own"}.
				</Callout>
			)}
			{batch && (
				<TextField
					label="The list"
					mono
					value={batch.path}
					spellcheck={false}
					autocomplete="off"
					placeholder="event.body.events"
					maxLength={500}
					required
					disabled={editing.readOnly}
					error={editing.fieldErrors.value.get("webhook.batch.path")}
					help="event.body where the whole body is the list, else the place inside it. A delivery without a list there is one event."
					onValue={(path) => take(path, "webhook.batch.path")}
				/>
			)}
		</>
	);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
