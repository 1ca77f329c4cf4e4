import { Button, IconButton } from "../../../components/button";
import { BackIcon } from "../../../components/icons";
import { StatusBadge } from "../../../components/status";
import { Callout, EmptyState, Skeleton } from "../../../components/surfaces";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { headerOf } from "../components/body";
import { BodyView } from "../components/body-view";
import { useEditor } from "../context";
import { DeliveryVerdict } from "./delivery-verdict";
import { HeadersTable } from "./http-exchange";
import { RequestFacts } from "./request-facts";

/** A delivery that became no event: as it came, and why. */
export function DeliveryDetail({ deliveryId, backHref }: { deliveryId: string; backHref: string }) {
	const { editing } = useEditor();
	const { value: delivery, failure, reload } = useResource(`delivery ${deliveryId}`, () => calls.delivery(editing.id, deliveryId));
	if (delivery === undefined) {
		if (failure === undefined)
			return (
				<div class="execution" aria-busy="true">
					<Skeleton width="260px" height="28px" />
					<Skeleton height="72px" lines={2} />
				</div>
			);
		return failure.status === 404 ? (
			<EmptyState level={3} title="This delivery is not kept any more">
				The last thousand rejected deliveries are; all are counted.
			</EmptyState>
		) : (
			<Callout kind="bad" alert actions={<Button onClick={reload}>Try again</Button>}>
				{failure.message}
			</Callout>
		);
	}
	const repeats = delivery.status === "duplicate" && delivery.reason !== "conflict";
	return (
		<article class="execution" aria-label="Delivery">
			<header class="execution-head">
				<IconButton icon={BackIcon} label="Back to the list" href={backHref} />
				<h2 class="grow">Delivery</h2>
				<StatusBadge status={delivery.status} />
			</header>
			<DeliveryVerdict delivery={delivery} onChange={reload} />
			<dl class="facts">
				<RequestFacts of={delivery} />
			</dl>
			<section aria-label="Headers">
				<HeadersTable headers={delivery.headers} of="delivery" />
			</section>
			<section aria-label="Body">
				<h3>Body</h3>
				{delivery.status === "handshake" ? (
					<p class="soft">That of a handshake is not kept: it may hold a secret.</p>
				) : repeats ? (
					<p class="soft">The same as that of event #{delivery.sequence}, where it is kept.</p>
				) : (
					<BodyView
						label="Delivery body"
						body={delivery.body}
						base64={delivery.bodyEncoding === "base64"}
						contentType={headerOf(delivery.headers, "content-type")}
					/>
				)}
			</section>
		</article>
	);
}
