import { api, call } from "../../api";
import { ConfirmDialog } from "../../components/dialog";
import { toast } from "../../components/toast";

interface DeleteIntegrationProps {
	integration: { id: string; name: string };
	onDeleted: () => void;
	onClose: () => void;
}

/** Deletes an integration, confirmed by its name. */
export function DeleteIntegration({ integration, onDeleted, onClose }: DeleteIntegrationProps) {
	return (
		<ConfirmDialog
			title="Delete integration"
			action="Delete"
			name={integration.name}
			onClose={onClose}
			onConfirm={async () => {
				const result = await call(api.integrations[":id"].$delete({ param: { id: integration.id } }));
				if (!result.ok) return result.message;
				toast(`“${integration.name}” was deleted.`);
				onDeleted();
				return undefined;
			}}
		>
			<p>
				Its URL stops working at once: senders get 404. Its events, executions and every version of its workflow are removed. This cannot be
				undone.
			</p>
		</ConfirmDialog>
	);
}
