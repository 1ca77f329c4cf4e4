import type { EditorState, Extension, Text } from "@codemirror/state";
import { RangeSetBuilder, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { spansInStrings, spansOf, type TokenKind, tokensOf } from "../tokens";
import type { CodeLanguage } from "./editor";

/** Longer texts are shown without colours. */
const COLOURED_MAX = 50_000;

const span = Decoration.mark({ class: "cm-span" });
const openSpan = Decoration.mark({ class: "cm-span-open" });
const mark = Decoration.mark({ class: "cm-t-mark" });
const kinds = Object.fromEntries(
	(["string", "number", "name", "variable", "keyword", "comment", "regex", "operator"] satisfies TokenKind[]).map((kind) => [
		kind,
		Decoration.mark({ class: `cm-t-${kind}` }),
	]),
) as Record<TokenKind, Decoration>;

/** Colours `{{ … }}` and the JSONata inside, or the whole text where it is an expression as it stands. */
export function expressionColours(language: CodeLanguage): Extension {
	const decorate = (state: EditorState): DecorationSet => decorations(state.doc, language);
	return StateField.define<DecorationSet>({
		create: decorate,
		update: (old, transaction) => (transaction.docChanged ? decorate(transaction.state) : old),
		provide: (field) => EditorView.decorations.from(field),
	});
}

function decorations(doc: Text, language: CodeLanguage): DecorationSet {
	const builder = new RangeSetBuilder<Decoration>();
	if (doc.length > COLOURED_MAX) return builder.finish();
	const text = doc.toString();
	const spans = language === "json" ? spansInStrings(text) : spansOf(text);
	if (spans.length === 0 && language === "expression") addTokens(builder, text, 0, text.length);
	for (const { from, to, innerFrom, innerTo, closed } of spans) {
		builder.add(from, to, closed ? span : openSpan);
		builder.add(from, innerFrom, mark);
		addTokens(builder, text, innerFrom, innerTo);
		if (closed) builder.add(innerTo, to, mark);
	}
	return builder.finish();
}

function addTokens(builder: RangeSetBuilder<Decoration>, text: string, from: number, to: number): void {
	for (const token of tokensOf(text, from, to).tokens) if (token.to > token.from) builder.add(token.from, token.to, kinds[token.kind]);
}
