import type { Template } from "../../../worker/api/types";
import { AutomationsIcon, ChevronIcon, ClockIcon, ConnectionIcon, type Icon, WebhookIcon } from "../../components/icons";
import { hasRole } from "../../session";
import { TRIGGER_WORDS } from "./catalogue";

const TRIGGER_ICONS: Record<Template["trigger"], Icon> = { webhook: WebhookIcon, schedule: ClockIcon, any: AutomationsIcon };

/** What a template does, how it starts and what it needs; the whole card leads to its set-up. */
export function TemplateCard({ template }: { template: Template }) {
	return (
		<li class="template">
			<h3>
				<a href={`/library/${template.id}`}>{template.name}</a>
			</h3>
			<p class="soft grow">{template.summary}</p>
			<TemplateFacts template={template} />
			{hasRole("member") && (
				<span class="template-go" aria-hidden="true">
					Set up <ChevronIcon size={14} />
				</span>
			)}
		</li>
	);
}

export function TemplateFacts({ template }: { template: Template }) {
	const TriggerIcon = TRIGGER_ICONS[template.trigger];
	return (
		<ul class="template-facts">
			<li>
				<TriggerIcon size={14} />
				{TRIGGER_WORDS[template.trigger]}
			</li>
			<li>
				<ConnectionIcon size={14} />
				{template.connections.length === 0 ? "Needs no connection" : `Needs ${template.connections.join(", ")}`}
			</li>
		</ul>
	);
}
