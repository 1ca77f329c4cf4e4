import { useState } from "preact/hooks";
import type { Region } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { TextArea, TextField } from "../../components/field";
import { goTo } from "../../navigation";
import { RegionField, useRegions } from "../library/region-field";

/** Makes a blank integration and opens it on its Webhook tab, the next step for most. */
export function AddIntegration({ onClose }: { onClose: () => void }) {
	const [name, setName] = useState("");
	const [description, setDescription] = useState("");
	const [region, setRegion] = useState<Region | null>(null);
	const { recommended } = useRegions();
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<string>();

	async function create() {
		if (name.trim() === "") return setError("Give the integration a name.");
		setBusy(true);
		const result = await call(
			api.integrations.$post({
				json: {
					name: name.trim(),
					region: region ?? recommended,
					...(description.trim() && { description: description.trim() }),
				},
			}),
		);
		setBusy(false);
		if (!result.ok) return setError(result.message);
		onClose();
		goTo(`/automations/${result.value.id}/webhook`);
	}

	return (
		<Dialog
			title="New integration"
			onClose={onClose}
			onSubmit={create}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind="primary" busy={busy}>
						Create
					</Button>
				</>
			}
		>
			<div class="stack">
				<TextField label="Name" value={name} onValue={setName} error={error} placeholder="Stock sync" maxLength={120} autocomplete="off" />
				<TextArea label="Description" optional value={description} onValue={setDescription} rows={2} maxLength={2_000} />
				<RegionField value={region} onValue={setRegion} />
			</div>
		</Dialog>
	);
}
