import { useEffect } from "preact/hooks";
import type { Editing } from "../pages/editor/editing";

/** Ctrl/Cmd+Z and Ctrl/Cmd+Shift+Z (or Ctrl+Y), outside text fields: those have an undo of their own. */
export function useUndoKeys(editing: Editing): void {
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.composedPath()[0])) return;
			const key = event.key.toLowerCase();
			if (key === "z" && !event.shiftKey) editing.undo();
			else if ((key === "z" && event.shiftKey) || key === "y") editing.redo();
			else return;
			event.preventDefault();
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [editing]);
}

function isTextField(target: EventTarget | undefined): boolean {
	return (
		target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, input:not([type=checkbox], [type=radio])"))
	);
}
