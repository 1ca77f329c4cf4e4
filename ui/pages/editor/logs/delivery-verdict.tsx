import { useState } from "preact/hooks";
import type { DeliveryDetail } from "../../../../worker/api/types";
import { Button, LinkButton } from "../../../components/button";
import { ConfirmDialog } from "../../../components/dialog";
import { Callout } from "../../../components/surfaces";
import { toast } from "../../../components/toast";
import { goTo } from "../../../navigation";
import { calls } from "../calls";
import { HandshakeShown } from "../components/handshake-shown";
import { eventPath, tabPath, useEditor } from "../context";
import { batchWords } from "../inbox/batch-note";
import { acceptedWords } from "../inbox/verdict";
import { isAboutSignature, Refusal } from "./refusal";
import { reasonWords } from "./words";

interface DeliveryVerdictProps {
	delivery: DeliveryDetail;
	/** Reads the delivery again. */
	onChange: () => void;
	/** Takes it for accepted from now on: whoever comes back to it finds it so. */
	onAccepted: (made: Pick<DeliveryDetail, "eventId" | "sequence">) => void;
}

/** Why a delivery made no event, and what a person can do about it. */
export function DeliveryVerdict(props: DeliveryVerdictProps) {
	const { delivery } = props;
	const { editing } = useEditor();
	const original = delivery.eventId === null ? null : eventPath(editing.id, delivery.eventId);
	switch (delivery.status) {
		case "accepted":
			if (delivery.sequence === null)
				return (
					<Callout title="It held no event">
						Its list was empty, so nothing had to run. It was answered {delivery.httpStatus}, and counts as accepted.
					</Callout>
				);
			return (
				<Callout
					kind="good"
					title={`${acceptedWords(delivery)}: event #${delivery.sequence}`}
					actions={original && <LinkButton href={original}>Open event #{delivery.sequence}</LinkButton>}
				>
					{delivery.batch !== null && batchWords({ ...delivery.batch, first: delivery.sequence, place: 1 })}
				</Callout>
			);
		case "handshake":
			return (
				<Callout title="A handshake">
					The sender asked whether this URL is yours, and was answered. Nothing had to run.
					{delivery.show === null ? (
						delivery.shows !== null && " What it left to open or to copy is shown to members, as long as the sender is not changed."
					) : (
						<>
							{" "}
							{delivery.show.what === "link" ? "Open its link to confirm:" : "Copy this code and paste it there:"}
							<HandshakeShown show={delivery.show} />
						</>
					)}
				</Callout>
			);
		case "duplicate": {
			const conflict = delivery.reason === "conflict";
			return (
				<Callout
					kind={conflict ? "warn" : "info"}
					title={
						conflict
							? `Conflict: ${delivery.item ? "an item of a list, " : ""}recognized as event #${delivery.sequence}, with another body`
							: `Repeat of event #${delivery.sequence}`
					}
					actions={
						<>
							{original && <LinkButton href={original}>Open event #{delivery.sequence}</LinkButton>}
							{conflict && <AcceptButton {...props} />}
						</>
					}
				>
					{conflict ? (
						<>
							It was answered {delivery.httpStatus} and did not run. If it says something new, accept it after all, and choose in the{" "}
							<a href={tabPath(editing.id, "webhook")}>Webhook</a> tab what tells such deliveries apart.
						</>
					) : (
						`The sender sent it once more. It was answered ${delivery.httpStatus} and did not run again; nothing is to be done.`
					)}
				</Callout>
			);
		}
		case "rejected":
			if (isAboutSignature(delivery.reason) && !editing.readOnly)
				return <Refusal delivery={delivery} actions={<AcceptButton {...props} />} />;
			return (
				<Callout kind="bad" title={`Rejected, answered ${delivery.httpStatus}`} actions={<AcceptButton {...props} />}>
					{delivery.reason !== null && (
						<>
							{reasonWords(delivery.reason)} <code class="faint">{delivery.reason}</code>
						</>
					)}
				</Callout>
			);
	}
}

function AcceptButton({ delivery, onChange, onAccepted }: DeliveryVerdictProps) {
	const { editing } = useEditor();
	const [asking, setAsking] = useState(false);
	/** The event that was made when it came again; null until that is known. */
	const [other, setOther] = useState<AcceptedBefore | null>(null);
	if (editing.readOnly || delivery.reason === "handshake_refused") return null;
	if (delivery.missing !== null) return <p class="field-help">{missingWords(delivery.missing, delivery.reason)}</p>;
	const unproved = isAboutSignature(delivery.reason);
	return (
		<>
			<Button
				onClick={() => {
					setOther(null);
					setAsking(true);
				}}
			>
				Accept it after all
			</Button>
			{asking && (
				<ConfirmDialog
					title={other === null ? "Accept this delivery after all?" : "Accept it once more?"}
					action={other === null ? "Accept delivery" : "Accept once more"}
					danger={unproved || other !== null}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						const answer = await calls.acceptDelivery(editing.id, delivery.id, other !== null);
						if (!answer.ok) {
							if (answer.code === "accepted_already") onChange();
							if (answer.code !== "duplicate") return answer.message;
							setOther(answer.details as AcceptedBefore);
							return "Nothing was done yet.";
						}
						const { eventId, sequence } = answer.value;
						onAccepted({ eventId, sequence });
						toast(`Accepted. It is event #${sequence} now.`);
						goTo(eventPath(editing.id, eventId));
						return undefined;
					}}
				>
					{other === null ? (
						<>
							It becomes an event with the next number and runs as if it had just come, in today’s order. The sender is told nothing.
							{unproved && " It did not prove who sent it: do this only where you know that it is genuine."}
						</>
					) : (
						<>
							It came again and was accepted as <a href={eventPath(editing.id, other.eventId)}>event #{other.sequence}</a>, so it has run or
							will run. Accepted once more, it runs twice.
						</>
					)}
				</ConfirmDialog>
			)}
		</>
	);
}

/** Why a delivery cannot be accepted after all, and what to do instead. */
function missingWords(missing: keyof typeof MISSING, reason: string | null): string {
	// As it is, it would be rejected once more.
	if (reason === "payload_too_large")
		return "It cannot be accepted after all: a body may have 10 MB at most. Let the sender send less at once, or a link to it instead.";
	return MISSING[missing];
}

const MISSING = {
	masked:
		"It cannot be accepted after all: it has values that are masked, and of what was rejected only the mask is kept. Ask the sender to send it again.",
	cut: "It cannot be accepted after all: it was not kept whole. Ask the sender to send it again.",
};

/** What the answer `duplicate` names. */
interface AcceptedBefore {
	eventId: string;
	sequence: number;
}
