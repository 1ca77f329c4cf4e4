import type { Region } from "./endpoint-key";

/** Where a request came from, as the platform tells. */
export interface Place {
	/** Two letters; `EU`. */
	continent?: string | undefined;
	/** ISO 3166-1 alpha-2. */
	country?: string | undefined;
	/** Degrees east, as text. */
	longitude?: string | undefined;
}

const MIDDLE_EAST = new Set(["AE", "BH", "IL", "IQ", "IR", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "TR", "YE"]);
/** West of it lies western North America, roughly along the Rocky Mountains. */
const AMERICAN_DIVIDE = -104;
/** East of it lies eastern Europe, from Poland and Croatia on. */
const EUROPEAN_DIVIDE = 15;

/** The region nearest to a place; `auto` where that cannot be said. */
export function nearestRegion({ continent, country, longitude }: Place): Region {
	const east = Number.parseFloat(longitude ?? "");
	if (MIDDLE_EAST.has(country ?? "")) return "me";
	switch (continent) {
		case "NA":
			return east < AMERICAN_DIVIDE ? "wnam" : "enam";
		case "SA":
			return "sam";
		case "EU":
			return east >= EUROPEAN_DIVIDE ? "eeur" : "weur";
		case "AS":
			return "apac";
		case "OC":
			return "oc";
		case "AF":
			return "afr";
		default:
			return "auto";
	}
}
