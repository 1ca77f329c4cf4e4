import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { IntegrationSummary } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { AddIcon, AutomationsIcon, LibraryIcon } from "../../components/icons";
import { Menu } from "../../components/menu";
import { Page } from "../../components/page";
import { Card, EmptyState } from "../../components/surfaces";
import { DataTable, LoadFailure, Pager } from "../../components/table";
import { toast, toastFailure } from "../../components/toast";
import { goTo } from "../../navigation";
import { usePages } from "../../resource";
import { hasRole } from "../../session";
import { AddIntegration } from "./add-integration";
import { columnsOf } from "./columns";
import { DeleteIntegration } from "./delete-integration";
import { Filters } from "./filters";
import { readFilters, writeFilters } from "./list-filters";
import "./automations.css";

const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

/** My Automations: every integration of the workspace, a row each. */
export function Automations() {
	const { query, path } = useLocation();
	const filters = readFilters(query);
	const [adding, setAdding] = useState(false);
	const [deleting, setDeleting] = useState<IntegrationSummary | null>(null);
	const mayEdit = hasRole("member");

	const wanted = { limit: String(PAGE_SIZE), ...writeFilters(filters) };
	const pages = usePages(
		`integrations?${new URLSearchParams(wanted)}`,
		(cursor) => call(api.integrations.$get({ query: cursor === undefined ? wanted : { ...wanted, cursor } })),
		REFRESH_MS,
	);
	const { items, failure } = pages;
	const filtered = Object.keys(writeFilters(filters)).length > 0;
	const bare = items?.length === 0 && !filtered && pages.previous === null;

	async function duplicate(row: IntegrationSummary) {
		const result = await call(api.integrations[":id"].duplicate.$post({ param: { id: row.id } }));
		if (!result.ok) return toastFailure(result);
		await pages.reload();
		const copy = result.value;
		toast(`“${copy.name}” was made. Its webhook and schedule are off.`, {
			undo: async () => {
				const undone = await call(api.integrations[":id"].$delete({ param: { id: copy.id } }));
				if (!undone.ok) toastFailure(undone);
				await pages.reload();
			},
		});
	}

	return (
		<Page
			title="My Automations"
			actions={
				mayEdit && (
					<Menu
						class="button primary"
						align="end"
						items={[
							{ label: "Blank integration", icon: AddIcon, onSelect: () => setAdding(true) },
							{ label: "From the Library", icon: LibraryIcon, href: "/library" },
						]}
					>
						<AddIcon />
						<span>Add</span>
					</Menu>
				)
			}
		>
			{!bare && (
				<Filters filters={filters} items={items} onChange={(next) => goTo(withQuery(path, writeFilters(next)), { replace: true })} />
			)}
			{failure && <LoadFailure failure={failure} onRetry={pages.reload} />}
			{(items !== undefined || !failure) && (
				<Card flush>
					<div class="automations">
						<DataTable
							label="My Automations"
							columns={columnsOf({
								mayEdit,
								onDuplicate: duplicate,
								onDelete: setDeleting,
								onCategory: (category) => goTo(withQuery(path, writeFilters({ ...filters, category }))),
							})}
							rows={items}
							rowKey={(row) => row.id}
							onOpen={(row) => goTo(`/automations/${row.id}/general`)}
							empty={
								bare ? (
									<EmptyState
										icon={AutomationsIcon}
										title="No integrations yet"
										actions={
											mayEdit && (
												<>
													<Button kind="primary" icon={AddIcon} onClick={() => setAdding(true)}>
														Create an integration
													</Button>
													<Button icon={LibraryIcon} onClick={() => goTo("/library")}>
														Browse the Library
													</Button>
												</>
											)
										}
									>
										An integration receives events, at its own URL or on a schedule, and runs its workflow for each of them.
									</EmptyState>
								) : (
									<EmptyState
										title="Nothing matches"
										actions={<Button onClick={() => goTo(path, { replace: true })}>Clear search and filters</Button>}
									>
										No integration has this name, description, category or status.
									</EmptyState>
								)
							}
						/>
					</div>
					<Pager pages={pages} size={PAGE_SIZE} label="My Automations" />
				</Card>
			)}
			{adding && <AddIntegration onClose={() => setAdding(false)} />}
			{deleting && <DeleteIntegration integration={deleting} onDeleted={pages.reload} onClose={() => setDeleting(null)} />}
		</Page>
	);
}

function withQuery(path: string, query: Record<string, string>): string {
	const text = new URLSearchParams(query).toString();
	return text === "" ? path : `${path}?${text}`;
}
