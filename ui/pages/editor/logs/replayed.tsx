import { Time } from "../../../components/time";

/** When a replay began, where else it would be said when the event came. */
export function Replayed({ at }: { at: string | null }) {
	return (
		<>
			replayed <Time iso={at} never="" />
		</>
	);
}
