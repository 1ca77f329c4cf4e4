import type { Usage } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Card, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { useResource } from "../../resource";
import { describeBytes } from "./bytes";

const QUOTAS: readonly { name: keyof Usage; label: string; words: (amount: number) => string }[] = [
	{ name: "integrations", label: "Integrations", words: (amount) => amount.toLocaleString() },
	{ name: "pendingEvents", label: "Pending events", words: (amount) => amount.toLocaleString() },
	{ name: "keptBytes", label: "Kept history", words: describeBytes },
];

const NEARLY_FULL = 0.9;

/** What the workspace uses of its quotas, a bar each. */
export function UsageCard() {
	const { value, failure, reload } = useResource("usage", () => call(api.usage.$get()));
	return (
		<Card title="Usage" about="What this workspace uses of its quotas.">
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{!failure && (
				<div class="usage">
					{QUOTAS.map(({ name, label, words }) => {
						const share = value?.[name];
						return (
							<div key={name}>
								<div class="row apart">
									<span>{label}</span>
									<span class="soft">{share ? `${words(share.used)} of ${words(share.limit)}` : <Skeleton width="90px" />}</span>
								</div>
								<Bar part={share ? share.used / Math.max(share.limit, 1) : 0} />
							</div>
						);
					})}
				</div>
			)}
		</Card>
	);
}

/** The words beside it say the same. */
function Bar({ part }: { part: number }) {
	return (
		<div class="meter" aria-hidden="true">
			<div class={part >= NEARLY_FULL ? "meter-fill nearly-full" : "meter-fill"} style={{ width: `${Math.min(100, part * 100)}%` }} />
		</div>
	);
}
