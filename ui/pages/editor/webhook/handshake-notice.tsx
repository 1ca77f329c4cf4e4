import { useEffect, useState } from "preact/hooks";
import type { DeliveryDetail, DeliverySummary } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { Callout } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { HandshakeShown } from "../components/handshake-shown";
import { useEditor } from "../context";
import { senderName } from "../senders";
import { askingHandshake } from "./verification";

const LOOKED_AT = 50;
const DONE = "inlet-handshake-done";

/** Whether the sender waits for a person: until its first event has come, or somebody said that it is done. */
export function HandshakeNotice() {
	const { editing, live } = useEditor();
	const { scheme } = editing.server.value.webhook.verification;
	const wanted = scheme !== "none" && !editing.readOnly;
	const { value, reload } = useResource(wanted ? `handshakes ${editing.id}` : null, () =>
		calls.deliveries(editing.id, { limit: LOOKED_AT }),
	);

	const asking = askingHandshake(value?.items ?? []);
	const waits = asking !== null;

	useEffect(() => {
		if (!wanted) return;
		return live.listen(async (changes, gap) => {
			const came = (status: DeliverySummary["status"]): boolean =>
				changes.some((change) => change.kind === "delivery" && change.delivery.status === status);
			const shaken = gap || came("handshake");
			// An event that came after the handshake ends the wait.
			if (shaken || (waits && came("accepted"))) reload();
			if (!shaken) return;
			// A handshake may have brought the secret.
			const answer = await calls.integration(editing.id);
			if (answer.ok) editing.adopt(answer.value);
		});
	}, [wanted, waits, live, editing, reload]);

	return wanted && asking !== null ? <Asking key={asking.id} delivery={asking} scheme={scheme} /> : null;
}

function Asking({ delivery, scheme }: { delivery: DeliverySummary; scheme: string }) {
	const { editing } = useEditor();
	const [done, setDone] = useState(() => recall(delivery.id));
	const { value } = useResource<DeliveryDetail>(done ? null : `delivery ${delivery.id}`, () => calls.delivery(editing.id, delivery.id));
	if (done || !value?.show) return null;
	const name = senderName(scheme);
	return (
		<Callout
			kind="warn"
			title={value.show.what === "link" ? `${name} asks you to open a link` : `${name} asks for this code`}
			actions={
				<Button
					small
					kind="quiet"
					onClick={() => {
						remember(delivery.id);
						setDone(true);
					}}
				>
					Done
				</Button>
			}
		>
			{value.show.what === "link"
				? "It sends events only after that, so that nobody can send to a URL that is not theirs."
				: `Paste it where ${name} asks for it. It sends events only after that.`}{" "}
			It came <Time iso={delivery.receivedAt} />.
			<HandshakeShown show={value.show} />
		</Callout>
	);
}

/** Without storage the notice stays until the first event. */
function recall(id: string): boolean {
	try {
		return localStorage.getItem(DONE) === id;
	} catch {
		return false;
	}
}

function remember(id: string): void {
	try {
		localStorage.setItem(DONE, id);
	} catch {
		// Nothing is lost but the memory of a press.
	}
}
