import { useState } from "preact/hooks";
import { ConfirmDialog } from "../../../components/dialog";
import { Checkbox, SelectField } from "../../../components/field";
import { toast } from "../../../components/toast";
import { calls } from "../calls";
import { useEditor } from "../context";

const GRACE = [
	{ value: "0", label: "ends at once" },
	{ value: "3600", label: "works for one more hour" },
	{ value: "86400", label: "works for one more day" },
	{ value: "604800", label: "works for one more week" },
] as const;

/** Replaces the URL, live at once; the old one may work on for a while. */
export function RotateDialog({ onClose }: { onClose: () => void }) {
	const { editing } = useEditor();
	const earlier = editing.server.value.webhook.previousUrls.length;
	const [endEarlier, setEndEarlier] = useState(false);
	const [grace, setGrace] = useState<(typeof GRACE)[number]["value"]>("86400");
	return (
		<ConfirmDialog
			title="Make a new URL?"
			action="Make new URL"
			danger={grace === "0" || (earlier > 0 && endEarlier)}
			onClose={onClose}
			onConfirm={async () => {
				const answer = await calls.rotate(editing.id, { graceSeconds: Number(grace), endEarlier: earlier > 0 && endEarlier });
				if (!answer.ok) return answer.message;
				editing.adopt(answer.value);
				toast("The new URL is live. Enter it in the other system.");
				return undefined;
			}}
		>
			<div class="stack">
				<p>Do this when the URL may have got into wrong hands. The new one is live at once; enter it in the other system.</p>
				<SelectField label="The old URL" value={grace} choices={GRACE} onValue={setGrace} />
				{earlier > 0 && (
					<Checkbox
						label={earlier === 1 ? "End the earlier URL at once, too" : `End the ${earlier} earlier URLs at once, too`}
						checked={endEarlier}
						help={
							earlier === 1
								? "One from before the old URL still works, until its own time is over."
								: "They are from before the old URL and still work, each until its own time is over."
						}
						onValue={setEndEarlier}
					/>
				)}
				{grace === "0" && <p class="soft">Whatever is sent to the old URL from then on gets 404 and is not kept.</p>}
			</div>
		</ConfirmDialog>
	);
}
