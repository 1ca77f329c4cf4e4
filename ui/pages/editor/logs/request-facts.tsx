import { describeDuration, describeExactly, Time } from "../../../components/time";
import { describeSize, shownQuery } from "../components/body";

interface RequestFactsProps {
	of: { receivedAt: string; occurredAt?: string | null; method: string; path: string; query: string; size: number };
}

/** What came in and when, as entries of a list of facts: of a delivery and of its event alike. */
export function RequestFacts({ of }: RequestFactsProps) {
	return (
		<>
			{of.occurredAt && (
				<div>
					<dt>Happened</dt>
					<dd title={describeExactly(of.occurredAt)}>
						<Time iso={of.occurredAt} full />
						<span class="faint">{describeLag(Date.parse(of.receivedAt) - Date.parse(of.occurredAt))}</span>
					</dd>
				</div>
			)}
			<div>
				<dt>Received</dt>
				<dd>
					<Time iso={of.receivedAt} full />
				</dd>
			</div>
			<div>
				<dt>Request</dt>
				<dd class="facts-long">
					{of.method} {of.path}
					{shownQuery(of.query)}
				</dd>
			</div>
			<div>
				<dt>Size</dt>
				<dd>{describeSize(of.size)}</dd>
			</div>
		</>
	);
}

/** Senders round to the second, and clocks differ: a second either way is no lag. */
function describeLag(ms: number): string {
	return Math.abs(ms) < 2_000 ? "" : ms > 0 ? `, ${describeDuration(ms)} before it came` : ", by the sender's clock";
}
