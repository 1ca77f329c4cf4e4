import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { EditorHandle } from "./code/editor";
import type { Preview } from "./preview";
import type { Sample } from "./sample";

/** The field that a value clicked in the sample goes into. */
export interface Target {
	label: string;
	handle: EditorHandle;
	isExpression: boolean;
}

/** What the parts of the designer share. */
export interface DesignerPage {
	sample: Sample;
	preview: Preview;
	target: { current: Target | null };
}

export const DesignerContext = createContext<DesignerPage | null>(null);

export function useDesigner(): DesignerPage {
	const page = useContext(DesignerContext);
	if (page === null) throw new Error("useDesigner outside the designer");
	return page;
}
