import type { Step } from "../../worker/api/types";
import { isObject } from "../pages/editor/draft";

/** What a step does, on one line. */
export function summaryOf(step: Step): string {
	switch (step.type) {
		case "map":
			return isObject(step.output) ? Object.keys(step.output).join(", ") || "no fields yet" : "one value";
		case "filter":
			return step.condition.trim() || "no condition yet";
		case "http":
			return `${step.method} ${step.url || "no URL yet"}`;
	}
}
