import type { Template } from "../../../worker/api/types";
import { api, call } from "../../api";
import { SelectField, TextField } from "../../components/field";
import { useResource } from "../../resource";
import { STAND_IN } from "./answers";

const ADDRESS = "address";

export interface QuestionFieldProps {
	question: Template["questions"][number];
	answer: string;
	error: string | undefined;
	onAnswer: (answer: string) => void;
}

/** Integrations that can be sent to: their webhook is on. */
export function useReceivers(): { id: string; name: string }[] {
	const { value } = useResource("integrations to choose from", () => call(api.integrations.$get({ query: { limit: "100" } })));
	return value?.items.filter((one) => one.webhook.enabled) ?? [];
}

/** Where a template sends to: a stand-in that Inlet makes, another integration, or an address. */
export function IntegrationField({ question, answer, error, onAnswer }: QuestionFieldProps) {
	const receivers = useReceivers();
	const chosen = answer === STAND_IN || answer.startsWith("int_") ? answer : ADDRESS;
	const choices = [
		...(question.standIn === undefined ? [] : [{ value: STAND_IN, label: question.standIn }]),
		...receivers.map((one) => ({ value: one.id, label: `Integration: ${one.name}` })),
		{ value: ADDRESS, label: "An address of my own" },
	];
	return (
		<>
			<SelectField
				label={question.label}
				help={question.help}
				optional={!question.required}
				value={chosen}
				onValue={(choice) => onAnswer(choice === ADDRESS ? "" : choice)}
				choices={choices}
			/>
			{chosen === ADDRESS && (
				<TextField
					label={`Address of ${question.label.toLowerCase()}`}
					mono
					value={answer}
					onValue={onAnswer}
					error={error}
					placeholder={question.placeholder ?? "https://"}
					autocomplete="off"
				/>
			)}
		</>
	);
}
