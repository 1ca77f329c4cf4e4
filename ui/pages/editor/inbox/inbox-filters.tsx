import type { Ref } from "preact";
import type { InboxEntry } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { SelectField, TextField } from "../../../components/field";
import { SearchIcon } from "../../../components/icons";
import { Fold } from "../../../designer/fold";
import { SOURCES } from "../logs/words";
import { senderName } from "../senders";
import { type InboxFilters, type InboxPart, withFilter } from "./filters";
import { fieldPath } from "./search";
import { useTyped } from "./use-typed";
import { VERDICT_CHOICES } from "./verdict";

const STATUSES = [
	{ value: "", label: "Any status" },
	...["queued", "running", "waiting", "succeeded", "failed", "filtered", "cancelled"].map((status) => ({ value: status, label: status })),
];

const FROM_WHERE = [{ value: "", label: "Any source" }, ...Object.entries(SOURCES).map(([value, label]) => ({ value, label }))];
/** Those that are folded away. */
const MORE = ["source", "sender", "name", "from", "to", "key", "field", "value"] as const;

interface InboxFiltersProps {
	filters: InboxFilters;
	onFilters: (filters: InboxFilters) => void;
	/** Of which senders and names are offered. */
	entries: readonly InboxEntry[];
	searchRef: Ref<HTMLInputElement>;
	onKeys: () => void;
}

/** Words, verdict, status and more to narrow the inbox by. */
export function InboxFilterForm({ filters, onFilters, entries, searchRef, onKeys }: InboxFiltersProps) {
	const [typed, setTyped] = useTyped(filters, onFilters);
	const set = (part: InboxPart) => (value: string) => setTyped(withFilter(typed, part, value));
	const more = MORE.filter((part) => filters[part] !== undefined).length;
	const senders = [...new Set([...entries.flatMap(({ event }) => event?.sender ?? []), ...(typed.sender ? [typed.sender] : [])])].sort();
	const names = [...new Set(entries.flatMap(({ event }) => event?.name ?? []))].sort();
	return (
		<search class="inbox-filters" aria-label="Narrow the inbox">
			<div class="inbox-filter-row">
				<div class="search-box inbox-search">
					<SearchIcon />
					<TextField
						label="Search the inbox"
						unlabelled
						type="search"
						ref={searchRef}
						value={typed.q ?? ""}
						maxLength={500}
						placeholder="Words, #12 or an id"
						onValue={set("q")}
						onKeyDown={(event) => {
							if (event.key === "Escape" && typed.q === undefined) event.currentTarget.blur();
						}}
					/>
				</div>
				<SelectField label="Verdict" unlabelled choices={VERDICT_CHOICES} value={(typed.verdict ?? "") as never} onValue={set("verdict")} />
				<SelectField label="Status" unlabelled choices={STATUSES} value={typed.status ?? ""} onValue={set("status")} />
				{Object.keys(filters).length > 0 && (
					<Button kind="quiet" onClick={() => setTyped({}, true)}>
						Clear
					</Button>
				)}
				<span class="grow" />
				<Button kind="quiet" class="inbox-keys-button" onClick={onKeys}>
					Keys <kbd>?</kbd>
				</Button>
			</div>
			<Fold summary={more === 0 ? "More filters" : `More filters (${more})`} alert={more > 0}>
				<div class="inbox-more">
					<SelectField label="Source" choices={FROM_WHERE} value={typed.source ?? ""} onValue={set("source")} />
					<SelectField
						label="Sender"
						choices={[{ value: "", label: "Any sender" }, ...senders.map((id) => ({ value: id, label: senderName(id) }))]}
						value={typed.sender ?? ""}
						onValue={set("sender")}
					/>
					<TextField
						label="Event name"
						value={typed.name ?? ""}
						maxLength={200}
						placeholder="invoice"
						list="inbox-names"
						onValue={set("name")}
					/>
					<datalist id="inbox-names">
						{names.map((name) => (
							<option key={name} value={name} />
						))}
					</datalist>
					<TextField label="Received from" type="datetime-local" value={typed.from ?? ""} onValue={set("from")} />
					<TextField label="Received until" type="datetime-local" value={typed.to ?? ""} onValue={set("to")} />
					<TextField label="Key of its order" value={typed.key ?? ""} maxLength={1000} placeholder="CHAIR-OAK" onValue={set("key")} />
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
						onValue={set("field")}
					/>
					<TextField
						label="Value of the field"
						value={typed.value ?? ""}
						maxLength={500}
						error={(typed.field === undefined) === (typed.value === undefined) ? undefined : "Fill in both, the field and its value."}
						onValue={set("value")}
					/>
				</div>
			</Fold>
		</search>
	);
}
