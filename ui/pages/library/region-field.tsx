import type { Region } from "../../../worker/api/types";
import { api, call } from "../../api";
import { SelectField } from "../../components/field";
import { useResource } from "../../resource";

const NAMES: Record<Region, string> = {
	auto: "Wherever you create it from",
	wnam: "North America, west",
	enam: "North America, east",
	sam: "South America",
	weur: "Europe, west",
	eeur: "Europe, east",
	apac: "Asia and the Pacific",
	oc: "Oceania",
	afr: "Africa",
	me: "Middle East",
};

/** Where a new integration may run; the region nearest to the person unless they choose another. */
export function useRegions(): { recommended: Region; items: Region[] } {
	const { value } = useResource("regions", () => call(api.regions.$get()));
	return value ?? { recommended: "auto", items: [] };
}

/** Asks where an integration is to run; nothing where there is no choice. */
export function RegionField({ value, onValue }: { value: Region | null; onValue: (region: Region) => void }) {
	const { recommended, items } = useRegions();
	if (items.length === 0) return null;
	return (
		<SelectField
			label="Where it runs"
			value={value ?? recommended}
			onValue={onValue}
			choices={items.map((region) => ({
				value: region,
				label: region === recommended && region !== "auto" ? `${NAMES[region]} (nearest to you)` : NAMES[region],
			}))}
			help="Best near the systems that it calls. It stays there: this cannot be changed later."
		/>
	);
}
