import { useState } from "preact/hooks";
import type { DeliveryDetail, EventDetail, SentElsewhere } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { Dialog } from "../../../components/dialog";
import { Checkbox, TextField } from "../../../components/field";
import { Callout } from "../../../components/surfaces";
import { describeDuration } from "../../../components/time";
import { headerOf } from "../components/body";
import { BodyView } from "../components/body-view";
import { useEditor } from "../context";
import { HeadersTable } from "../logs/http-exchange";
import { sendElsewhere } from "./calls";

interface SendDialogProps {
	entryId: string;
	stored: EventDetail | DeliveryDetail;
	onClose: () => void;
}

/** Sends the stored request to a URL that a person gives, and shows what is answered. */
export function SendDialog({ entryId, stored, onClose }: SendDialogProps) {
	const { editing } = useEditor();
	const [url, setUrl] = useState("");
	const [withPath, setWithPath] = useState(false);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string | null>(null);
	const [sent, setSent] = useState<SentElsewhere | null>(null);
	const end = `${stored.path === "/" ? "" : stored.path}${stored.query}`;

	const send = async (): Promise<void> => {
		if (url.trim() === "") return setRefusal("Give the URL that it should go to.");
		setBusy(true);
		setRefusal(null);
		setSent(null);
		const answer = await sendElsewhere(editing.id, entryId, { url: url.trim(), withPath });
		setBusy(false);
		if (answer.ok) setSent(answer.value);
		else setRefusal(answer.message.replace(/^url: /, ""));
	};

	return (
		<Dialog
			title="Send to another URL"
			wide
			onClose={onClose}
			onSubmit={send}
			actions={
				<>
					<Button onClick={onClose}>Close</Button>
					<Button kind="primary" type="submit" busy={busy}>
						{sent === null ? "Send" : "Send again"}
					</Button>
				</>
			}
		>
			<div class="stack">
				<p class="soft">
					Inlet sends this request once more, with its method, headers and body, and shows the answer. Nothing runs here. Credentials are
					not kept, so they are left out.
				</p>
				<TextField
					label="URL"
					type="url"
					mono
					value={url}
					onValue={setUrl}
					placeholder="https://staging.example.com/webhooks"
					error={refusal ?? undefined}
					autocomplete="off"
					spellcheck={false}
				/>
				{end !== "" && <Checkbox label={`Add ${end} to it`} checked={withPath} onValue={setWithPath} />}
				<div role="status">{sent !== null && <Answer sent={sent} />}</div>
			</div>
		</Dialog>
	);
}

function Answer({ sent: { answer, error, durationMs, withheld } }: { sent: SentElsewhere }) {
	return (
		<div class="stack">
			{answer === null ? (
				<Callout kind="bad" title="No answer came">
					{error?.message}
				</Callout>
			) : (
				<>
					<p class="exchange-line">
						<strong class={answer.status < 400 ? "exchange-good" : "exchange-bad"}>HTTP {answer.status}</strong>
						<span class="faint">in {describeDuration(durationMs)}</span>
						{answer.redirects.length > 0 && (
							<span class="faint">
								after {answer.redirects.length} {answer.redirects.length === 1 ? "redirect" : "redirects"}
							</span>
						)}
					</p>
					<HeadersTable headers={answer.headers} of="answer" />
					<BodyView
						label="Answer's body"
						body={answer.body}
						base64={answer.bodyEncoding === "base64"}
						contentType={headerOf(answer.headers, "content-type")}
					/>
				</>
			)}
			{withheld.length > 0 && <p class="faint small">Left out: {withheld.join(", ")}.</p>}
		</div>
	);
}
