import type { SenderView } from "../../../../worker/api/types";
import { SelectField, TextField } from "../../../components/field";
import { useEditor } from "../context";
import { optionIsSet, optionText, withOption } from "./verification";

type Option = SenderView["options"][number];

/** What a sender needs beside its secret. */
export function SenderOptions({ view: { options } }: { view: SenderView }) {
	if (options.length === 0) return null;
	return (
		<div class="answer-row">
			{options.map((option) => (
				<OptionField key={option.id} option={option} />
			))}
		</div>
	);
}

function OptionField({ option: { id, name, help, required, secret, choices } }: { option: Option }) {
	const { editing } = useEditor();
	const { verification } = editing.draft.value.webhook;
	const common = {
		label: name,
		help,
		optional: !required,
		required,
		disabled: editing.readOnly,
		value: optionText(verification, id),
		error: editing.fieldErrors.value.get(`webhook.verification.${id}`),
		onValue: (text: string) =>
			editing.edit(`verification.${id}`, (before) => ({
				...before,
				webhook: { ...before.webhook, verification: takeOption(before.webhook.verification, text) },
			})),
	};
	const saved = editing.server.value.webhook.verification;
	const isSet = secret && saved.scheme === verification.scheme && optionIsSet(saved, id);
	// An emptied field leaves what is kept.
	const takeOption = (before: typeof verification, text: string): typeof verification =>
		text === "" && isSet ? { ...before, [id]: (saved as typeof verification)[id] } : withOption(before, id, text);
	if (choices.length > 0)
		return (
			<SelectField
				{...common}
				choices={[{ value: "", label: required ? "Choose…" : "Not set" }, ...choices.map((choice) => ({ value: choice, label: choice }))]}
			/>
		);
	return (
		<TextField
			{...common}
			mono
			type={secret ? "password" : "text"}
			placeholder={isSet ? "Set; enter another to replace it" : ""}
			maxLength={2_000}
			autocomplete="off"
			spellcheck={false}
		/>
	);
}
