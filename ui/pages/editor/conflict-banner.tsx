import { useState } from "preact/hooks";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { Callout } from "../../components/surfaces";
import { toast } from "../../components/toast";
import { useEditor } from "./context";
import { differenceWords } from "./difference-words";
import { draftOf } from "./draft";
import type { Conflict } from "./editing";
import { type Difference, differences } from "./rebase";
import { senderName } from "./senders";

/** Somebody saved in between: nothing typed is lost, and nothing of theirs is overwritten unseen. */
export function ConflictBanner() {
	const { editing } = useEditor();
	const [reviewing, setReviewing] = useState(false);
	const conflict = editing.conflict.value;
	if (conflict === null) return null;
	return (
		<Callout
			kind="warn"
			alert
			title={`${conflict.updatedBy ?? "Somebody"} saved version ${conflict.newest.version} while you were editing`}
			actions={
				<Button kind="primary" onClick={() => setReviewing(true)}>
					Review and reload
				</Button>
			}
		>
			Your changes are still here and not saved yet. Lay them over the newest version, then save.
			{reviewing && <ReviewDialog conflict={conflict} onClose={() => setReviewing(false)} />}
		</Callout>
	);
}

function ReviewDialog({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
	const { editing } = useEditor();
	const rows = differences(draftOf(editing.server.value), editing.draft.value, conflict.theirs);
	const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
	const choose = (key: string, take: boolean): void => {
		const next = new Set(theirs);
		if (take) next.add(key);
		else next.delete(key);
		setTheirs(next);
	};
	return (
		<Dialog
			title={`Your changes on version ${conflict.newest.version}`}
			wide
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>Not now</Button>
					<Button
						kind="primary"
						onClick={() => {
							editing.reapply(theirs);
							toast("Your changes now lie on the newest version. Save when it looks right.");
							onClose();
						}}
					>
						Use the newest version with these
					</Button>
				</>
			}
		>
			{rows.length === 0 ? (
				<p>The newest version already says what you typed.</p>
			) : (
				<div class="stack">
					<p class="soft">What only they changed is taken over. These are yours; where both changed the same, choose.</p>
					{rows.map((row) => (
						<DifferenceRow key={row.key} row={row} theirs={theirs.has(row.key)} onChoose={(take) => choose(row.key, take)} />
					))}
				</div>
			)}
		</Dialog>
	);
}

function DifferenceRow({ row, theirs, onChoose }: { row: Difference; theirs: boolean; onChoose: (take: boolean) => void }) {
	return (
		<fieldset class="difference">
			<legend>
				{row.label}
				{row.both && <span class="difference-both">both changed</span>}
			</legend>
			<label>
				<input type="radio" name={row.key} checked={!theirs} onChange={() => onChoose(false)} />
				<span>
					Keep mine
					<pre>{differenceWords(row.key, row.mine, senderName)}</pre>
				</span>
			</label>
			<label>
				<input type="radio" name={row.key} checked={theirs} onChange={() => onChoose(true)} />
				<span>
					Take theirs
					<pre>{differenceWords(row.key, row.theirs, senderName)}</pre>
				</span>
			</label>
		</fieldset>
	);
}
