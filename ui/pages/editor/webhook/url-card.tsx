import { useState } from "preact/hooks";
import { Button } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { Field } from "../../../components/field";
import { RetryIcon } from "../../../components/icons";
import { Callout } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { useEditor } from "../context";
import { privateHost } from "./reach";
import { RotateDialog } from "./rotate-dialog";

/** The URL, whether it is live yet, and how to replace it. */
export function UrlCard() {
	const { editing } = useEditor();
	const [rotating, setRotating] = useState(false);
	const { webhook } = editing.server.value;
	const live = webhook.enabled;
	const { url } = webhook;
	if (url === null)
		return (
			<Callout title="Members can see the URL">
				Whoever has it can start this integration, so it is shown to members of the workspace and not to viewers.
				{!live && " It is not live: Enabled is off."}
			</Callout>
		);
	const host = privateHost(url);
	return (
		<div class="stack tight">
			<Field
				label="Webhook URL"
				help={
					live
						? "The URL is live. Treat it like a password: whoever has it can start this integration."
						: "This URL is yours alone. Press Save to make it live; until then it answers 404."
				}
			>
				{(control) => (
					<div class="url-row">
						<input {...control} class="control mono" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
						<CopyButton text={url} label="Copy URL" kind={live ? "plain" : "primary"} />
						{live && !editing.readOnly && (
							<Button icon={RetryIcon} onClick={() => setRotating(true)}>
								New URL
							</Button>
						)}
					</div>
				)}
			</Field>
			{host !== null && (
				<p class="field-help">
					Only this computer or network reaches {host}. For other systems, deploy Inlet, or start a tunnel to it (such as cloudflared) and
					open Inlet at the tunnel’s address.
				</p>
			)}
			{webhook.previousUrls.length > 0 && (
				<div class="previous-urls">
					<p class="soft small">Earlier URLs that still work:</p>
					<ul class="stack tight">
						{webhook.previousUrls.map((previous) => (
							<li key={previous.url} class="row">
								<code class="clip grow" title={previous.url}>
									{previous.url}
								</code>
								<span class="soft small">
									until <Time iso={previous.expiresAt} full />
								</span>
							</li>
						))}
					</ul>
				</div>
			)}
			{rotating && <RotateDialog onClose={() => setRotating(false)} />}
		</div>
	);
}
