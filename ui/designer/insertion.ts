import { spansOf } from "./tokens";

/** The text that puts `path` into a field at the cursor: bare inside an expression, in `{{ }}` in plain text. */
export function insertionAt(text: string, at: number, path: string, isExpression: boolean): string {
	const spans = spansOf(text);
	if (spans.some((span) => span.innerFrom <= at && at <= span.innerTo)) return path;
	return isExpression && spans.length === 0 ? path : `{{ ${path} }}`;
}
