/** A variable's value, as the person types it: a kind and a text. */
export type VarKind = "text" | "number" | "boolean" | "json";

export const VAR_KINDS: readonly { value: VarKind; label: string }[] = [
	{ value: "text", label: "Text" },
	{ value: "number", label: "Number" },
	{ value: "boolean", label: "Yes or no" },
	{ value: "json", label: "JSON" },
];

export function kindOfValue(value: unknown): VarKind {
	switch (typeof value) {
		case "string":
			return "text";
		case "number":
			return "number";
		case "boolean":
			return "boolean";
		default:
			return "json";
	}
}

export function textOfValue(value: unknown): string {
	return typeof value === "string" ? value : (JSON.stringify(value, null, 1) ?? "");
}

/** The value that the text stands for, or why it stands for none. */
export function readValue(kind: VarKind, text: string): { ok: true; value: unknown } | { ok: false; message: string } {
	switch (kind) {
		case "text":
			return { ok: true, value: text };
		case "number": {
			const number = Number(text.trim());
			return text.trim() !== "" && Number.isFinite(number)
				? { ok: true, value: number }
				: { ok: false, message: "A number, such as 12 or 0.5." };
		}
		case "boolean":
			return { ok: true, value: text === "true" };
		case "json":
			try {
				const value: unknown = JSON.parse(text);
				return value === null ? { ok: false, message: "Leave the variable out instead of null." } : { ok: true, value };
			} catch (error) {
				return { ok: false, message: error instanceof Error ? error.message : "This is not JSON." };
			}
	}
}

/** The same value as another kind, as nearly as it goes. */
export function convertValue(value: unknown, kind: VarKind): unknown {
	const text = textOfValue(value);
	switch (kind) {
		case "text":
			return text;
		case "number":
			return Number.isFinite(Number(text)) ? Number(text) : 0;
		case "boolean":
			return value === true || text === "true" || text === "1";
		case "json":
			return typeof value === "object" ? value : [value];
	}
}
