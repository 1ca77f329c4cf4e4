import { useState } from "preact/hooks";
import { Callout } from "../../../components/surfaces";
import { CodeField } from "../../../designer/code-field";
import { useEditor } from "../context";
import { SamplePicker } from "./sample-picker";
import { type Found, useFilterPreview } from "./use-filter-preview";
import type { SampleEvent } from "./use-sample-event";

/** The condition that an event must meet, completed and tried on a real one. */
export function FilterField({ sample }: { sample: SampleEvent }) {
	const { editing } = useEditor();
	const filter = editing.draft.value.webhook.filter ?? "";
	const [touched, setTouched] = useState(false);
	const { found, scope } = useFilterPreview(filter, sample.event, touched || filter !== "");
	return (
		<>
			<CodeField
				label="Run only when"
				optional
				language="expression"
				value={filter}
				// An example would look like what is set to those who cannot type.
				placeholder={editing.readOnly ? "" : "event.body.quantity > 0"}
				readOnly={editing.readOnly}
				error={editing.fieldErrors.value.get("webhook.filter")}
				help="A condition on the event. Where it is not true, no step runs; the event is kept and listed as filtered."
				scope={() => scope}
				onFocus={() => setTouched(true)}
				onValue={(typed) =>
					editing.edit("webhook.filter", (before) => ({
						...before,
						webhook: { ...before.webhook, filter: typed.trim() === "" ? null : typed },
					}))
				}
			/>
			{filter !== "" && <SamplePicker sample={sample} />}
			{found !== null && sample.event !== undefined && <Verdict found={found} sequence={sample.event.sequence} />}
		</>
	);
}

function Verdict({ found, sequence }: { found: Found; sequence: number }) {
	switch (found.status) {
		case "failed":
			return (
				<Callout kind="bad" title={`Event #${sequence} would fail`}>
					{found.message}
				</Callout>
			);
		case "runs":
			return (
				<Callout kind="good" title={`Event #${sequence} would run`}>
					The condition is true for it.
				</Callout>
			);
		case "filtered":
			return <Callout title={`Event #${sequence} would be filtered`}>The condition is not true for it.</Callout>;
	}
}
