import { autocompletion, type CompletionSource, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { bracketMatching } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { completeAt } from "../completion";
import { expressionColours } from "./highlight";
import { locatedProblems } from "./located-problems";
import { theme } from "./theme";
import { typeOver } from "./type-over";

export type CodeLanguage = "template" | "expression" | "json";

export interface EditorOptions {
	label: string;
	language: CodeLanguage;
	text: string;
	singleLine: boolean;
	readOnly: boolean;
	placeholder: string;
	/** Names and values that an expression may use; null offers none. */
	scope: (() => Record<string, unknown>) | null;
	onText: (text: string) => void;
	onFocus: () => void;
	onBlur: () => void;
}

export interface LocatedProblem {
	/** Where in the JSON. */
	path: readonly (string | number)[];
	message: string;
}

export interface EditorHandle {
	setText(text: string): void;
	setState(state: { readOnly: boolean; description: string; invalid: boolean }): void;
	setProblems(problems: readonly LocatedProblem[]): void;
	insert(text: string, at?: number): void;
	/** Text and cursor. */
	where(): { text: string; at: number };
	focus(): void;
	hasFocus(): boolean;
	destroy(): void;
}

const fromOutside = Annotation.define<boolean>();

/**
 * A code editor inside a shadow root: there its styles are constructed style sheets, which the page's content security
 * policy allows, unlike `style` elements.
 */
export function createEditor(host: HTMLElement, options: EditorOptions): EditorHandle {
	const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
	const changing = new Compartment();
	const located = locatedProblems();
	const attributes = (description: string, invalid: boolean): Extension =>
		EditorView.contentAttributes.of({
			"aria-label": options.label,
			"aria-multiline": String(!options.singleLine),
			spellcheck: "false",
			autocapitalize: "off",
			autocorrect: "off",
			...(description === "" ? {} : { "aria-description": description }),
			...(invalid ? { "aria-invalid": "true" } : {}),
		});
	const mutable = (readOnly: boolean, description: string, invalid: boolean): Extension => [
		EditorState.readOnly.of(readOnly),
		attributes(description, invalid),
	];

	const view = new EditorView({
		root,
		parent: root,
		state: EditorState.create({
			doc: options.text,
			extensions: [
				changing.of(mutable(options.readOnly, "", false)),
				theme,
				history(),
				typeOver,
				EditorView.lineWrapping,
				bracketMatching(),
				closeBrackets(),
				placeholder(options.placeholder),
				languageOf(options.language),
				options.scope === null
					? []
					: autocompletion({ override: [completions(options.scope, options.language)], icons: false, activateOnTypingDelay: 60 }),
				options.singleLine ? oneLine : [],
				options.language === "json" ? [linter(jsonParseLinter(), { delay: 300 }), located.extension] : [],
				keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
				EditorView.updateListener.of((update) => {
					if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside)))
						options.onText(update.state.doc.toString());
					if (update.focusChanged) (update.view.hasFocus ? options.onFocus : options.onBlur)();
				}),
			],
		}),
	});

	return {
		setText(text) {
			if (text === view.state.doc.toString()) return;
			view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: fromOutside.of(true) });
		},
		setState({ readOnly, description, invalid }) {
			view.dispatch({ effects: changing.reconfigure(mutable(readOnly, description, invalid)) });
		},
		setProblems: (problems) => located.show(view, problems),
		insert(text, at) {
			const { from, to } = at === undefined ? view.state.selection.main : { from: at, to: at };
			view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, scrollIntoView: true });
			view.focus();
		},
		where: () => ({ text: view.state.doc.toString(), at: view.state.selection.main.head }),
		focus: () => view.focus(),
		hasFocus: () => view.hasFocus,
		destroy: () => view.destroy(),
	};
}

function languageOf(language: CodeLanguage): Extension {
	return language === "json" ? [json(), expressionColours(language)] : expressionColours(language);
}

function completions(scope: () => Record<string, unknown>, language: CodeLanguage): CompletionSource {
	return (context) => {
		const found = completeAt(context.state.doc.toString(), context.pos, scope(), language, context.explicit);
		if (found === null) return null;
		return {
			from: found.from,
			options: found.suggestions.map(({ label, detail, kind }, i) => ({
				label,
				detail,
				boost: kind === "function" ? -50 : -i / 10,
			})),
			validFor: /^[\p{L}\p{N}_$`]*$/u,
		};
	};
}

const oneLine: Extension = [
	EditorState.transactionFilter.of((transaction) => {
		if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
		const text = transaction.newDoc.toString();
		return [transaction, { changes: { from: 0, to: text.length, insert: text.replace(/\s*\n\s*/g, " ") }, sequential: true }];
	}),
	keymap.of([{ key: "Enter", run: () => true }]),
];
