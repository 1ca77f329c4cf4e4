import type { EventDetail } from "../../../../worker/api/types";
import type { KeySource } from "../../../../worker/integrations/lane";
import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";
import { headerOf, senderId } from "../../../../worker/integrations/sender-id";
import { Callout } from "../../../components/surfaces";
import { describeSize } from "../components/body";
import type { Draft } from "../editing";
import { fieldLabel, findings, valueWords } from "./key-fields";
import { reasonOf } from "./order-preview";
import { windowWords } from "./window";

type Dedupe = Draft["webhook"]["dedupe"];

interface DuplicatesPreviewProps {
	dedupe: Dedupe;
	event: EventDetail;
	source: KeySource;
	/** Whether it is one of several events of a delivery. */
	isItem: boolean;
	/** Why nothing in its body can be named; null where fields can. */
	unread: string | null;
	/** Where the chosen sender puts its id. */
	own: readonly string[];
}

/** What a real event would be recognized by when it came once more. */
export function DuplicatesPreview(props: DuplicatesPreviewProps) {
	const { dedupe, event } = props;
	const mark = markOf(props);
	if (mark === null) return null;
	if (!mark.found)
		return (
			<Callout kind="warn" title={`A repeat of event #${event.sequence} would not be noticed`}>
				{mark.words}
			</Callout>
		);
	return (
		<Callout kind="good" title={`Event #${event.sequence} is recognized by ${mark.words}`}>
			The same again within {windowWords(dedupe.windowSeconds)} is a duplicate
			{dedupe.mode === "content" ? "." : "; with another body it is also marked as a conflict, and you can accept it after all."}
		</Callout>
	);
}

/** null: nothing is chosen yet. */
function markOf({ dedupe, event, source, isItem, unread, own }: DuplicatesPreviewProps): { found: boolean; words: string } | null {
	// What stands outside of an item names its delivery.
	const ofDelivery = (words: string): { found: true; words: string } => ({
		found: true,
		words: isItem ? `${words} and its place in the list` : words,
	});
	switch (dedupe.mode) {
		case "off":
			return null;
		case "sender": {
			const known = findings(own, source);
			if (known.length > 0 && known.every(({ value }) => value !== null)) return byFields(known);
			const id = senderId(event.headers);
			if (id !== null) return ofDelivery(`${id.header} ${valueWords(id.value)}`);
			return { found: false, words: "It carries no id that Inlet knows. Choose a header or fields that name each delivery." };
		}
		case "header": {
			if (!dedupe.header) return null;
			const value = headerOf(event.headers, dedupe.header.toLowerCase());
			if (value !== null) return ofDelivery(`${dedupe.header} ${valueWords(value)}`);
			return { found: false, words: `It has no header ${dedupe.header}.` };
		}
		case "fields": {
			if (!dedupe.fields?.length || dedupe.fields.some((path) => parseOrderingKey(path)?.length !== 1)) return null;
			const found = findings(dedupe.fields, source);
			const missing = found.filter(({ value }) => value === null);
			if (missing.length === 0) return byFields(found);
			return {
				found: false,
				words: `It lacks ${missing.map(({ path }) => `“${fieldLabel(path)}”`).join(" and ")}.${reasonOf(missing, unread)}`,
			};
		}
		case "content":
			return event.size === 0
				? { found: false, words: "It has no body, and so says nothing about itself." }
				: { found: true, words: `its body of ${describeSize(event.size)}, with ${event.method} ${event.path}${event.query}` };
	}

	function byFields(found: readonly { path: string; value: unknown }[]): { found: true; words: string } {
		const words = found.map(({ path, value }) => `${fieldLabel(path)} ${valueWords(value)}`).join(" and ");
		return found.some(({ path }) => path.startsWith("event.body")) ? { found: true, words } : ofDelivery(words);
	}
}
