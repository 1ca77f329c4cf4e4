import type { ComponentChildren, FocusEventHandler, KeyboardEventHandler, Ref } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { join } from "./button";
import "./field.css";

interface FieldProps {
	label: string;
	/** A sentence below the control. */
	help?: ComponentChildren;
	/** What is wrong with the value; shown with the control marked invalid. */
	error?: string | undefined;
	/** Says "optional" beside the label. */
	optional?: boolean;
	/** Keeps the label for assistive technology alone (search boxes, filters). */
	unlabelled?: boolean;
	class?: string;
}

interface ControlProps {
	id: string;
	"aria-describedby": string | undefined;
	"aria-invalid": true | undefined;
}

/**
 * Label, control, help and error, tied together. For a control of your own:
 * `<Field label="Body">{(control) => <Editor {...control} />}</Field>`.
 */
export function Field({
	label,
	help,
	error,
	optional = false,
	unlabelled = false,
	class: extra,
	children,
}: FieldProps & { children: (control: ControlProps) => ComponentChildren }) {
	const id = useId();
	const described = [error ? `${id}-error` : "", help ? `${id}-help` : ""].filter((part) => part !== "").join(" ");
	return (
		<div class={join("field", extra)}>
			<label for={id} class={unlabelled ? "unseen" : undefined}>
				{label}
				{optional && <span class="field-optional"> optional</span>}
			</label>
			{children({ id, "aria-describedby": described === "" ? undefined : described, "aria-invalid": error ? true : undefined })}
			{error && (
				<p class="field-error" id={`${id}-error`}>
					{error}
				</p>
			)}
			{help && (
				<p class="field-help" id={`${id}-help`}>
					{help}
				</p>
			)}
		</div>
	);
}

/** The HTML attributes that a field passes on to its control. */
interface ControlAttributes<Element extends EventTarget> {
	name?: string;
	autocomplete?: string;
	autofocus?: boolean;
	disabled?: boolean;
	readOnly?: boolean;
	required?: boolean;
	placeholder?: string;
	spellcheck?: boolean;
	maxLength?: number;
	onBlur?: FocusEventHandler<Element>;
	onFocus?: FocusEventHandler<Element>;
	onKeyDown?: KeyboardEventHandler<Element>;
}

type Own<Element extends EventTarget, Value> = ControlAttributes<Element> & FieldProps & { value: Value; onValue: (value: Value) => void };

type TextType = "text" | "email" | "password" | "url" | "search" | "date" | "time" | "datetime-local";

/** One line of text. `type` may be email, password, url, search, date-local …; `mono` for code-like values. */
export function TextField({
	label,
	help,
	error,
	optional,
	unlabelled,
	class: extra,
	value,
	onValue,
	mono = false,
	ref,
	...rest
}: Own<HTMLInputElement, string> & { type?: TextType; list?: string; mono?: boolean; ref?: Ref<HTMLInputElement> }) {
	return (
		<Field {...given({ label, help, error, optional, unlabelled, class: extra })}>
			{(control) => (
				<input
					// The types forbid `list` on some kinds of input, and cannot follow a `type` that is chosen by the caller.
					{...(rest as { type?: "text" })}
					{...control}
					ref={ref ?? null}
					class={join("control", mono && "mono")}
					value={value}
					onInput={(event) => onValue(event.currentTarget.value)}
				/>
			)}
		</Field>
	);
}

/** A number, whole unless `step` is smaller than 1; an emptied or half-typed field gives null. */
export function NumberField({
	label,
	help,
	error,
	optional,
	unlabelled,
	class: extra,
	value,
	onValue,
	...rest
}: Own<HTMLInputElement, number | null> & { min?: number; max?: number; step?: number }) {
	const input = useRef<HTMLInputElement>(null);
	// Half-typed, "0." has no value that could be read: it is left alone until the number itself differs.
	useLayoutEffect(() => {
		const element = input.current;
		if (element && numberIn(element) !== value) element.value = value === null ? "" : String(value);
	});
	return (
		<Field {...given({ label, help, error, optional, unlabelled, class: extra })}>
			{(control) => (
				<input
					step={1}
					inputMode={rest.step !== undefined && rest.step < 1 ? "decimal" : "numeric"}
					{...rest}
					{...control}
					ref={input}
					type="number"
					class="control number"
					onInput={(event) => onValue(numberIn(event.currentTarget))}
				/>
			)}
		</Field>
	);
}

function numberIn(input: HTMLInputElement): number | null {
	return Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber;
}

/** Several lines of text. */
export function TextArea({
	label,
	help,
	error,
	optional,
	unlabelled,
	class: extra,
	value,
	onValue,
	mono = false,
	...rest
}: Own<HTMLTextAreaElement, string> & { rows?: number; mono?: boolean }) {
	return (
		<Field {...given({ label, help, error, optional, unlabelled, class: extra })}>
			{(control) => (
				<textarea
					rows={3}
					{...rest}
					{...control}
					class={join("control", mono && "mono")}
					value={value}
					onInput={(event) => onValue(event.currentTarget.value)}
				/>
			)}
		</Field>
	);
}

export interface Choice<Value extends string = string> {
	value: Value;
	label: string;
	disabled?: boolean;
}

/** One of a few choices. The value keeps the choices' literal type. */
export function SelectField<Value extends string>({
	label,
	help,
	error,
	optional,
	unlabelled,
	class: extra,
	value,
	onValue,
	choices,
	...rest
}: Own<HTMLSelectElement, Value> & { choices: readonly Choice<Value>[] }) {
	return (
		<Field {...given({ label, help, error, optional, unlabelled, class: extra })}>
			{(control) => (
				<select
					{...rest}
					{...control}
					class="control"
					value={value}
					onChange={(event) => {
						const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
						if (chosen) onValue(chosen.value);
					}}
				>
					{choices.map((choice) => (
						<option key={choice.value} value={choice.value} disabled={choice.disabled}>
							{choice.label}
						</option>
					))}
				</select>
			)}
		</Field>
	);
}

/** A box to tick, with its label behind it. */
export function Checkbox({
	label,
	help,
	checked,
	onValue,
	disabled,
}: {
	label: string;
	help?: string;
	checked: boolean;
	onValue: (checked: boolean) => void;
	disabled?: boolean;
}) {
	const id = useId();
	return (
		<div class="checkbox">
			<input
				type="checkbox"
				id={id}
				checked={checked}
				disabled={disabled}
				aria-describedby={help ? `${id}-help` : undefined}
				onChange={(event) => onValue(event.currentTarget.checked)}
			/>
			<label for={id}>{label}</label>
			{help && (
				<p class="field-help" id={`${id}-help`}>
					{help}
				</p>
			)}
		</div>
	);
}

function given(props: { [Key in keyof FieldProps]: FieldProps[Key] | undefined } & { label: string }): FieldProps {
	return props as FieldProps;
}
