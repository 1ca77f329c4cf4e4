import { StatusBadge } from "../components/status";
import { shorten } from "./completion";
import { useDesigner } from "./context";

/** What the step gives over the sample, and how it ended in the sample's last execution. */
export function CardResult({ id }: { id: string }) {
	const { sample } = useDesigner();
	const record = sample.execution.value?.steps.find((step) => step.id === id);
	const result = sample.loaded.value?.steps[id];
	if (record && record.status !== "pending") return <span class="card-result">{<StatusBadge status={record.status} plain />}</span>;
	if (result === undefined || result.status === "unknown") return null;
	return (
		<span class="card-result faint clip" title="Over the sample">
			{result.status === "value"
				? shorten(result.value, 32)
				: result.status === "filtered"
					? "filters the sample out"
					: "fails on the sample"}
		</span>
	);
}
