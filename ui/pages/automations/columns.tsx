import type { IntegrationSummary } from "../../../worker/api/types";
import { IconButton } from "../../components/button";
import { CopyIcon, DeleteIcon, EditIcon, WorkflowIcon } from "../../components/icons";
import { StatusBadge } from "../../components/status";
import { Tag } from "../../components/surfaces";
import type { Column } from "../../components/table";
import { Time } from "../../components/time";

const CATEGORIES_SHOWN = 2;

interface Acts {
	mayEdit: boolean;
	onDuplicate: (row: IntegrationSummary) => void;
	onDelete: (row: IntegrationSummary) => void;
	onCategory: (category: string) => void;
}

/** The columns of My Automations, its row's acts last. */
export function columnsOf({ mayEdit, onDuplicate, onDelete, onCategory }: Acts): Column<IntegrationSummary>[] {
	return [
		{
			id: "name",
			header: "Name",
			narrow: "bare",
			cell: (row) => (
				<div class="row">
					<a class="row-name" href={`/automations/${row.id}/general`}>
						{row.name}
					</a>
					{row.status === "paused" && <StatusBadge status="paused" />}
				</div>
			),
		},
		{
			id: "description",
			header: "Description",
			narrow: "bare",
			cell: (row) => row.description && <span class="row-description soft">{row.description}</span>,
		},
		{
			id: "categories",
			header: "Categories",
			narrow: "bare",
			cell: (row) => row.categories.length > 0 && <Categories categories={row.categories} onCategory={onCategory} />,
		},
		{
			id: "schedule",
			header: "Schedule",
			cell: (row) => <Trigger enabled={row.schedule.enabled} at={row.statistics.nextRunAt} before="next run" never="no run due" ahead />,
		},
		{
			id: "webhook",
			header: "Webhook",
			cell: (row) => (
				<Trigger enabled={row.webhook.enabled} at={row.statistics.lastReceivedAt} before="received" never="nothing received" />
			),
		},
		{
			id: "last",
			header: "Last execution",
			cell: (row) =>
				row.statistics.lastExecutionStatus ? (
					<span class="two-lines">
						<StatusBadge status={row.statistics.lastExecutionStatus} plain />
						<span class="soft small">
							<Time iso={row.statistics.lastExecutionAt} />
						</span>
					</span>
				) : (
					<span class="faint">none yet</span>
				),
		},
		{
			id: "acts",
			header: "Actions",
			headerUnseen: true,
			align: "end",
			narrow: "bare",
			cell: (row) => (
				<div class="row-acts">
					<IconButton accent icon={WorkflowIcon} label={`Workflow ${row.name}`} tip="Workflow" href={`/automations/${row.id}/workflow`} />
					<IconButton accent icon={EditIcon} label={`Edit ${row.name}`} tip="Edit" href={`/automations/${row.id}/general`} />
					<IconButton
						icon={CopyIcon}
						label={`Duplicate ${row.name}`}
						tip="Duplicate"
						disabled={!mayEdit}
						onClick={() => onDuplicate(row)}
					/>
					<IconButton icon={DeleteIcon} label={`Delete ${row.name}`} tip="Delete" disabled={!mayEdit} onClick={() => onDelete(row)} />
				</div>
			),
		},
	];
}

interface TriggerProps {
	enabled: boolean;
	at: string | null;
	before: string;
	never: string;
	/** The time may lie ahead. */
	ahead?: boolean;
}

function Trigger({ enabled, at, before, never, ahead = false }: TriggerProps) {
	if (!enabled) return <StatusBadge status="off" plain />;
	return (
		<span class="two-lines">
			<StatusBadge status="on" plain />
			<span class="soft small">
				{at === null ? (
					never
				) : (
					<>
						{before} <Time iso={at} ahead={ahead} />
					</>
				)}
			</span>
		</span>
	);
}

function Categories({ categories, onCategory }: { categories: string[]; onCategory: (category: string) => void }) {
	const hidden = categories.slice(CATEGORIES_SHOWN);
	return (
		<span class="row-categories">
			{categories.slice(0, CATEGORIES_SHOWN).map((category) => (
				<button type="button" key={category} class="tag tag-button" title={`Show ${category} only`} onClick={() => onCategory(category)}>
					{category}
				</button>
			))}
			{hidden.length > 0 && (
				<span title={hidden.join(", ")}>
					<Tag>+{hidden.length}</Tag>
				</span>
			)}
		</span>
	);
}
