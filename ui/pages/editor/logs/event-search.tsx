import { Button } from "../../../components/button";
import { SelectField, TextField } from "../../../components/field";
import { SearchIcon } from "../../../components/icons";
import { Fold } from "../../../designer/fold";
import { type EventSearch, fieldPath, type SearchPart, withPart } from "./search";
import { useTyped } from "./use-typed";
import { SOURCES } from "./words";
import "./search.css";

const STATUSES = [
	{ value: "", label: "Any status" },
	...["queued", "running", "waiting", "succeeded", "failed", "filtered", "cancelled"].map((status) => ({ value: status, label: status })),
];
const FROM_WHERE = [{ value: "", label: "Any source" }, ...Object.entries(SOURCES).map(([value, label]) => ({ value, label }))];

interface EventSearchProps {
	search: EventSearch;
	onSearch: (search: EventSearch) => void;
}

/** Words, times and values to find events by. */
export function EventSearchForm({ search, onSearch }: EventSearchProps) {
	const [typed, setTyped] = useTyped(search, onSearch);
	const type = (part: SearchPart) => (value: string) => setTyped(withPart(typed, part, value));
	const { q, ...filters } = search;
	const count = Object.keys(filters).length;
	return (
		<search class="event-search" aria-label="Search the events">
			<div class="row">
				<div class="search-box grow">
					<SearchIcon />
					<TextField
						label="Words in the events"
						unlabelled
						type="search"
						value={typed.q ?? ""}
						maxLength={500}
						placeholder="Search words in the payload"
						onValue={type("q")}
					/>
				</div>
				{Object.keys(search).length > 0 && (
					<Button kind="quiet" onClick={() => setTyped({}, true)}>
						Clear
					</Button>
				)}
			</div>
			<Fold summary={count === 0 ? "Filters" : `Filters (${count})`} alert={count > 0}>
				<div class="event-filters">
					<TextField label="Received from" type="datetime-local" value={typed.from ?? ""} onValue={type("from")} />
					<TextField label="Received until" type="datetime-local" value={typed.to ?? ""} onValue={type("to")} />
					<SelectField label="Status" choices={STATUSES} value={typed.status ?? ""} onValue={type("status")} />
					<SelectField label="Source" choices={FROM_WHERE} value={typed.source ?? ""} onValue={type("source")} />
					<TextField label="Key of its order" value={typed.key ?? ""} maxLength={1000} placeholder="CHAIR-OAK" onValue={type("key")} />
					<TextField
						label="Field"
						mono
						value={typed.field ?? ""}
						spellcheck={false}
						maxLength={200}
						placeholder="sku or event.headers.x-topic"
						error={
							typed.field !== undefined && fieldPath(typed.field) === null
								? "A path such as sku, order.id or event.headers.x-topic."
								: undefined
						}
						onValue={type("field")}
					/>
					<TextField
						label="Value of the field"
						value={typed.value ?? ""}
						maxLength={500}
						error={(typed.field === undefined) === (typed.value === undefined) ? undefined : "Fill in both, the field and its value."}
						onValue={type("value")}
					/>
				</div>
			</Fold>
		</search>
	);
}
