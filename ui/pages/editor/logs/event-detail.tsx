import { useEffect, useState } from "preact/hooks";
import { Button, IconButton } from "../../../components/button";
import { BackIcon, RetryIcon } from "../../../components/icons";
import { StatusBadge } from "../../../components/status";
import { Callout, EmptyState, Skeleton } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { BodyView } from "../components/body-view";
import { executionPath, useEditor } from "../context";
import { senderName } from "../senders";
import { CalledBy } from "./failure-call";
import { HeadersTable } from "./http-exchange";
import { MaskedNotice } from "./masked-notice";
import { ReplayDialog } from "./replay-dialog";
import { RequestFacts } from "./request-facts";
import { SOURCES } from "./words";

/** One event as it was received, and its executions. */
export function EventDetail({ eventId, backHref }: { eventId: string; backHref: string }) {
	const { editing, live } = useEditor();
	const [replaying, setReplaying] = useState(false);
	const { value: event, failure, reload } = useResource(`event ${eventId}`, () => calls.event(editing.id, eventId));

	useEffect(
		() =>
			live.listen((changes, gap) => {
				if (gap || changes.some((change) => change.kind === "execution" && change.execution.eventId === eventId)) reload();
			}),
		[live, eventId, reload],
	);

	if (event === undefined) {
		if (failure === undefined)
			return (
				<div class="execution" aria-busy="true">
					<Skeleton width="260px" height="28px" />
					<Skeleton height="72px" lines={2} />
				</div>
			);
		return failure.status === 404 ? (
			<EmptyState title="There is no such event">It may be older than what is kept.</EmptyState>
		) : (
			<Callout kind="bad" alert actions={<Button onClick={reload}>Try again</Button>}>
				{failure.message}
			</Callout>
		);
	}
	return (
		<article class="execution" aria-label={`Event ${event.sequence}`}>
			<header class="execution-head">
				<IconButton icon={BackIcon} label="Back to the list" href={backHref} />
				<h2 class="grow">Event #{event.sequence}</h2>
				<StatusBadge status={event.status} />
				{!editing.readOnly && (
					<Button small icon={RetryIcon} onClick={() => setReplaying(true)}>
						Replay
					</Button>
				)}
			</header>
			{replaying && <ReplayDialog event={event} onClose={() => setReplaying(false)} />}
			<dl class="facts">
				<div>
					<dt>Source</dt>
					<dd>{event.calledBy === null ? SOURCES[event.source] : <CalledBy by={event.calledBy} />}</dd>
				</div>
				{event.sender !== null && (
					<div>
						<dt>Sender</dt>
						<dd>{senderName(event.sender)}</dd>
					</div>
				)}
				{event.name !== null && (
					<div>
						<dt>Its name there</dt>
						<dd class="facts-long">{event.name}</dd>
					</div>
				)}
				<RequestFacts of={event} />
			</dl>
			{event.masked !== null && <MaskedNotice of={event.masked} />}
			<section aria-label="Headers">
				<HeadersTable headers={event.headers} of="event" />
			</section>
			<section aria-label="Body">
				<h3>Body</h3>
				<BodyView
					label="Event body"
					body={event.body}
					base64={event.bodyEncoding === "base64"}
					contentType={event.contentType}
					root={["event", "body"]}
				/>
			</section>
			<section aria-label="Executions">
				<h3>Executions</h3>
				<ul class="log-rows">
					{event.executions.map((execution) => (
						<li key={execution.id}>
							<a class="log-row" href={executionPath(editing.id, execution.id)}>
								<StatusBadge status={execution.status} plain />
								<span class="log-number">try {execution.number}</span>
								<span class="log-text clip">{execution.error?.message ?? `Version ${execution.version}`}</span>
								<span class="log-took" />
								<span class="log-when">
									<Time iso={execution.startedAt ?? execution.receivedAt} />
								</span>
							</a>
						</li>
					))}
				</ul>
			</section>
		</article>
	);
}
