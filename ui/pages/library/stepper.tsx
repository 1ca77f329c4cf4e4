import { CheckIcon } from "../../components/icons";

/** Where a wizard stands. */
export function Stepper({ steps, at }: { steps: readonly string[]; at: number }) {
	return (
		<ol class="stepper" aria-label="Steps">
			{steps.map((step, index) => (
				<li key={step} class={index < at ? "done" : undefined} aria-current={index === at ? "step" : undefined}>
					<span class="stepper-mark">{index < at ? <CheckIcon size={12} /> : index + 1}</span>
					{step}
					{index < at && <span class="unseen"> (done)</span>}
				</li>
			))}
		</ol>
	);
}
