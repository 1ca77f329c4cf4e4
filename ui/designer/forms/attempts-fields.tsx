import { useState } from "preact/hooks";
import type { HttpStep } from "../../../worker/api/types";
import { NumberField, SelectField, TextField } from "../../components/field";
import { Fold } from "../fold";
import { describeRetry } from "../retry-words";
import { readStatuses, statusesText } from "../statuses";

interface AttemptsFieldsProps {
	step: HttpStep;
	readOnly: boolean;
	errorOf: (field: string) => string | undefined;
	onStep: (step: HttpStep, field: string) => void;
}

/** Time limit, further attempts, and what counts as success. Folded: the defaults suit most. */
export function AttemptsFields({ step, readOnly, errorOf, onStep }: AttemptsFieldsProps) {
	const { retry } = step;
	const change = (part: Partial<HttpStep["retry"]>): void => onStep({ ...step, retry: { ...retry, ...part } }, "retry");
	const wrong = ["timeoutMs", "retry.attempts", "retry.initialMs", "retry.maxMs", "acceptStatus"].some(
		(field) => errorOf(field) !== undefined,
	);
	return (
		<Fold
			alert={wrong}
			summary={
				<>
					Time limit and retries <span class="faint">{describeRetry(step)}</span>
				</>
			}
		>
			<div class="attempts-fields">
				<NumberField
					label="Time limit, in seconds"
					value={step.timeoutMs / 1000}
					min={0.1}
					max={120}
					step={0.1}
					disabled={readOnly}
					error={errorOf("timeoutMs")}
					onValue={(seconds) => seconds !== null && onStep({ ...step, timeoutMs: Math.round(seconds * 1000) }, "timeoutMs")}
				/>
				<NumberField
					label="Attempts in all"
					value={retry.attempts}
					min={1}
					max={20}
					disabled={readOnly}
					error={errorOf("retry.attempts")}
					onValue={(attempts) => attempts !== null && change({ attempts })}
				/>
				<SelectField
					label="Pause between them"
					value={retry.backoff}
					disabled={readOnly}
					choices={[
						{ value: "exponential", label: "doubles each time" },
						{ value: "fixed", label: "always the same" },
					]}
					onValue={(backoff) => change({ backoff })}
				/>
				<NumberField
					label="First pause, in seconds"
					value={retry.initialMs / 1000}
					min={0.01}
					max={3600}
					step={0.1}
					disabled={readOnly}
					error={errorOf("retry.initialMs")}
					onValue={(seconds) => seconds !== null && change({ initialMs: Math.round(seconds * 1000) })}
				/>
				{retry.backoff === "exponential" && (
					<NumberField
						label="Longest pause, in seconds"
						value={retry.maxMs / 1000}
						min={0.01}
						max={86_400}
						disabled={readOnly}
						error={errorOf("retry.maxMs")}
						onValue={(seconds) => seconds !== null && change({ maxMs: Math.round(seconds * 1000) })}
					/>
				)}
				<AcceptField step={step} readOnly={readOnly} error={errorOf("acceptStatus")} onStep={onStep} />
			</div>
		</Fold>
	);
}

interface AcceptFieldProps {
	step: HttpStep;
	readOnly: boolean;
	error: string | undefined;
	onStep: (step: HttpStep, field: string) => void;
}

function AcceptField({ step, readOnly, error, onStep }: AcceptFieldProps) {
	const [half, setHalf] = useState<string | null>(null);
	const type = (text: string): void => {
		const read = readStatuses(text);
		setHalf(read === null ? text : null);
		if (read === null) return;
		const { acceptStatus: _before, ...rest } = step;
		onStep(read.length === 0 ? rest : { ...rest, acceptStatus: read }, "acceptStatus");
	};
	return (
		<TextField
			label="Statuses that count as success"
			optional
			placeholder="200-299"
			value={half ?? statusesText(step.acceptStatus)}
			disabled={readOnly}
			help="Numbers and ranges, such as 200-299, 404."
			error={half === null ? error : "Numbers from 100 to 599, or ranges such as 200-299."}
			onValue={type}
		/>
	);
}
