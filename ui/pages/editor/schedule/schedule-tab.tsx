import type { ScheduleSettings } from "../../../../worker/api/types";
import { LinkButton } from "../../../components/button";
import { NumberField, SelectField, TextField } from "../../../components/field";
import { Callout, Card } from "../../../components/surfaces";
import { Switch } from "../../../components/switch";
import { ChoiceCards } from "../components/choice-cards";
import { tabPath, useEditor } from "../context";
import { PreviewCard } from "./preview-card";
import { StateCard } from "./state-card";
import { useSchedulePreview } from "./use-preview";
import { ZoneField } from "./zone-field";
import "./schedule.css";

const KINDS = [
	{ value: "periodic", label: "Periodic", about: "Every so many minutes or hours, counted from a start." },
	{ value: "daily", label: "Daily", about: "Once a day, at the same time of day." },
	{ value: "cron", label: "Cron", about: "Five fields, for everything else." },
] as const;

/** When the integration runs by itself. */
export function ScheduleTab() {
	const { editing } = useEditor();
	const { schedule } = editing.draft.value;
	const preview = useSchedulePreview(schedule);
	if (!editing.server.value.schedule.supported) return <Unsupported />;
	const change = (part: Partial<ScheduleSettings>): void =>
		editing.edit(`schedule.${Object.keys(part).join()}`, (before) => ({ ...before, schedule: { ...before.schedule, ...part } }));
	const saved = editing.fieldErrors.value;
	const errorOf = (field: string): string | undefined =>
		saved.get(`schedule.${field}`) ?? preview.errors.get(field) ?? preview.errors.get(`schedule.${field}`);
	return (
		<div class="editor-columns">
			<div class="stack">
				<Card>
					<Switch
						label="Enabled"
						checked={schedule.enabled}
						disabled={editing.readOnly}
						help={schedule.enabled ? "Each run is an event, like one from a webhook." : "Turn it on to run the workflow by itself."}
						onValue={(enabled) => change({ enabled })}
					/>
				</Card>
				<Card title="When">
					<div class="stack">
						<ChoiceCards
							label="Kind of schedule"
							choices={KINDS}
							value={schedule.kind}
							disabled={editing.readOnly}
							onValue={(kind) => change({ kind })}
						/>
						<KindFields schedule={schedule} change={change} errorOf={errorOf} readOnly={editing.readOnly} />
						<ZoneField
							value={schedule.timeZone}
							disabled={editing.readOnly}
							error={errorOf("timeZone")}
							onValue={(timeZone) => change({ timeZone })}
						/>
					</div>
				</Card>
			</div>
			<div class="stack">
				<PreviewCard preview={preview} enabled={schedule.enabled} />
				{editing.server.value.schedule.enabled && <StateCard />}
			</div>
		</div>
	);
}

interface KindFieldsProps {
	schedule: ScheduleSettings;
	change: (part: Partial<ScheduleSettings>) => void;
	errorOf: (field: string) => string | undefined;
	readOnly: boolean;
}

function KindFields({ schedule, change, errorOf, readOnly }: KindFieldsProps) {
	switch (schedule.kind) {
		case "periodic":
			return (
				<div class="schedule-fields">
					<NumberField
						label="Every"
						value={schedule.every}
						min={1}
						max={10_000}
						disabled={readOnly}
						error={errorOf("every")}
						onValue={(every) => every !== null && change({ every })}
					/>
					<SelectField
						label="Unit"
						value={schedule.unit}
						disabled={readOnly}
						choices={[
							{ value: "minutes", label: schedule.every === 1 ? "minute" : "minutes" },
							{ value: "hours", label: schedule.every === 1 ? "hour" : "hours" },
						]}
						onValue={(unit) => change({ unit })}
					/>
					<TextField
						class="schedule-start"
						label="Activate on"
						optional
						type="datetime-local"
						value={schedule.activateOn ?? ""}
						disabled={readOnly}
						error={errorOf("activateOn")}
						help="The first run; the others are counted from it. Empty means from the moment of the save."
						onValue={(text) => change({ activateOn: text === "" ? null : text.slice(0, 16) })}
					/>
				</div>
			);
		case "daily":
			return (
				<div class="schedule-fields">
					<TextField
						label="Daily at"
						type="time"
						value={schedule.at}
						disabled={readOnly}
						error={errorOf("at")}
						onValue={(at) => change({ at: at.slice(0, 5) })}
					/>
				</div>
			);
		case "cron":
			return (
				<TextField
					label="Cron expression"
					mono
					value={schedule.cron}
					disabled={readOnly}
					spellcheck={false}
					maxLength={120}
					error={errorOf("cron")}
					help="minute, hour, day of month, month, day of week. 0 6 * * 1-5 is 06:00 from Monday to Friday."
					onValue={(cron) => change({ cron })}
				/>
			);
	}
}

function Unsupported() {
	const { editing } = useEditor();
	return (
		<Callout
			title="This integration takes no schedule"
			actions={
				<LinkButton kind="primary" href={tabPath(editing.id, "webhook")}>
					Open Webhook
				</LinkButton>
			}
		>
			A webhook starts it, at the moment when something happens.
		</Callout>
	);
}
