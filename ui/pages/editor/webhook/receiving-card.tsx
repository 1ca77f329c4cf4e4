import { Checkbox, SelectField } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { useEditor } from "../context";
import type { Draft } from "../editing";

const METHODS = ["POST", "PUT", "PATCH", "DELETE", "GET"] as const;
type Method = (typeof METHODS)[number];

/** What the URL takes and what it answers. */
export function ReceivingCard() {
	const { editing } = useEditor();
	const { methods, response } = editing.draft.value.webhook;
	const errors = editing.fieldErrors.value;
	const change = (part: Partial<Draft["webhook"]>): void =>
		editing.edit(null, (before) => ({ ...before, webhook: { ...before.webhook, ...part } }));
	const turn = (method: Method, on: boolean): void =>
		change({ methods: METHODS.filter((one) => (one === method ? on : methods.includes(one))) });
	return (
		<Card title="Requests and answers" about="The defaults suit nearly every sender.">
			<div class="stack">
				<fieldset class="methods">
					<legend>Methods it takes</legend>
					<div class="row methods-row">
						{METHODS.map((method) => (
							<Checkbox
								key={method}
								label={method}
								checked={methods.includes(method)}
								disabled={editing.readOnly || (methods.length === 1 && methods.includes(method))}
								onValue={(on) => turn(method, on)}
							/>
						))}
					</div>
					{errors.get("webhook.methods") && <p class="field-error">{errors.get("webhook.methods")}</p>}
				</fieldset>
				<div class="answer-row">
					<SelectField
						label="Status it answers"
						value={response.status === 200 ? "200" : "202"}
						disabled={editing.readOnly}
						choices={[
							{ value: "202", label: "202 Accepted" },
							{ value: "200", label: "200 OK" },
						]}
						onValue={(status) => change({ response: { ...response, status: status === "200" ? 200 : 202 } })}
					/>
					<SelectField
						label="Body it answers"
						value={response.body}
						disabled={editing.readOnly}
						choices={[
							{ value: "json", label: "JSON with the event's id" },
							{ value: "empty", label: "Nothing" },
						]}
						onValue={(body) => change({ response: { ...response, body } })}
					/>
				</div>
				<p class="field-help">
					The sender is answered as soon as the event is safely stored, before the workflow runs. So a body that is not valid JSON is
					accepted too; the execution that reads it then fails, and Logs say why.
				</p>
			</div>
		</Card>
	);
}
