/**
 * The syntax tree as JSONata's parser leaves it: richer than its published types, which describe an earlier stage.
 * Absent properties are absent, not false.
 */
export interface ExprNode {
	type: string;
	value?: unknown;
	position?: number;
	steps?: ExprNode[];
	expressions?: ExprNode[];
	expression?: ExprNode;
	/** Operands of an operator; for an object constructor the pairs of key and value. */
	lhs?: ExprNode | [ExprNode, ExprNode][];
	rhs?: ExprNode;
	condition?: ExprNode;
	then?: ExprNode;
	else?: ExprNode;
	procedure?: ExprNode;
	arguments?: ExprNode[];
	body?: ExprNode;
	pattern?: ExprNode;
	update?: ExprNode;
	delete?: ExprNode;
	/** Of a function defined in the expression: `<s-n?:s>`. */
	signature?: { definition: string };
	predicate?: { type: string; expr?: ExprNode }[];
	stages?: { type: string; expr?: ExprNode }[];
	group?: { lhs: [ExprNode, ExprNode][] };
	terms?: { descending: boolean; expression: ExprNode }[];
	keepArray?: boolean;
	keepSingletonArray?: boolean;
	tuple?: boolean;
	seekingParent?: unknown;
	ancestor?: unknown;
	focus?: string;
	index?: string;
}

/** The nodes directly below, in the order of the text. */
export function childrenOf(node: ExprNode): ExprNode[] {
	const children: (ExprNode | undefined)[] = [node.procedure, node.expression, node.condition, node.then, node.else];
	if (Array.isArray(node.lhs)) children.push(...node.lhs.flat());
	else children.push(node.lhs);
	children.push(node.rhs, ...(node.steps ?? []), ...(node.expressions ?? []), ...(node.arguments ?? []));
	children.push(node.body, node.pattern, node.update, node.delete);
	for (const filter of [...(node.predicate ?? []), ...(node.stages ?? [])]) children.push(filter.expr);
	for (const pair of node.group?.lhs ?? []) children.push(...pair);
	for (const term of node.terms ?? []) children.push(term.expression);
	return children.filter((child) => child !== undefined);
}

/** Every node of the tree, the root first. */
export function* nodesOf(root: ExprNode): Generator<ExprNode> {
	const waiting = [root];
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		yield node;
		waiting.push(...childrenOf(node).reverse());
	}
}

/** JSONata's own functions and those defined in an expression are objects with a mark; regular expressions are functions. */
export function isFunction(value: unknown): boolean {
	if (typeof value === "function") return true;
	if (typeof value !== "object" || value === null) return false;
	const marks = value as { _jsonata_lambda?: unknown; _jsonata_function?: unknown };
	return marks._jsonata_lambda === true || marks._jsonata_function === true;
}
