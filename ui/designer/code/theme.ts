import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours come from the house's tokens, which reach into the shadow root; so light and dark need no second theme. */
const look = EditorView.theme({
	"&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "0.8125rem" },
	"&.cm-focused": { outline: "none" },
	".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
	".cm-content": { padding: "5px 0", caretColor: "var(--text)" },
	".cm-line": { padding: "0 10px" },
	".cm-placeholder": { color: "var(--text-faint)" },
	".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
		backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)",
	},
	"&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--pressed)", outline: "none" },
	".cm-span": { backgroundColor: "var(--accent-soft)", borderRadius: "3px" },
	".cm-span-open": { backgroundColor: "var(--bad-soft)", borderRadius: "3px" },
	".cm-t-mark": { color: "var(--accent-text)", fontWeight: "600" },
	".cm-t-string, .cm-t-regex": { color: "var(--good)" },
	".cm-t-number, .cm-t-keyword": { color: "var(--warn)" },
	".cm-t-variable": { color: "var(--accent-text)" },
	".cm-t-comment": { color: "var(--text-faint)", fontStyle: "italic" },
	".cm-t-operator": { color: "var(--text-soft)" },
	".cm-tooltip": {
		border: "1px solid var(--line-strong)",
		borderRadius: "var(--radius)",
		backgroundColor: "var(--raised)",
		boxShadow: "var(--shadow-over)",
		overflow: "hidden",
		zIndex: "15",
	},
	".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "0.8125rem", maxHeight: "260px" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", gap: "16px", padding: "4px 10px", color: "var(--text)" },
	".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
	".cm-completionLabel": { flex: "none" },
	".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
	".cm-completionDetail": {
		marginLeft: "auto",
		maxWidth: "260px",
		overflow: "hidden",
		color: "var(--text-faint)",
		fontStyle: "normal",
		textOverflow: "ellipsis",
		whiteSpace: "nowrap",
	},
	"li[aria-selected] .cm-completionDetail": { color: "var(--on-accent)" },
	".cm-diagnostic": { padding: "6px 10px", borderLeft: "3px solid var(--bad)", fontFamily: "var(--font)" },
	".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)", textUnderlineOffset: "3px" },
});

const json = HighlightStyle.define([
	{ tag: tags.propertyName, color: "var(--text)", fontWeight: "600" },
	{ tag: tags.string, color: "var(--good)" },
	{ tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
	{ tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: "var(--text-soft)" },
]);

export const theme: Extension = [look, syntaxHighlighting(json)];
