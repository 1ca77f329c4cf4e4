import type { StepType } from "../../worker/api/types";
import { FilterIcon, type Icon, LinkOutIcon, MapIcon } from "../components/icons";
import { STEP_KINDS, STEP_TYPES } from "./steps";

export const STEP_ICONS: Record<StepType, Icon> = { map: MapIcon, filter: FilterIcon, http: LinkOutIcon };

/** The kinds of step, each with what it is for. */
export function StepLibrary({ onChoose }: { onChoose: (type: StepType) => void }) {
	return (
		<div class="step-library">
			{STEP_TYPES.map((type) => {
				const Picture = STEP_ICONS[type];
				const { title, purpose } = STEP_KINDS[type];
				return (
					<button
						type="button"
						key={type}
						class="step-kind"
						onClick={() => onChoose(type)}
						aria-label={`Add ${title}`}
						aria-description={purpose}
					>
						<span class="step-icon" data-type={type}>
							<Picture />
						</span>
						<span>
							<strong>{title}</strong>
							<span class="field-help">{purpose}</span>
						</span>
					</button>
				);
			})}
		</div>
	);
}
