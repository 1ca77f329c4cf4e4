import { useState } from "preact/hooks";
import { ConfirmDialog } from "../../../components/dialog";
import { SelectField } from "../../../components/field";
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
	const [grace, setGrace] = useState<(typeof GRACE)[number]["value"]>("86400");
	return (
		<ConfirmDialog
			title="Make a new URL?"
			action="Make new URL"
			danger={grace === "0"}
			onClose={onClose}
			onConfirm={async () => {
				const answer = await calls.rotate(editing.id, Number(grace));
				if (!answer.ok) return answer.message;
				editing.adopt(answer.value);
				toast("The new URL is live. Enter it in the other system.");
				return undefined;
			}}
		>
			<div class="stack">
				<p>Do this when the URL may have got into wrong hands. The new one is live at once; enter it in the other system.</p>
				<SelectField label="The old URL" value={grace} choices={GRACE} onValue={setGrace} />
				{grace === "0" && <p class="soft">Whatever is sent to the old URL from then on gets 404 and is not kept.</p>}
			</div>
		</ConfirmDialog>
	);
}
