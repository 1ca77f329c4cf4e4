import { useState } from "preact/hooks";
import type { EventDetail } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { Dialog } from "../../../components/dialog";
import { Checkbox, SelectField } from "../../../components/field";
import { Callout } from "../../../components/surfaces";
import { toast } from "../../../components/toast";
import { JsonField } from "../../../designer/json-field";
import { goTo } from "../../../navigation";
import { calls, type ReplayWanted } from "../calls";
import { executionPath, useEditor } from "../context";
import type { Json } from "../draft";
import { MASK } from "../mask";

const FROM = [
	{ value: "start", label: "the first step" },
	{ value: "failedStep", label: "the step that failed" },
] as const;

const VERSION = [
	{ value: "current", label: "today's version" },
	{ value: "original", label: "the version of its first execution" },
] as const;

/** Runs an event once more: from where, with which version, with which body. */
export function ReplayDialog({ event, onClose }: { event: EventDetail; onClose: () => void }) {
	const { editing } = useEditor();
	const [from, setFrom] = useState<ReplayWanted["from"]>(event.status === "failed" ? "failedStep" : "start");
	const [version, setVersion] = useState<"current" | "original">("current");
	const [edited, setEdited] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const [failure, setFailure] = useState<string | null>(null);
	const read = edited === null ? null : parse(edited);

	const replay = async (): Promise<void> => {
		if (read !== null && !read.ok) return;
		setBusy(true);
		const answer = await calls.replay(editing.id, event.id, {
			from: read === null ? from : "start",
			version,
			...(read === null ? {} : { body: read.value }),
		});
		setBusy(false);
		if (!answer.ok) return setFailure(answer.message);
		toast("Replay started.");
		onClose();
		goTo(executionPath(editing.id, answer.value.executionId));
	};

	return (
		<Dialog
			title={`Replay event #${event.sequence}`}
			wide={edited !== null}
			onClose={onClose}
			onSubmit={replay}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button kind="primary" type="submit" busy={busy} disabled={read !== null && !read.ok}>
						Replay
					</Button>
				</>
			}
		>
			<div class="stack">
				<p class="soft">It becomes another execution of the same event; the earlier ones stay.</p>
				{event.masked !== null && edited?.includes(MASK) && (
					<Callout title="It still holds masked values">
						Where the body says {MASK}, the workflow gets just that. Put what it should get in its place.
					</Callout>
				)}
				{event.masked !== null && edited === null && (
					<Callout title="Run with masked values">
						Some values of this event were masked when it was stored, and the full ones are gone since its execution ended. The workflow
						sees {MASK} in their place{event.masked.bodyDropped ? ", and no body" : ""}. Change the body to run it with other values.
					</Callout>
				)}
				{edited === null && event.status === "failed" && <SelectField label="Begin with" value={from} choices={FROM} onValue={setFrom} />}
				<SelectField label="Use" value={version} choices={VERSION} onValue={setVersion} />
				<Checkbox
					label="Change the body"
					help="An edited body begins at the first step and counts as a new payload for the systems that are called."
					checked={edited !== null}
					onValue={(on) => setEdited(on ? pretty(event) : null)}
				/>
				{edited !== null && (
					<JsonField
						label="Body, as JSON"
						value={edited}
						onValue={setEdited}
						error={read !== null && !read.ok ? read.message : undefined}
					/>
				)}
				{failure !== null && (
					<Callout kind="bad" alert>
						{failure}
					</Callout>
				)}
			</div>
		</Dialog>
	);
}

function pretty(event: EventDetail): string {
	const read = event.bodyEncoding === "utf8" ? parse(event.body) : null;
	return read?.ok ? JSON.stringify(read.value, null, 2) : JSON.stringify(event.body);
}

function parse(text: string): { ok: true; value: Json } | { ok: false; message: string } {
	try {
		return { ok: true, value: JSON.parse(text) as Json };
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : "This is not JSON." };
	}
}
