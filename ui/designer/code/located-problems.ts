import { syntaxTree } from "@codemirror/language";
import { type Diagnostic, forceLinting, linter } from "@codemirror/lint";
import type { EditorState, Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { LocatedProblem } from "./editor";

type SyntaxNode = ReturnType<typeof syntaxTree>["topNode"];

/** Problems that are known by their path, underlined where they stand in the JSON text. */
export function locatedProblems(): { extension: Extension; show: (view: EditorView, problems: readonly LocatedProblem[]) => void } {
	let known: readonly LocatedProblem[] = [];
	const extension = linter((view) => known.map((problem) => diagnostic(view.state, problem)), { delay: 200 });
	return {
		extension,
		show: (view, problems) => {
			known = problems;
			forceLinting(view);
		},
	};
}

function diagnostic(state: EditorState, { path, message }: LocatedProblem): Diagnostic {
	const { from, to } = placeOf(state, path);
	return { from, to, severity: "error", message };
}

/** The range of the value at `path`, or of the nearest one around it. */
export function placeOf(state: EditorState, path: readonly (string | number)[]): { from: number; to: number } {
	let node: SyntaxNode | null = syntaxTree(state).topNode.firstChild;
	for (const part of path) {
		const next: SyntaxNode | null = node === null ? null : childOf(state, node, part);
		if (next === null) break;
		node = next;
	}
	if (node === null) return { from: 0, to: Math.min(1, state.doc.length) };
	// A whole object would underline half of the text: its first line says enough.
	return { from: node.from, to: Math.min(node.to, state.doc.lineAt(node.from).to) };
}

function childOf(state: EditorState, node: SyntaxNode, part: string | number): SyntaxNode | null {
	if (node.name === "Array" && typeof part === "number") {
		const items = node.getChildren("Object").length > 0 ? node.getChildren("Object") : childValues(node);
		return items[part] ?? null;
	}
	if (node.name !== "Object") return null;
	for (const property of node.getChildren("Property")) {
		const name = property.getChild("PropertyName");
		if (name === null) continue;
		if (parse(state.sliceDoc(name.from, name.to)) === String(part)) return property.lastChild;
	}
	return null;
}

function childValues(node: SyntaxNode): SyntaxNode[] {
	const values: SyntaxNode[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) if (!"[],".includes(child.name)) values.push(child);
	return values;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
