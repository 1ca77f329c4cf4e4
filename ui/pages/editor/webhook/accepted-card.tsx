import { useState } from "preact/hooks";
import type { SenderView } from "../../../../worker/api/types";
import { TextArea } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { useEditor } from "../context";
import { sameJson } from "../draft";
import type { Draft } from "../editing";
import { BatchFields } from "./batch-fields";
import { FilterField } from "./filter-field";
import type { SampleEvent } from "./use-sample-event";
import "./cards.css";

type Webhook = Draft["webhook"];

/** What of that which arrives becomes an event, and whether that event runs. */
export function AcceptedCard({ sample, sender }: { sample: SampleEvent; sender: SenderView | undefined }) {
	const { editing } = useEditor();
	const { allowedIps } = editing.draft.value.webhook;
	const change = (part: Partial<Webhook>, subject: string | null): void =>
		editing.edit(subject, (before) => ({ ...before, webhook: { ...before.webhook, ...part } }));
	return (
		<Card title="What is accepted" about="The defaults take everything that comes, one event a delivery.">
			<div class="stack">
				<FilterField sample={sample} />
				<BatchFields sender={sender} />
				<Addresses addresses={allowedIps ?? []} onAddresses={(next) => change({ allowedIps: next }, "webhook.allowedIps")} />
			</div>
		</Card>
	);
}

/** The list as text, one a line; it follows the addresses when they change elsewhere. */
function Addresses({ addresses, onAddresses }: { addresses: readonly string[]; onAddresses: (addresses: string[]) => void }) {
	const { editing } = useEditor();
	const [typed, setTyped] = useState(addresses.join("\n"));
	const text = sameJson(addressesIn(typed), addresses) ? typed : addresses.join("\n");
	const error = [...editing.fieldErrors.value].find(([field]) => field.startsWith("webhook.allowedIps"));
	return (
		<TextArea
			label="Addresses that may send"
			optional
			mono
			rows={Math.min(8, Math.max(2, addresses.length + 1))}
			value={text}
			spellcheck={false}
			// An example would look like what is set to those who cannot type.
			placeholder={editing.readOnly ? "" : "203.0.113.7\n198.51.100.0/24"}
			disabled={editing.readOnly}
			error={error && `${wrongAddress(error[0], addresses)}${error[1]}`}
			help="One a line: an address, or a block such as 203.0.113.0/24; 50 at most. Empty: anybody who has the URL may send."
			onValue={(next) => {
				setTyped(next);
				onAddresses(addressesIn(next));
			}}
		/>
	);
}

const addressesIn = (text: string): string[] =>
	text
		.split(/[\s,]+/)
		.map((one) => one.trim())
		.filter((one) => one !== "");

/** Which one of the list an error is about: `webhook.allowedIps.2`. */
function wrongAddress(field: string, addresses: readonly string[]): string {
	const address = addresses[Number(field.split(".")[2])];
	return address === undefined ? "" : `“${address}”: `;
}
