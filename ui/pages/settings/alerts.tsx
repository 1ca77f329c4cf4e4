import { useState } from "preact/hooks";
import type { AlertSettings } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { CodeBlock } from "../../components/code-block";
import { ConfirmDialog, Dialog } from "../../components/dialog";
import { Checkbox, NumberField, SelectField, TextField } from "../../components/field";
import { Callout, Card, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { toast, toastFailure } from "../../components/toast";
import { useResource } from "../../resource";
import { hasRole } from "../../session";
import { AlertList } from "./alerts-list";

const MINUTES_AT_FIRST = 60;

/** What needs a person: the alerts, which of them are wanted, and the webhook that they go to. */
export function Alerts() {
	const admin = hasRole("admin");
	const { value, failure, reload, set } = useResource(admin ? "alerts/settings" : null, () => call(api.alerts.settings.$get()));
	return (
		<>
			<AlertList />
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{admin && !value && !failure && (
				<Card title="Alert settings">
					<Skeleton lines={4} />
				</Card>
			)}
			{admin && value && <Wanted settings={value} onSaved={set} />}
			{admin && value && <Destination settings={value} onSaved={set} />}
		</>
	);
}

interface PartProps {
	settings: AlertSettings;
	onSaved: (settings: AlertSettings) => void;
}

function Wanted({ settings, onSaved }: PartProps) {
	const [failed, setFailed] = useState(settings.failed);
	const [blocked, setBlocked] = useState(settings.blocked);
	const [silence, setSilence] = useState(settings.silence);
	const [learned, setLearned] = useState<"learned" | "fixed">(settings.silenceMinutes === null ? "learned" : "fixed");
	const [minutes, setMinutes] = useState<number | null>(settings.silenceMinutes ?? MINUTES_AT_FIRST);
	const [busy, setBusy] = useState(false);
	const fixed = learned === "fixed";
	const wrong = silence && fixed && (minutes === null || minutes < 5) ? "At least 5 minutes." : undefined;

	async function save() {
		if (wrong) return;
		setBusy(true);
		const json = { failed, blocked, silence, silenceMinutes: fixed ? minutes : null };
		const result = await call(api.alerts.settings.$patch({ json }));
		setBusy(false);
		if (!result.ok) return toastFailure(result);
		onSaved(result.value);
		toast("The alert settings were saved.");
	}

	return (
		<Card title="When to alert" about="One alert an integration and reason, however often it happens, until it is over.">
			<form
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					save();
				}}
			>
				<Checkbox
					label="Events fail"
					help="They ran out of tries. Over when nothing has failed for an hour."
					checked={failed}
					onValue={setFailed}
				/>
				<Checkbox label="A lane is blocked" help="It waits for a person: retry, skip or replay." checked={blocked} onValue={setBlocked} />
				<Checkbox label="Silence" help="Nothing came for longer than usual." checked={silence} onValue={setSilence} />
				{silence && (
					<SelectField
						label="Silence is"
						value={learned}
						onValue={setLearned}
						choices={[
							{ value: "learned", label: "Twice its usual longest pause" },
							{ value: "fixed", label: "A fixed time" },
						]}
						help={
							fixed
								? undefined
								: "Learned from the past two weeks of each integration. Never shorter than two hours; a new integration needs two days."
						}
					/>
				)}
				{silence && fixed && (
					<NumberField
						label="Minutes without an event"
						value={minutes}
						onValue={setMinutes}
						min={5}
						max={43_200}
						{...(wrong && { error: wrong })}
					/>
				)}
				<div>
					<Button type="submit" kind="primary" busy={busy}>
						Save
					</Button>
				</div>
			</form>
		</Card>
	);
}

function Destination({ settings, onSaved }: PartProps) {
	const [url, setUrl] = useState(settings.webhookUrl ?? "");
	const [error, setError] = useState<string>();
	const [busy, setBusy] = useState<"save" | "test" | null>(null);
	const [secret, setSecret] = useState<string>();
	const [renewing, setRenewing] = useState(false);
	const [tested, setTested] = useState<{ delivered: boolean; reason: string | null }>();
	const changed = url.trim() !== (settings.webhookUrl ?? "");

	async function save() {
		setBusy("save");
		setTested(undefined);
		const result = await call(api.alerts.settings.$patch({ json: { webhookUrl: url.trim() === "" ? null : url.trim() } }));
		setBusy(null);
		if (!result.ok) return setError(result.message);
		setError(undefined);
		const { secret: made, ...saved } = result.value;
		onSaved(saved);
		if (made !== null) setSecret(made);
		toast(saved.webhookUrl === null ? "Alerts are no longer sent." : "Alerts go to this URL now.");
	}

	async function test() {
		setBusy("test");
		const result = await call(api.alerts.test.$post());
		setBusy(null);
		if (result.ok) setTested(result.value);
		else toastFailure(result);
	}

	return (
		<Card title="Where to send alerts" about="Each alert is posted as JSON when it opens, and again while it grows, at most once an hour.">
			<form
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					save();
				}}
			>
				<TextField
					label="Alert webhook URL"
					optional
					value={url}
					onValue={setUrl}
					error={error}
					placeholder="https://hooks.example.com/alerts"
					maxLength={2000}
					spellcheck={false}
					autocomplete="off"
					help="Leave it empty to see alerts here only."
				/>
				<div class="row">
					<Button type="submit" kind="primary" busy={busy === "save"} disabled={!changed}>
						Save
					</Button>
					<Button busy={busy === "test"} disabled={changed || settings.webhookUrl === null} onClick={test}>
						Send test alert
					</Button>
					{settings.hasSecret && <Button onClick={() => setRenewing(true)}>New signing secret</Button>}
				</div>
				{tested && (
					<Callout
						kind={tested.delivered ? "good" : "bad"}
						alert
						title={tested.delivered ? "The test alert arrived" : "The test alert did not arrive"}
					>
						{tested.reason}
					</Callout>
				)}
			</form>
			{secret !== undefined && (
				<Dialog
					title="Signing secret"
					onClose={() => setSecret(undefined)}
					actions={<Button onClick={() => setSecret(undefined)}>Done</Button>}
				>
					<div class="stack">
						<p>
							Copy it now: it is shown once. Alerts are signed with it by the rules of Standard Webhooks, so that their receiver can check
							them.
						</p>
						<CodeBlock text={secret} label="Signing secret" copyLabel="Copy secret" />
					</div>
				</Dialog>
			)}
			{renewing && (
				<ConfirmDialog
					title="New signing secret"
					action="Make new secret"
					onClose={() => setRenewing(false)}
					onConfirm={async () => {
						const result = await call(api.alerts.secret.$post());
						if (!result.ok) return result.message;
						setSecret(result.value.secret);
						return undefined;
					}}
				>
					<p>The present secret signs nothing more. Give the new one to the receiver.</p>
				</ConfirmDialog>
			)}
		</Card>
	);
}
