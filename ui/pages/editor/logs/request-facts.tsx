import { Time } from "../../../components/time";
import { describeSize } from "../components/body";

/** What came in and when, as three entries of a list of facts: of a delivery and of its event alike. */
export function RequestFacts({ of }: { of: { receivedAt: string; method: string; path: string; query: string; size: number } }) {
	return (
		<>
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
					{of.query}
				</dd>
			</div>
			<div>
				<dt>Size</dt>
				<dd>{describeSize(of.size)}</dd>
			</div>
		</>
	);
}
