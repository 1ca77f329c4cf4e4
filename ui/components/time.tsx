import { signal } from "@preact/signals";
import { describeExactly, describeTime } from "./time-words";

export { describeDuration, describeExactly, describeTime } from "./time-words";

/** One clock for all times on the screen. */
const now = signal(Date.now());
if (typeof document !== "undefined") {
	setInterval(() => {
		if (!document.hidden) now.value = Date.now();
	}, 15_000);
}

interface TimeProps {
	/** ISO 8601, or null for never. */
	iso: string | null | undefined;
	/** Shows the date and time in full; else how long ago, with the full one as a tooltip. */
	full?: boolean;
	/** IANA zone of `full`; the viewer's own unless given. */
	timeZone?: string;
	/** What stands where there is no time. */
	never?: string;
}

/** A moment, in the viewer's language and zone, kept current. */
export function Time({ iso, full = false, timeZone, never = "never" }: TimeProps) {
	if (!iso) return <span class="faint">{never}</span>;
	const text = full ? describeExactly(iso, timeZone) : describeTime(Date.parse(iso), Math.max(now.value, Date.now() - 15_000));
	return (
		<time dateTime={iso} title={describeExactly(iso)} class="time">
			{text}
		</time>
	);
}
