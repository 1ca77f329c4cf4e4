import { useState } from "preact/hooks";
import { Field } from "../../../components/field";
import { CloseIcon } from "../../../components/icons";
import "./tokens-field.css";

interface TokensFieldProps {
	label: string;
	help?: string;
	error?: string | undefined;
	value: readonly string[];
	onValue: (value: string[]) => void;
	disabled?: boolean;
}

const TOKEN_MAX = 40;

/** A short list of words: Enter or a comma adds one, Backspace in the empty field removes the last. */
export function TokensField({ label, help, error, value, onValue, disabled = false }: TokensFieldProps) {
	const [typed, setTyped] = useState("");

	const add = (text: string): void => {
		const words = text.split(",").map((word) => word.trim().slice(0, TOKEN_MAX));
		const fresh = words.filter((word, i) => word !== "" && !value.includes(word) && words.indexOf(word) === i);
		if (fresh.length > 0) onValue([...value, ...fresh]);
		setTyped("");
	};

	return (
		<Field label={label} error={error} {...(help === undefined ? {} : { help })}>
			{(control) => (
				<div class="tokens control">
					{value.map((word) => (
						<span class="token" key={word}>
							{word}
							{!disabled && (
								<button type="button" aria-label={`Remove ${word}`} onClick={() => onValue(value.filter((one) => one !== word))}>
									<CloseIcon size={12} />
								</button>
							)}
						</span>
					))}
					<input
						{...control}
						value={typed}
						disabled={disabled}
						placeholder={value.length === 0 && !disabled ? "Type one and press Enter" : ""}
						onInput={(event) => {
							const text = event.currentTarget.value;
							if (text.includes(",")) add(text);
							else setTyped(text);
						}}
						onKeyDown={(event) => {
							if (event.key === "Enter") {
								event.preventDefault();
								add(typed);
							} else if (event.key === "Backspace" && typed === "" && value.length > 0) onValue(value.slice(0, -1));
						}}
						onBlur={() => add(typed)}
					/>
				</div>
			)}
		</Field>
	);
}
