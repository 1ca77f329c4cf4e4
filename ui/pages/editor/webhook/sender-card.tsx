import { useState } from "preact/hooks";
import type { SenderView } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { Combobox } from "../../../components/combobox";
import { UndoIcon } from "../../../components/icons";
import { Callout, Card, Skeleton } from "../../../components/surfaces";
import { toastFailure } from "../../../components/toast";
import { type Resource, useResource } from "../../../resource";
import { calls } from "../calls";
import { useEditor } from "../context";
import { calledInText, senderOptions } from "../senders";
import { type Companions, suggestionOf } from "./companions";
import { SenderGuide } from "./sender-guide";
import { SenderSecrets } from "./sender-secrets";
import { SenderOptions } from "./sender-settings";
import { forSender, secretsOf } from "./verification";
import "./sender.css";

/** What choosing a sender set beside it. */
interface Suggested {
	senderId: string;
	words: string[];
	before: Companions;
	/** The settings without any sender's part. */
	own: Companions;
}

/** Who sends: from then on nothing else is taken. */
export function SenderCard({ sender }: { sender: Resource<SenderView> }) {
	const { editing } = useEditor();
	const { scheme } = editing.draft.value.webhook.verification;
	const list = useResource("senders", calls.senders);
	const [wanted, setWanted] = useState<string | null>(null);
	const [suggested, setSuggested] = useState<Suggested | null>(null);

	const view = sender.value?.id === scheme ? sender.value : undefined;
	const choose = async (id: string): Promise<void> => {
		setWanted(id);
		const viewOf = async (one: string) => (one === "none" ? null : await calls.sender(one));
		const [answer, leaving] = await Promise.all([viewOf(id), viewOf(scheme)]);
		setWanted(null);
		for (const one of [answer, leaving]) if (one !== null && !one.ok) return toastFailure(one);
		const { response, dedupe, batch } = editing.draft.value.webhook;
		const left = leaving?.ok ? leaving.value : undefined;
		const earlier = suggested?.senderId === scheme ? suggested.own : undefined;
		const { words, own, ...companions } = suggestionOf(answer?.ok ? answer.value : null, { response, dedupe, batch }, left, earlier);
		const { verification: saved } = editing.server.value.webhook;
		editing.edit(null, (before) => ({
			...before,
			webhook: {
				...before.webhook,
				...companions,
				verification: forSender(id, saved),
			},
		}));
		setSuggested({ senderId: id, words, before: { response, dedupe, batch }, own });
	};

	const undo = (before: Suggested["before"]): void => {
		editing.edit(null, (draft) => ({ ...draft, webhook: { ...draft.webhook, ...before } }));
		setSuggested(null);
	};

	return (
		<Card
			title="Who sends?"
			about="Choose the system that calls the URL. What cannot prove that it comes from there is then rejected, and you see why."
		>
			<div class="stack">
				{list.failure !== undefined && list.value === undefined ? (
					<Callout kind="bad" alert actions={<Button onClick={list.reload}>Try again</Button>}>
						{list.failure.message}
					</Callout>
				) : list.value === undefined ? (
					<Skeleton height="54px" />
				) : (
					<Combobox
						label="Sender"
						options={senderOptions(list.value.items)}
						value={wanted ?? scheme}
						disabled={editing.readOnly}
						nothing="Nobody of this name is known. If it signs with a secret, choose Custom HMAC."
						error={editing.fieldErrors.value.get("webhook.verification.scheme")}
						onValue={(id) => void choose(id)}
					/>
				)}
				{suggested?.senderId === scheme && suggested.words.length > 0 && (
					<Callout
						title="Also changed with the sender"
						actions={
							<Button small icon={UndoIcon} onClick={() => undo(suggested.before)}>
								Undo
							</Button>
						}
					>
						<ul class="stack tight">
							{suggested.words.map((words) => (
								<li key={words}>{words}</li>
							))}
						</ul>
					</Callout>
				)}
				{scheme === "none" ? (
					<Callout kind="warn">Whoever learns the URL can start this integration: nothing proves who sent a request.</Callout>
				) : sender.failure !== undefined && view === undefined ? (
					<Callout kind="bad" alert actions={<Button onClick={sender.reload}>Try again</Button>}>
						{sender.failure.message}
					</Callout>
				) : view === undefined ? (
					<Skeleton height="120px" />
				) : (
					<Chosen key={scheme} view={view} />
				)}
			</div>
		</Card>
	);
}

function Chosen({ view }: { view: SenderView }) {
	const { editing } = useEditor();
	const { verification } = editing.draft.value.webhook;
	return (
		<>
			<MissingSecret view={view} />
			{!editing.readOnly && <SenderGuide view={view} />}
			<SenderSecrets view={view} />
			<SenderOptions view={view} />
			<Expects view={view} />
			{secretsOf(verification).length === 0 && view.bringsSecret && (
				<p class="field-help">Save before you enter the URL at {calledInText(view)}: it sends the secret at once.</p>
			)}
		</>
	);
}

/** Without a secret everything is rejected, which nobody should learn from the sender. */
function MissingSecret({ view }: { view: SenderView }) {
	const { editing } = useEditor();
	const { verification } = editing.draft.value.webhook;
	const { webhook } = editing.server.value;
	if (secretsOf(verification).length > 0) return null;
	if (view.bringsSecret)
		return (
			<Callout title={`Waiting for ${calledInText(view)} to hand its secret over`}>
				Until then everything that it sends is rejected, and kept in the Inbox under Logs.
			</Callout>
		);
	const live = webhook.enabled && webhook.verification.scheme === verification.scheme;
	return (
		<Callout kind="warn" title={live ? "Everything is rejected: the secret is missing" : "Without its secret, everything will be rejected"}>
			Each request is checked with it. {editing.readOnly ? "A member of the workspace can enter it here" : "Enter it below"}
			{live ? "; what came meanwhile is kept in the Inbox under Logs, and can be accepted after all." : "."}
		</Callout>
	);
}

function Expects({ view: { name, expects } }: { view: SenderView }) {
	const { withinSeconds, retries } = expects;
	if (withinSeconds === null && retries === null) return null;
	return (
		<p class="field-help">
			{withinSeconds !== null &&
				`${name} expects an answer within ${withinSeconds === 1 ? "one second" : `${withinSeconds} seconds`}; it gets one in milliseconds. `}
			{retries !== null && `When one fails: ${retries.charAt(0).toLowerCase()}${retries.slice(1)}`}
		</p>
	);
}
