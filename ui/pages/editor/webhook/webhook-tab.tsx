import { LinkButton } from "../../../components/button";
import { Callout, Card } from "../../../components/surfaces";
import { Switch } from "../../../components/switch";
import { tabPath, useEditor } from "../context";
import { AcceptedCard } from "./accepted-card";
import { DuplicatesCard } from "./duplicates-card";
import { HandshakeNotice } from "./handshake-notice";
import { LimitsCard } from "./limits-card";
import { OrderCard } from "./order-card";
import { ReceivingCard } from "./receiving-card";
import { SenderCard } from "./sender-card";
import { TryCard } from "./try-card";
import { UrlCard } from "./url-card";
import { useSampleEvent } from "./use-sample-event";
import { useSender } from "./use-sender";
import "./webhook.css";

/** The unique URL that starts this integration, and how what it receives is treated. */
export function WebhookTab() {
	const { editing } = useEditor();
	return editing.server.value.webhook.supported ? <Supported /> : <Unsupported />;
}

function Supported() {
	const { editing } = useEditor();
	const sample = useSampleEvent();
	const sender = useSender();
	const { enabled, verification } = editing.draft.value.webhook;
	return (
		<div class="editor-columns">
			<div class="stack">
				<HandshakeNotice />
				<Card>
					<div class="stack">
						<Switch
							label="Enabled"
							checked={enabled}
							disabled={editing.readOnly}
							help={
								!enabled
									? "The URL is kept, and answers 404 until this is turned on."
									: verification.scheme === "none"
										? "Every request to the URL starts the workflow."
										: "Every request that proves to come from the sender starts the workflow."
							}
							onValue={(on) => editing.edit(null, (before) => ({ ...before, webhook: { ...before.webhook, enabled: on } }))}
						/>
						{enabled && <UrlCard />}
					</div>
				</Card>
				{enabled && <SenderCard sender={sender} />}
				{enabled && <TryCard />}
				<OrderCard sample={sample} sender={sender.value} />
				{enabled && <DuplicatesCard sample={sample} sender={sender.value} />}
				{enabled && <AcceptedCard sample={sample} sender={sender.value} />}
				{enabled && <LimitsCard />}
				{enabled && <ReceivingCard />}
			</div>
			<About />
		</div>
	);
}

function About() {
	const { editing } = useEditor();
	return (
		<Card title="What is a webhook?">
			<div class="stack tight">
				<p>
					A message that one system sends to another at the moment when something happens. The warehouse posts to a URL of yours as soon as
					a stock level changes, and this integration updates the shop.
				</p>
				<p>
					The other way is to ask again and again whether there is anything new. That needs a timetable and is late by half its interval:
					see the <a href={tabPath(editing.id, "schedule")}>Schedule</a> tab.
				</p>
				{!editing.readOnly && (
					<ol class="about-steps">
						<li>Turn Enabled on and copy the URL.</li>
						<li>Choose who sends, so that nobody else can.</li>
						<li>Press Save, at the top right.</li>
						<li>Enter the URL in the other system, where it asks for a webhook.</li>
					</ol>
				)}
			</div>
		</Card>
	);
}

function Unsupported() {
	const { editing } = useEditor();
	const { templateId } = editing.server.value;
	return (
		<Callout
			title="This integration takes no webhook"
			actions={
				<>
					<LinkButton href={templateId === null ? "/library" : `/library/${encodeURIComponent(templateId)}`}>
						Template in the Library
					</LinkButton>
					<LinkButton kind="primary" href={tabPath(editing.id, "schedule")}>
						Open Schedule
					</LinkButton>
				</>
			}
		>
			It asks the other system for news on a schedule, because that system does not send webhooks. Its template in the Library says what it
			needs. When it runs is set in the Schedule tab.
		</Callout>
	);
}
