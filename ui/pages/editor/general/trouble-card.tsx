import { NumberField, SelectField } from "../../../components/field";
import { Callout, Card } from "../../../components/surfaces";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { tabPath, useEditor } from "../context";
import { outside } from "../webhook/order-card";

const NOBODY = "";

/** What happens when this integration fails, or hears nothing. */
export function TroubleCard() {
	const { editing } = useEditor();
	const { silenceMinutes } = editing.draft.value;
	return (
		<Card
			title="When something goes wrong"
			about={
				<>
					Alerts for the whole workspace are set under <a href="/settings/alerts">Settings</a>.
				</>
			}
		>
			<div class="stack">
				<OnFailure />
				<NumberField
					label="Alert after so many minutes without an event"
					optional
					value={silenceMinutes}
					min={5}
					max={43_200}
					disabled={editing.readOnly}
					error={outside(silenceMinutes, 5, 43_200) ?? editing.fieldErrors.value.get("silenceMinutes")}
					help="Empty: as set for the workspace, or learned from what is usual here."
					onValue={(next) => editing.edit("silenceMinutes", (before) => ({ ...before, silenceMinutes: next }))}
				/>
			</div>
		</Card>
	);
}

function OnFailure() {
	const { editing } = useEditor();
	const chosen = editing.draft.value.onFailureIntegrationId;
	const { value: others } = useResource("integrations to run at a failure", calls.others);
	const listed = others?.items.filter(({ id }) => id !== editing.id) ?? [];
	const known = listed.find(({ id }) => id === chosen);
	// One that the list lacks was deleted, or there are more than a list holds.
	const missing = chosen !== null && others !== undefined && known === undefined;
	const looked = useResource(missing ? `integration named ${chosen}` : null, () => calls.integration(chosen ?? ""));
	const gone = missing && looked.failure?.status === 404;
	const name = known?.name ?? looked.value?.name ?? (gone ? "An integration that was deleted" : "…");
	const status = known?.status ?? looked.value?.status;
	return (
		<>
			<SelectField
				label="When an event fails, run"
				value={chosen ?? NOBODY}
				disabled={editing.readOnly}
				error={editing.fieldErrors.value.get("onFailureIntegrationId")}
				choices={[
					{ value: NOBODY, label: "Nothing" },
					...(chosen !== null && known === undefined ? [{ value: chosen, label: name }] : []),
					...listed.map(({ id, name: label }) => ({ value: id, label })),
				]}
				help="It runs once for each event that has no tries left, and gets what failed, where, why, and a link to it."
				onValue={(id) => editing.edit(null, (before) => ({ ...before, onFailureIntegrationId: id === NOBODY ? null : id }))}
			/>
			{gone && (
				<Callout kind="warn" title="The integration that was to run was deleted">
					Nothing runs when an event fails. Choose another one.
				</Callout>
			)}
			{chosen !== null && status === "paused" && (
				<Callout kind="warn" title={`“${name}” is paused`}>
					It keeps what it is told, and runs when it is <a href={tabPath(chosen, "general")}>resumed</a>.
				</Callout>
			)}
		</>
	);
}
