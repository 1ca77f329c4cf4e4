import type { TemplateValue } from "../../worker/api/types";
import { isObject } from "../pages/editor/draft";

/** How a map's output can be edited. */
export type MapView = "rows" | "expression" | "json";

/** The simplest way to show it. */
export function viewOf(output: TemplateValue): MapView {
	if (typeof output === "string") return "expression";
	return isFlat(output) ? "rows" : "json";
}

/** The ways between which one may choose without losing anything. */
export function viewsFor(output: TemplateValue): MapView[] {
	if (typeof output === "string" || (isFlat(output) && Object.keys(output).length === 0)) return ["rows", "expression", "json"];
	return isFlat(output) ? ["rows", "json"] : ["json"];
}

/** The output as the chosen view can show it; the same where it can already. */
export function convertOutput(output: TemplateValue, view: MapView): TemplateValue {
	if (view === "json" || viewOf(output) === view) return output;
	if (view === "expression") return "{{ event.body }}";
	return typeof output === "string" && output.trim() !== "" ? { value: output } : {};
}

/** True for an object of texts, which rows can show. */
function isFlat(output: TemplateValue): output is Record<string, string> {
	return isObject(output) && Object.values(output).every((value) => typeof value === "string");
}
