import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { join } from "../components/button";
import type { CodeLanguage, EditorHandle, LocatedProblem } from "./code/editor";
import "./code-field.css";

export interface CodeFieldProps {
	label: string;
	value: string;
	onValue: (text: string) => void;
	language: CodeLanguage;
	singleLine?: boolean;
	readOnly?: boolean;
	placeholder?: string;
	help?: ComponentChildren;
	error?: string | undefined;
	/** Keeps the label for assistive technology alone. */
	unlabelled?: boolean;
	optional?: boolean;
	scope?: (() => Record<string, unknown>) | null;
	/** Underlined where they stand, for JSON. */
	problems?: readonly LocatedProblem[];
	/** Told when this field is where things are typed. */
	onFocus?: (handle: EditorHandle) => void;
	/** Below the field: the preview. */
	children?: ComponentChildren;
	class?: string;
}

type EditorModule = typeof import("./code/editor");
let editorModule: EditorModule | null = null;

/** A field for code: at once a plain text area, and a code editor as soon as that has loaded. */
export function CodeField(props: CodeFieldProps) {
	const { label, value, error, help, unlabelled = false, optional = false, readOnly = false } = props;
	const id = useId();
	const host = useRef<HTMLDivElement>(null);
	const handle = useRef<EditorHandle | null>(null);
	const typing = useRef(false);
	const latest = useRef(props);
	latest.current = props;
	const module = useEditorModule();

	useLayoutEffect(() => {
		const element = host.current;
		if (module === null || element === null) return;
		const made = module.createEditor(element, {
			label,
			language: props.language,
			text: latest.current.value,
			singleLine: props.singleLine ?? false,
			readOnly,
			placeholder: props.placeholder ?? "",
			scope: props.scope === undefined || props.scope === null ? null : () => latest.current.scope?.() ?? {},
			onText: (text) => latest.current.onValue(text),
			onFocus: () => latest.current.onFocus?.(made),
			onBlur: () => {},
		});
		handle.current = made;
		if (typing.current) made.focus();
		return () => {
			handle.current = null;
			made.destroy();
		};
	}, [module, label, props.language]);

	useLayoutEffect(() => handle.current?.setText(value), [value]);
	const described = [error, typeof help === "string" ? help : ""].filter(Boolean).join(" ");
	useEffect(
		() => handle.current?.setState({ readOnly, description: described, invalid: error !== undefined }),
		[module, readOnly, described, error],
	);
	useEffect(() => handle.current?.setProblems(props.problems ?? []), [module, props.problems]);

	return (
		<div class={join("field code-field", props.class)}>
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: the editor carries the name itself; a click on the label leads there */}
			<label class={unlabelled ? "unseen" : undefined} for={module === null ? id : undefined} onClick={() => handle.current?.focus()}>
				{label}
				{optional && <span class="field-optional"> optional</span>}
			</label>
			{module === null ? (
				<textarea
					id={id}
					class="control mono code-plain"
					rows={props.singleLine ? 1 : 3}
					value={value}
					readOnly={readOnly}
					placeholder={props.placeholder}
					onInput={(event) => props.onValue(event.currentTarget.value)}
					onFocus={() => {
						typing.current = true;
					}}
					onBlur={() => {
						// Not where the editor takes its place.
						if (editorModule === null) typing.current = false;
					}}
				/>
			) : (
				<div
					ref={host}
					class={join("code-host", props.singleLine && "single", error !== undefined && "invalid", readOnly && "read-only")}
				/>
			)}
			{error !== undefined && <p class="field-error">{error}</p>}
			{props.children}
			{help && <p class="field-help">{help}</p>}
		</div>
	);
}

function useEditorModule(): EditorModule | null {
	const [module, setModule] = useState(editorModule);
	useEffect(() => {
		if (module !== null) return;
		let wanted = true;
		// Where it cannot be loaded the plain text area stays.
		import("./code/editor").then(
			(loaded) => {
				editorModule = loaded;
				if (wanted) setModule(loaded);
			},
			() => {},
		);
		return () => {
			wanted = false;
		};
	}, [module]);
	return module;
}
