import { useEffect, useRef, useState } from "preact/hooks";
import { SelectField, TextField } from "../../components/field";
import { SearchIcon } from "../../components/icons";
import type { ListFilters } from "./list-filters";

const SEARCH_DELAY_MS = 200;

interface FiltersProps {
	filters: ListFilters;
	items: readonly { categories: string[] }[] | undefined;
	onChange: (filters: ListFilters) => void;
}

export function Filters({ filters, items, onChange }: FiltersProps) {
	const [typed, setTyped] = useState(filters.search);
	const latest = useRef({ filters, onChange });
	latest.current = { filters, onChange };
	const categories = useSeen(items, filters.category);

	// The list follows the typing with a short delay: one question to the worker a word, not a letter.
	useEffect(() => {
		const timer = setTimeout(() => {
			const { filters: current, onChange: change } = latest.current;
			if (typed.trim() !== current.search) change({ ...current, search: typed.trim() });
		}, SEARCH_DELAY_MS);
		return () => clearTimeout(timer);
	}, [typed]);

	// A search that was cleared elsewhere empties the box.
	useEffect(() => {
		if (filters.search === "") setTyped("");
	}, [filters.search]);

	return (
		<search class="filters">
			<div class="search-box">
				<SearchIcon />
				<TextField
					label="Search integrations"
					unlabelled
					type="search"
					placeholder="Search name or description"
					value={typed}
					onValue={setTyped}
					autocomplete="off"
				/>
			</div>
			<SelectField
				label="Category"
				unlabelled
				value={filters.category}
				onValue={(category) => onChange({ ...filters, category })}
				choices={[{ value: "", label: "All categories" }, ...categories.map((category) => ({ value: category, label: category }))]}
			/>
			<SelectField
				label="Status"
				unlabelled
				value={filters.status}
				onValue={(status) => onChange({ ...filters, status })}
				choices={[
					{ value: "", label: "All statuses" },
					{ value: "active", label: "Active" },
					{ value: "paused", label: "Paused" },
				]}
			/>
		</search>
	);
}

/** The categories met so far: a narrowed list must not take the other choices away. */
function useSeen(items: FiltersProps["items"], chosen: string): string[] {
	const seen = useRef(new Set<string>());
	for (const item of items ?? []) for (const category of item.categories) seen.current.add(category);
	if (chosen !== "") seen.current.add(chosen);
	return [...seen.current].sort((a, b) => a.localeCompare(b));
}
