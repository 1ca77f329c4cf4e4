import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { IntegrationSummary } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button, LinkButton } from "../../components/button";
import { AddIcon, CheckIcon, WebhookIcon } from "../../components/icons";
import { Card } from "../../components/surfaces";
import { toastFailure } from "../../components/toast";
import { goTo } from "../../navigation";
import { hasRole } from "../../session";
import { useRegions } from "../library/region-field";

const FIRST_NAME = "My first integration";

/** From nothing to a received webhook in three acts. Shown until the first event. */
export function FirstSteps({ first }: { first: IntegrationSummary | undefined }) {
	const [busy, setBusy] = useState(false);
	const mayEdit = hasRole("member");
	const { recommended } = useRegions();

	async function create() {
		setBusy(true);
		const result = await call(api.integrations.$post({ json: { name: FIRST_NAME, region: recommended } }));
		setBusy(false);
		if (result.ok) goTo(`/automations/${result.value.id}/webhook`);
		else toastFailure(result);
	}

	return (
		<Card title="Receive your first webhook" about="Three steps. Nothing else needs to be set up, and no account elsewhere.">
			<ol class="first-steps">
				<Step number={1} title="Create an integration" done={first !== undefined}>
					<p class="soft">It gets its own URL, its own workflow and its own log.</p>
					{first === undefined ? (
						<Button kind="primary" icon={AddIcon} busy={busy} disabled={!mayEdit} onClick={create}>
							Create integration
						</Button>
					) : (
						<a href={`/automations/${first.id}/general`}>{first.name}</a>
					)}
				</Step>
				<Step number={2} title="Turn its webhook on" done={first?.webhook.enabled ?? false}>
					<p class="soft">
						On the <em>Webhook</em> tab, switch <em>Enabled</em> on and press <em>Save</em>.
					</p>
					{first && !first.webhook.enabled && (
						<LinkButton kind="primary" icon={WebhookIcon} href={`/automations/${first.id}/webhook`}>
							Open the Webhook tab
						</LinkButton>
					)}
				</Step>
				<Step number={3} title="Send it something" done={false}>
					<p class="soft">Copy the ready curl command and run it in a terminal. The execution appears in Logs as it happens.</p>
					{first?.webhook.enabled && (
						<LinkButton kind="primary" icon={WebhookIcon} href={`/automations/${first.id}/webhook`}>
							Copy the command
						</LinkButton>
					)}
				</Step>
			</ol>
		</Card>
	);
}

function Step({ number, title, done, children }: { number: number; title: string; done: boolean; children: ComponentChildren }) {
	return (
		<li class={done ? "done" : undefined}>
			<span class="step-number" aria-hidden="true">
				{done ? <CheckIcon /> : number}
			</span>
			<div class="stack tight">
				<h3>
					{title}
					{done && <span class="unseen"> (done)</span>}
				</h3>
				{children}
			</div>
		</li>
	);
}
