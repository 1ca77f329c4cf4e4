import { Button } from "../../components/button";
import { Callout, Skeleton } from "../../components/surfaces";
import { useChunk } from "./chunk";

/** The designer, loaded when it is first opened. */
export function WorkflowTab() {
	const chunk = useChunk(() => import("../../designer/designer"));
	if (chunk.state === "ready") return <chunk.module.Designer />;
	if (chunk.state === "failed")
		return (
			<Callout kind="bad" alert actions={<Button onClick={chunk.retry}>Try again</Button>}>
				The designer could not be loaded.
			</Callout>
		);
	return (
		<div class="stack" aria-busy="true">
			<Skeleton height="64px" />
			<Skeleton height="64px" />
			<Skeleton height="64px" />
		</div>
	);
}
