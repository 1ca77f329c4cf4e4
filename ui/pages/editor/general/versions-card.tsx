import { useState } from "preact/hooks";
import type { VersionSummary } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { ConfirmDialog, Dialog } from "../../../components/dialog";
import { Callout, Card, Skeleton, Tag } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { toast } from "../../../components/toast";
import { usePages, useResource } from "../../../resource";
import { calls } from "../calls";
import { PayloadTree } from "../components/payload-tree";
import { useEditor } from "../context";

/** Every saved version, to look at and to go back to. */
export function VersionsCard() {
	const { editing } = useEditor();
	const { version } = editing.server.value;
	const pages = usePages(`versions ${editing.id} ${version}`, (cursor) =>
		calls.versions(editing.id, { limit: 12, cursor: cursor ?? null }),
	);
	const [viewed, setViewed] = useState<number | null>(null);
	const [restored, setRestored] = useState<number | null>(null);
	return (
		<Card title="Versions" about="Every save is kept. A running execution ends with the version that it began with.">
			<div aria-busy={pages.items === undefined}>
				{pages.failure && <Callout kind="bad">{pages.failure.message}</Callout>}
				{pages.items === undefined && !pages.failure && <Skeleton height="32px" lines={3} />}
				<ul class="version-list">
					{pages.items?.map((item) => (
						<VersionRow
							key={item.version}
							item={item}
							current={item.version === version}
							onView={() => setViewed(item.version)}
							onRestore={editing.readOnly ? null : () => setRestored(item.version)}
						/>
					))}
				</ul>
				{(pages.previous || pages.next) && (
					<div class="row">
						<Button small disabled={!pages.previous} onClick={() => pages.previous?.()}>
							Newer
						</Button>
						<Button small disabled={!pages.next} onClick={() => pages.next?.()}>
							Older
						</Button>
					</div>
				)}
			</div>
			{viewed !== null && <VersionDialog version={viewed} onClose={() => setViewed(null)} />}
			{restored !== null && (
				<ConfirmDialog
					title={`Restore version ${restored}?`}
					action="Restore"
					danger={false}
					onClose={() => setRestored(null)}
					onConfirm={async () => {
						const answer = await calls.restore(editing.id, restored);
						if (!answer.ok) return answer.message;
						editing.adopt(answer.value, true);
						toast(`Version ${restored} is in force again, as version ${answer.value.version}.`);
						return undefined;
					}}
				>
					It is saved as a new version and counts for executions that begin from then on.
					{editing.changed.value && " Your unsaved changes are replaced; Undo brings them back."}
				</ConfirmDialog>
			)}
		</Card>
	);
}

function VersionRow({
	item,
	current,
	onView,
	onRestore,
}: {
	item: VersionSummary;
	current: boolean;
	onView: () => void;
	onRestore: (() => void) | null;
}) {
	return (
		<li>
			<div class="grow">
				<div class="row">
					<strong>Version {item.version}</strong> {current && <Tag>current</Tag>}
				</div>
				<div class="soft small">
					<Time iso={item.savedAt} full />
					{item.savedBy && <> by {item.savedBy}</>}
				</div>
			</div>
			<Button small kind="quiet" aria-label={`View version ${item.version}`} onClick={onView}>
				View
			</Button>
			{!current && onRestore && (
				<Button small kind="quiet" aria-label={`Restore version ${item.version}`} onClick={onRestore}>
					Restore
				</Button>
			)}
		</li>
	);
}

function VersionDialog({ version, onClose }: { version: number; onClose: () => void }) {
	const { editing } = useEditor();
	const detail = useResource(`version ${editing.id} ${version}`, () => calls.version(editing.id, version));
	const shown = detail.value;
	return (
		<Dialog title={`Version ${version}`} wide onClose={onClose}>
			{detail.failure && <Callout kind="bad">{detail.failure.message}</Callout>}
			{!shown && !detail.failure && <Skeleton lines={6} />}
			{shown && (
				<PayloadTree
					label={`Version ${version}`}
					value={{ workflow: shown.workflow, vars: shown.vars, webhook: shown.webhook, schedule: shown.schedule, ordering: shown.ordering }}
				/>
			)}
		</Dialog>
	);
}
