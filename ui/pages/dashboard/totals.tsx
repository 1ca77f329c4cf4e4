import type { IntegrationSummary } from "../../../worker/api/types";
import { FailedIcon, FilterIcon, type Icon, QueuedIcon, SkippedIcon, SucceededIcon, WebhookIcon } from "../../components/icons";
import { type TotalName, totalsOf } from "./overview";

const SHOWN: readonly { name: TotalName; label: string; icon: Icon; tone: string; meaning: string }[] = [
	{ name: "received", label: "Events", icon: WebhookIcon, tone: "accent", meaning: "Events received, from every source" },
	{ name: "succeeded", label: "Succeeded", icon: SucceededIcon, tone: "good", meaning: "Events whose workflow ran to its end" },
	{ name: "filtered", label: "Filtered", icon: FilterIcon, tone: "calm", meaning: "Events that a filter stopped on purpose" },
	{ name: "failed", label: "Failed", icon: FailedIcon, tone: "bad", meaning: "Events that will not be tried again by themselves" },
	{ name: "pending", label: "Pending", icon: QueuedIcon, tone: "calm", meaning: "Events that are queued, running, waiting or held" },
	{ name: "rejected", label: "Rejected", icon: SkippedIcon, tone: "calm", meaning: "Deliveries turned down at the door" },
];

/** The workspace's counts since the beginning. */
export function Totals({ integrations }: { integrations: readonly IntegrationSummary[] }) {
	const totals = totalsOf(integrations);
	return (
		<section aria-label="Totals">
			<dl class="totals">
				{SHOWN.map(({ name, label, icon: Picture, tone, meaning }) => (
					<div key={name} title={meaning}>
						<dt>
							<span class={`total-icon ${tone}`}>
								<Picture size={14} />
							</span>
							{label}
						</dt>
						<dd>{totals[name].toLocaleString()}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
