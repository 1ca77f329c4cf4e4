import { useState } from "preact/hooks";
import { deliveryFileName, eventFileName } from "../../../../worker/api/inbox-file";
import type { DeliveryDetail, EventDetail, InboxEntry } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { DownloadIcon, LinkOutIcon } from "../../../components/icons";
import { useEditor } from "../context";
import { bodyHref } from "./calls";
import { countOf, curlOf, isInCommand, unwrittenHeaders } from "./curl";
import { SendDialog } from "./send-dialog";

interface EntryActsProps {
	entry: InboxEntry;
	stored: EventDetail | DeliveryDetail;
	contentType: string | null;
}

/** What a person takes along of a stored request: a command, a file, or the request itself to another URL. */
export function EntryActs({ entry, stored, contentType }: EntryActsProps) {
	const { editing } = useEditor();
	const [sending, setSending] = useState(false);
	const { event, delivery } = entry;
	// A repeat has its body with the event that it repeats.
	const isWhole = event !== null || (delivery !== null && sizeOf(stored) >= delivery.size);
	if (!isWhole && delivery?.status === "rejected")
		return (
			<p class="soft">
				{stored.body === "" ? "Its body was not kept" : "Only the beginning of its body was kept"}, so it cannot be copied, downloaded or
				sent elsewhere.
			</p>
		);
	if (!isWhole || (event !== null && event.source !== "webhook" && stored.body === "")) return null;
	const isRequest = event === null || event.source === "webhook";
	const fileName = event !== null ? eventFileName(event, contentType) : delivery !== null ? deliveryFileName(delivery, contentType) : "";
	const unwritten = isRequest ? unwrittenHeaders(stored.headers) : 0;
	const curl = (): string => curlOf(editing.server.value.webhook.url, { ...stored, fileName });
	return (
		<div class="row inbox-acts">
			{isRequest && <CopyButton text={curl()} label="Copy as curl" />}
			{isRequest && !isInCommand(stored) && (
				<span class="soft">
					The body is too long to stand in the command: download it, and run the command where {fileName} was saved. Without it nothing is
					sent.
				</span>
			)}
			{unwritten > 0 && <span class="soft">The command leaves out {countOf(unwritten)}: a terminal cannot show all characters in it.</span>}
			{stored.body !== "" && (
				<a class="button plain" href={bodyHref(editing.id, entry.id)} download={fileName}>
					<DownloadIcon />
					<span>Download body</span>
				</a>
			)}
			{!editing.readOnly && (
				<Button icon={LinkOutIcon} onClick={() => setSending(true)}>
					Send to another URL
				</Button>
			)}
			{sending && <SendDialog entryId={entry.id} stored={stored} onClose={() => setSending(false)} />}
		</div>
	);
}

/** Bytes of the body as far as it is kept. */
function sizeOf({ body, bodyEncoding }: EventDetail | DeliveryDetail): number {
	return bodyEncoding === "utf8" ? new TextEncoder().encode(body).length : Math.floor((body.replace(/=+$/, "").length * 3) / 4);
}
