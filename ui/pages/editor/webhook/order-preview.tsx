import { type KeySource, laneOf } from "../../../../worker/integrations/lane";
import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";
import { Callout } from "../../../components/surfaces";
import type { Draft } from "../editing";
import { fieldLabel, findings, pathsOf, valueWords } from "./key-fields";

interface OrderPreviewProps {
	ordering: Pick<Draft["ordering"], "mode" | "key">;
	sequence: number;
	source: KeySource;
	/** Why nothing in its body can be named; null where fields can. */
	unread: string | null;
}

/** Which order a real event would run in, by the rules of acceptance. */
export function OrderPreview({ ordering, sequence, source, unread }: OrderPreviewProps) {
	if (parseOrderingKey(ordering.key ?? "") === null) return null;
	const found = findings(pathsOf(ordering.key ?? ""), source);
	const missing = found.filter(({ value }) => value === null);
	const lane = laneOf(ordering, source);
	if (lane === null)
		return (
			<Callout kind="warn" title={`Event #${sequence} would run without an order`}>
				{missing.length > 0
					? `It lacks ${missing.map(({ path }) => `“${fieldLabel(path)}”`).join(" and ")}.${reasonOf(missing, unread)} Events without the key run at once, beside all others.`
					: "Its key is longer than 1,000 characters. Choose something short, such as a number or an id."}
			</Callout>
		);
	return (
		<Callout
			kind="good"
			title={`Event #${sequence} would run in the order of ${found.map(({ path, value }) => `${fieldLabel(path)} ${valueWords(value)}`).join(" and ")}`}
		>
			After every earlier event with the same {found.map(({ path }) => fieldLabel(path)).join(" and ")}, and beside all others.
			{found.some(({ hidden }) => hidden) && " The value is a credential: it is used as it came, and hidden here."}
			{found.some(({ value }) => typeof value === "object") &&
				" This field holds several values; the order is that of all of them together."}
		</Callout>
	);
}

/** Why parts of the body are missing, where that lies in the body as a whole. */
export const reasonOf = (missing: readonly { path: string }[], unread: string | null): string =>
	unread !== null && missing.some(({ path }) => path.startsWith("event.body")) ? ` ${unread}` : "";
