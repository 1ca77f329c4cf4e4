import type { ComponentChildren } from "preact";
import type { LocatedProblem } from "./code/editor";
import { CodeField } from "./code-field";

interface JsonFieldProps {
	label: string;
	value: string;
	onValue: (text: string) => void;
	readOnly?: boolean;
	help?: ComponentChildren;
	error?: string | undefined;
	unlabelled?: boolean;
	optional?: boolean;
	problems?: readonly LocatedProblem[];
	scope?: () => Record<string, unknown>;
	onFocus?: Parameters<typeof CodeField>[0]["onFocus"];
	class?: string;
	children?: ComponentChildren;
}

/** A field for JSON text, checked as one types. */
export function JsonField(props: JsonFieldProps) {
	return <CodeField {...props} language="json" />;
}
