import { useEffect, useState } from "preact/hooks";
import type { EventSummary, ExecutionStatus } from "../../../../worker/api/types";
import { CopyButton } from "../../../components/copy-button";
import { StatusBadge } from "../../../components/status";
import { Card } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { calls } from "../calls";
import { eventPath, executionPath, useEditor } from "../context";
import { curlCommand } from "./curl";

/** A command to try the URL with, and what arrived, as it arrives. */
export function TryCard() {
	const { editing } = useEditor();
	const { webhook } = editing.server.value;
	const live = webhook.enabled;
	const method = editing.draft.value.webhook.methods[0] ?? "POST";
	if (webhook.url === null)
		return live ? (
			<Card title="Latest event">
				<LatestEvent />
			</Card>
		) : null;
	const command = curlCommand(webhook.url, method);
	return (
		<Card
			title="Try it"
			about={
				!live
					? "Press Save first. Then paste this into a terminal."
					: webhook.verification.scheme === "none"
						? "Paste this into a terminal, or enter the URL in the other system."
						: "This command is not signed, so it shows how a stranger is rejected. To try the workflow, use Run now."
			}
			actions={<CopyButton text={command} label="Copy command" />}
		>
			<div class="stack">
				{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
				<section class="curl" tabIndex={0} aria-label="curl command">
					<pre>{command}</pre>
				</section>
				{live && <LatestEvent />}
			</div>
		</Card>
	);
}

function LatestEvent() {
	const { editing, live } = useEditor();
	const [latest, setLatest] = useState<EventSummary | null | undefined>(undefined);
	const [status, setStatus] = useState<{ id: string; status: ExecutionStatus } | null>(null);

	useEffect(() => {
		let wanted = true;
		const load = async (): Promise<void> => {
			const answer = await calls.events(editing.id, { limit: 10 });
			if (!wanted || !answer.ok) return;
			const found = answer.value.items.find((event) => event.source === "webhook");
			setLatest((known) => (known && found && known.sequence > found.sequence ? known : (found ?? known ?? null)));
		};
		load();
		const stop = live.listen((changes, gap) => {
			if (gap) load();
			for (const change of changes) {
				if (change.kind === "event" && change.event.source === "webhook") setLatest(change.event);
				if (change.kind === "execution") setStatus({ id: change.execution.id, status: change.execution.status });
			}
		});
		return () => {
			wanted = false;
			stop();
		};
	}, [editing, live]);

	if (latest === undefined) return <p class="waiting" aria-busy="true" />;
	if (latest === null)
		return (
			<p class="waiting" role="status">
				<span class="waiting-dot" /> Waiting for the first event…
			</p>
		);
	const current = status?.id === latest.executionId ? status.status : latest.status;
	return (
		<div class="arrived" data-status={current} role="status">
			<StatusBadge status={current} />
			<span class="grow">
				Event {latest.sequence} received <Time iso={latest.receivedAt} />
			</span>
			{current === "filtered" ? (
				<a href={eventPath(editing.id, latest.id)}>Open it</a>
			) : (
				<a href={executionPath(editing.id, latest.executionId)}>Open its execution</a>
			)}
		</div>
	);
}
