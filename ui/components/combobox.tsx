import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { Field } from "./field";
import { matching, type Option } from "./matching";
import "./combobox.css";

interface ComboboxProps {
	label: string;
	help?: string;
	error?: string | undefined;
	/** In the order in which they are listed; those of one group stand together. */
	options: readonly Option[];
	/** Value of the chosen one. */
	value: string;
	onValue: (value: string) => void;
	disabled?: boolean;
	/** Said where nothing has the typed name. */
	nothing: string;
}

/** One of many, found by typing. Arrow keys move, Enter takes, Escape leaves it as it was. */
export function Combobox({ label, help, error, options, value, onValue, disabled = false, nothing }: ComboboxProps) {
	/** null: closed. */
	const [typed, setTyped] = useState<string | null>(null);
	const [at, setAt] = useState(0);
	const input = useRef<HTMLInputElement>(null);
	const list = useRef<HTMLDivElement>(null);
	const id = useId();
	const open = typed !== null;
	const chosen = options.find((option) => option.value === value);
	const found = useMemo(() => matching(options, typed ?? ""), [options, typed]);

	useEffect(() => {
		if (open) list.current?.querySelector(`#${CSS.escape(`${id}-${at}`)}`)?.scrollIntoView({ block: "nearest" });
	}, [open, at, id]);

	function unfold(): void {
		if (open || disabled) return;
		setTyped("");
		setAt(
			Math.max(
				0,
				options.findIndex((option) => option.value === value),
			),
		);
		input.current?.select();
	}

	function take(option: Option | undefined): void {
		setTyped(null);
		if (option !== undefined && option.value !== value) onValue(option.value);
	}

	function press(event: KeyboardEvent): void {
		const last = found.length - 1;
		const to = {
			ArrowDown: Math.min(at + 1, last),
			ArrowUp: Math.max(at - 1, 0),
			PageDown: Math.min(at + 8, last),
			PageUp: Math.max(at - 8, 0),
		}[event.key];
		if (to !== undefined) {
			event.preventDefault();
			if (open) setAt(to);
			else unfold();
		} else if (event.key === "Enter") {
			event.preventDefault();
			if (open) take(found[at]);
			else unfold();
		} else if (event.key === "Escape" && open) {
			event.preventDefault();
			event.stopPropagation();
			setTyped(null);
		}
	}

	return (
		<Field label={label} error={error} {...(help === undefined ? {} : { help })}>
			{(control) => (
				<div class="combobox">
					<input
						{...control}
						ref={input}
						class="control combobox-input"
						role="combobox"
						aria-expanded={open}
						aria-controls={open ? `${id}-list` : undefined}
						aria-autocomplete="list"
						aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
						autocomplete="off"
						spellcheck={false}
						disabled={disabled}
						value={typed === null || typed === "" ? (open ? typed : (chosen?.label ?? value)) : typed}
						placeholder={open ? (chosen?.label ?? "") : ""}
						onClick={unfold}
						onInput={(event) => {
							setTyped(event.currentTarget.value);
							setAt(0);
						}}
						onKeyDown={press}
						onBlur={() => setTyped(null)}
					/>
					{open && (
						<div class="combobox-popup">
							{found.length === 0 && <p class="combobox-nothing">{nothing}</p>}
							<div class="combobox-list" role="listbox" id={`${id}-list`} aria-label={label} ref={list} hidden={found.length === 0}>
								{found.map((option, index) => (
									// biome-ignore lint/a11y/useKeyWithClickEvents: the field that keeps the focus takes the keys
									// biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant instead
									<div
										key={option.value}
										id={`${id}-${index}`}
										role="option"
										class="combobox-option"
										aria-selected={option.value === value}
										data-at={index === at}
										data-group={option.group !== found[index - 1]?.group}
										// The field keeps the focus.
										onMouseDown={(event) => event.preventDefault()}
										onClick={() => take(option)}
									>
										{option.label}
									</div>
								))}
							</div>
						</div>
					)}
					<span class="unseen" role="status">
						{open && typed !== "" ? `${found.length} found` : ""}
					</span>
				</div>
			)}
		</Field>
	);
}
