import type { HttpStep, WorkflowProblem } from "../../../worker/api/types";
import { SelectField } from "../../components/field";
import { calls } from "../../pages/editor/calls";
import { useResource } from "../../resource";
import { ExpressionField } from "../expression-field";
import { AttemptsFields } from "./attempts-fields";
import { BodyFields } from "./body-fields";
import { HeaderRows } from "./header-rows";

const METHODS = (["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const).map((method) => ({ value: method, label: method }));

interface HttpFormProps {
	step: HttpStep;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onStep: (step: HttpStep, field: string) => void;
}

/** A call to another system. */
export function HttpForm({ step, index, readOnly, problems, onStep }: HttpFormProps) {
	const errorOf = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.message;
	return (
		<div class="stack">
			<div class="http-line">
				<SelectField
					label="Method"
					choices={METHODS}
					value={step.method}
					disabled={readOnly}
					onValue={(method) => onStep({ ...step, method }, "method")}
				/>
				<ExpressionField
					label="URL"
					kind="url"
					singleLine
					value={step.url}
					index={index}
					readOnly={readOnly}
					placeholder="https://shop.example/products/{{ steps.map.sku }}"
					error={errorOf("url")}
					onValue={(url) => onStep({ ...step, url }, "url")}
				/>
			</div>
			<ConnectionField step={step} readOnly={readOnly} error={errorOf("connectionId")} onStep={onStep} />
			<HeaderRows step={step} index={index} readOnly={readOnly} errorOf={errorOf} onStep={onStep} />
			{step.method !== "GET" && step.method !== "HEAD" && (
				<BodyFields step={step} index={index} readOnly={readOnly} problems={problems} onStep={onStep} />
			)}
			<AttemptsFields step={step} readOnly={readOnly} errorOf={errorOf} onStep={onStep} />
		</div>
	);
}

interface ConnectionFieldProps {
	step: HttpStep;
	readOnly: boolean;
	error: string | undefined;
	onStep: (step: HttpStep, field: string) => void;
}

function ConnectionField({ step, readOnly, error, onStep }: ConnectionFieldProps) {
	const connections = useResource("connections of the designer", calls.connections);
	const items = connections.value?.items ?? [];
	const known = step.connectionId === null || items.some((one) => one.id === step.connectionId);
	const choices = [
		{ value: "", label: "None: the system needs no credentials" },
		...items.map((one) => ({ value: one.id, label: `${one.name} (${one.hosts.join(", ")})` })),
		...(known ? [] : [{ value: step.connectionId ?? "", label: connections.loading ? "Loading…" : "A connection that is gone" }]),
	];
	return (
		<SelectField
			label="Connection"
			choices={choices}
			value={step.connectionId ?? ""}
			disabled={readOnly}
			error={error}
			help={
				<>
					Adds sealed credentials to the call, so that nobody types a token here. Made under <a href="/connections">Connections</a>.
				</>
			}
			onValue={(id) => onStep({ ...step, connectionId: id === "" ? null : id }, "connectionId")}
		/>
	);
}
