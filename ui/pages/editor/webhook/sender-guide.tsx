import { useState } from "preact/hooks";
import type { SenderView } from "../../../../worker/api/types";
import { CopyButton } from "../../../components/copy-button";
import { useEditor } from "../context";
import { calledInText } from "../senders";
import { guideSteps } from "./guide-steps";
import { secretsOf } from "./verification";

/** Step by step, where to paste the URL at the sender and where to find its secret. Folded once it is done. */
export function SenderGuide({ view }: { view: SenderView }) {
	const { editing } = useEditor();
	const { webhook } = editing.server.value;
	const [open] = useState(() => secretsOf(editing.draft.value.webhook.verification).length === 0);
	const steps = guideSteps(view, webhook.enabled && webhook.verification.scheme === view.id);
	if (steps.length === 0) return null;
	return (
		<details class="sender-guide" open={open}>
			<summary>How to set it up at {calledInText(view)}</summary>
			<ol>
				{steps.map((step) => (
					<li key={step}>
						<GuideStep text={step} />
					</li>
				))}
			</ol>
		</details>
	);
}

function GuideStep({ text }: { text: string }) {
	const { editing } = useEditor();
	const { url } = editing.server.value.webhook;
	const [before = "", after] = text.split("{url}");
	if (after === undefined) return <>{text}</>;
	if (url === null) return <>{`${before}the webhook’s URL${after}`}</>;
	return (
		<>
			{before}
			<span class="sender-url">
				<code class="clip" title={url}>
					{url}
				</code>
				<CopyButton text={url} label="Copy the webhook’s URL" compact />
			</span>
			{after}
		</>
	);
}
