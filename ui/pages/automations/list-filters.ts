const STATUSES = ["", "active", "paused"] as const;
type StatusFilter = (typeof STATUSES)[number];

/** What the list is narrowed to; an empty text means everything. */
export interface ListFilters {
	search: string;
	category: string;
	status: StatusFilter;
}

/** The filters live in the address, so that a narrowed list can be shared, reloaded and gone back to. */
export function readFilters(query: Record<string, string>): ListFilters {
	return { search: query.search ?? "", category: query.category ?? "", status: STATUSES.find((status) => status === query.status) ?? "" };
}

/** The filters that narrow anything, as query parameters of both the page and the API. */
export function writeFilters(filters: ListFilters): Record<string, string> {
	return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
}
