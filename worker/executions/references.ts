import { childrenOf, type ExprNode } from "./jsonata-ast";

/** The steps whose outputs an expression names: every `steps.<id>` that is read from the root. */
export function stepReferences(ast: ExprNode): { id: string; position: number | null }[] {
	const found: { id: string; position: number | null }[] = [];
	visit(ast, true, found);
	return found;
}

/** @param atRoot whether names in this node are looked up in the root, and not in something that a path has led to */
function visit(node: ExprNode, atRoot: boolean, found: { id: string; position: number | null }[]): void {
	if (node.type === "path") {
		const names = namesFromRoot(node.steps ?? [], atRoot);
		const [root, id] = names;
		if (root?.value === "steps" && typeof id?.value === "string") found.push({ id: id.value, position: id.position ?? null });
	}
	const [head] = node.steps ?? [];
	const filters = [...(node.predicate ?? []), ...(node.stages ?? [])].map(({ expr }) => expr);
	for (const child of childrenOf(node)) {
		const inside = node.steps !== undefined && child !== head;
		const filtering = filters.includes(child) || child === node.pattern || child === node.update || child === node.delete;
		visit(child, atRoot && !inside && !filtering && node.group === undefined && node.terms === undefined, found);
	}
}

/** The plain names with which a path begins, where it begins at the root: `a.b`, `$.a.b` or `$$.a.b`. */
function namesFromRoot(steps: ExprNode[], atRoot: boolean): ExprNode[] {
	const [first] = steps;
	const rest = first?.type === "variable" && (first.value === "$" || (first.value === "" && atRoot)) ? steps.slice(1) : atRoot ? steps : [];
	const end = rest.findIndex((step) => step.type !== "name");
	return end === -1 ? rest : rest.slice(0, end);
}
