import { useEffect, useRef, useState } from "preact/hooks";
import type { DeliveryDetail, EventDetail, InboxEntry } from "../../../../worker/api/types";
import { Button, IconButton } from "../../../components/button";
import { BackIcon, RetryIcon } from "../../../components/icons";
import { StatusBadge } from "../../../components/status";
import { Callout, EmptyState, Skeleton } from "../../../components/surfaces";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { eventPath, useEditor } from "../context";
import { DeliveryVerdict } from "../logs/delivery-verdict";
import { CalledBy } from "../logs/failure-call";
import { MaskedNotice } from "../logs/masked-notice";
import { ReplayDialog } from "../logs/replay-dialog";
import { RequestFacts } from "../logs/request-facts";
import { senderName } from "../senders";
import { BatchNote } from "./batch-note";
import { EntryActs } from "./entry-acts";
import { EntryParts } from "./entry-parts";
import { EventTimeline } from "./event-timeline";
import { titleOf } from "./inbox-row";
import { shortReason, VerdictBadge } from "./verdict";
import "./entry.css";

interface EntryDetailProps {
	entryId: string;
	backHref: string;
	/** Called once, as soon as the heading is there. */
	arrive: (heading: HTMLElement) => void;
}

/** What came in, in full: how it was judged, its way through the workflow, its body, headers and query. */
export function EntryDetail({ entryId, ...rest }: EntryDetailProps) {
	return entryId.startsWith("evt_") ? <EventEntry eventId={entryId} {...rest} /> : <DeliveryEntry deliveryId={entryId} {...rest} />;
}

type Arriving = Omit<EntryDetailProps, "entryId">;

function EventEntry({ eventId, ...arriving }: Arriving & { eventId: string }) {
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
	if (event === undefined) return <Absent what="event" failure={failure} retry={reload} />;
	return (
		<Frame
			entry={{ id: event.id, event, delivery: null, batch: event.batch, snippet: null }}
			{...arriving}
			acts={
				!editing.readOnly && (
					<Button small icon={RetryIcon} onClick={() => setReplaying(true)}>
						Replay
					</Button>
				)
			}
			stored={event}
			contentType={event.contentType}
		>
			{replaying && <ReplayDialog event={event} onClose={() => setReplaying(false)} />}
			{event.afterAll !== null && <AfterAllNote of={event.afterAll} />}
			{event.batch !== null && <BatchNote batch={event.batch} entryId={event.id} />}
			{event.masked !== null && <MaskedNotice of={event.masked} />}
			<dl class="facts">
				{event.sender !== null && (
					<div>
						<dt>Sender</dt>
						<dd>{senderName(event.sender)}</dd>
					</div>
				)}
				{event.calledBy !== null && (
					<div>
						<dt>Source</dt>
						<dd>
							<CalledBy by={event.calledBy} />
						</dd>
					</div>
				)}
				<RequestFacts of={event} />
			</dl>
			<EventTimeline event={event} />
		</Frame>
	);
}

/** That no proof of its sender let it in, but a person. */
function AfterAllNote({ of: { deliveryId, reason } }: { of: NonNullable<EventDetail["afterAll"]> }) {
	const { editing } = useEditor();
	return (
		<Callout kind="warn" title="Accepted by hand, after all">
			{reason === "conflict"
				? "It was taken for a repeat with another body."
				: `As a delivery it was rejected${reason === null ? "" : `: ${shortReason(reason)}`}.`}{" "}
			<a href={eventPath(editing.id, deliveryId)}>Look at the delivery</a>, as long as it is kept.
		</Callout>
	);
}

function DeliveryEntry({ deliveryId, ...arriving }: Arriving & { deliveryId: string }) {
	const { editing } = useEditor();
	const { value: delivery, failure, reload, set } = useResource(`delivery ${deliveryId}`, () => calls.delivery(editing.id, deliveryId));
	if (delivery === undefined) return <Absent what="delivery" failure={failure} retry={reload} />;
	const contentType = delivery.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
	return (
		<Frame
			entry={{ id: delivery.id, event: null, delivery, batch: null, snippet: null }}
			{...arriving}
			stored={delivery}
			contentType={contentType}
		>
			<DeliveryVerdict
				delivery={delivery}
				onChange={reload}
				onAccepted={(made) => set({ ...delivery, ...made, status: "accepted", httpStatus: 202, missing: null })}
			/>
			<dl class="facts">
				<RequestFacts of={delivery} />
				{delivery.address !== null && (
					<div>
						<dt>Sent from</dt>
						<dd class="facts-long">{delivery.address}</dd>
					</div>
				)}
			</dl>
		</Frame>
	);
}

interface FrameProps extends Arriving {
	entry: InboxEntry;
	stored: EventDetail | DeliveryDetail;
	contentType: string | null;
	acts?: preact.ComponentChildren;
	children: preact.ComponentChildren;
}

function Frame({ entry, stored, contentType, backHref, arrive, acts, children }: FrameProps) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		if (heading.current !== null) arrive(heading.current);
	}, []);
	const { event } = entry;
	return (
		<article class="execution inbox-entry" aria-label={event === null ? "Delivery" : `Event ${event.sequence}`}>
			<header class="inbox-entry-head">
				<IconButton icon={BackIcon} label="Back to the list" href={backHref} />
				<h2 class="grow" ref={heading} tabIndex={-1}>
					{event !== null && <span class="faint">#{event.sequence} </span>}
					{titleOf(entry)}
				</h2>
				{acts}
			</header>
			<p class="inbox-entry-state">
				<VerdictBadge entry={entry} />
				{event !== null && <StatusBadge status={event.status} />}
			</p>
			{children}
			<EntryActs entry={entry} stored={stored} contentType={contentType} />
			<EntryParts stored={stored} contentType={contentType} isEvent={event !== null} />
		</article>
	);
}

const NOT_KEPT = {
	event: "It is older than what is kept.",
	delivery: "Of those that made no event the first and the last ones of each kind are; all are counted.",
};

function Absent({
	what,
	failure,
	retry,
}: {
	what: keyof typeof NOT_KEPT;
	failure: { status: number; message: string } | undefined;
	retry: () => void;
}) {
	if (failure === undefined)
		return (
			<div class="execution" aria-busy="true">
				<Skeleton width="260px" height="28px" />
				<Skeleton height="72px" lines={3} />
			</div>
		);
	if (failure.status === 404) return <EmptyState title={`This ${what} is not kept any more`}>{NOT_KEPT[what]}</EmptyState>;
	return (
		<Callout kind="bad" alert actions={<Button onClick={retry}>Try again</Button>}>
			{failure.message}
		</Callout>
	);
}
