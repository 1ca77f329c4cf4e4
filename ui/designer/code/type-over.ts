import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Typing over a selection, done here instead of by the browser: Chrome would keep the look of what it deletes in an
 * inline style, which the content security policy refuses and the console complains about.
 */
export const typeOver: Extension = EditorView.domEventHandlers({
	beforeinput(event, view) {
		const text = event.data;
		if (event.inputType !== "insertText" || text === null || view.composing || view.state.readOnly) return false;
		const { from, to } = selectedRange(view);
		if (from === to) return false;
		event.preventDefault();
		const insert = () =>
			view.state.update({
				changes: { from, to, insert: text },
				selection: { anchor: from + text.length },
				userEvent: "input.type",
				scrollIntoView: true,
			});
		const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
		if (!handled) view.dispatch(insert());
		return true;
	},
});

/** What is selected on the screen, which may be ahead of the editor's state. */
function selectedRange(view: EditorView): { from: number; to: number } {
	// Not in the standard: where it is missing, the state's selection serves.
	const root = view.root as unknown as { getSelection?: () => Selection | null };
	const { anchorNode = null, anchorOffset = 0, focusNode = null, focusOffset = 0 } = root.getSelection?.() ?? {};
	if (!view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode) || anchorNode === null || focusNode === null) {
		return view.state.selection.main;
	}
	const [anchor, head] = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)];
	return { from: Math.min(anchor, head), to: Math.max(anchor, head) };
}
