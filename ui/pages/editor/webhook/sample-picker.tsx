import { SelectField } from "../../../components/field";
import { describePast } from "../../../components/time";
import { SOURCES } from "../logs/words";
import { senderWords } from "../senders";
import type { SampleEvent } from "./use-sample-event";

/** Which received event the settings are tried on. */
export function SamplePicker({ sample: { events, event, items, choose }, label = "Try it on" }: { sample: SampleEvent; label?: string }) {
	if (events === undefined) return null;
	if (events.length === 0)
		return <p class="field-help">As soon as an event has come, its fields can be chosen here, and you see what would happen to it.</p>;
	return (
		<SelectField
			label={label}
			help={items === null ? undefined : itemsWords(items)}
			class="sample-picker"
			value={event?.id ?? events[0]?.id ?? ""}
			choices={events.map((one) => ({
				value: one.id,
				label: `Event #${one.sequence} · ${senderWords(one) ?? SOURCES[one.source]} · ${describePast(Date.parse(one.receivedAt), Date.now())}`,
			}))}
			onValue={choose}
		/>
	);
}

function itemsWords(items: number): string {
	if (items === 0) return "Its list is empty, so it would make no event.";
	return items === 1 ? "Its list holds one event, which is tried here." : `Its list holds ${items} events; the first is tried here.`;
}
