import type { MaskNote } from "../../../../worker/api/types";
import { Callout } from "../../../components/surfaces";
import { KINDS } from "../general/masked-kinds";

/** Says of an event what of it was masked before it was stored. */
export function MaskedNotice({ of }: { of: MaskNote }) {
	const what = [...of.fields, ...of.patterns.map((pattern) => KINDS[pattern].toLowerCase())];
	return (
		<Callout title={of.bodyDropped ? "The body was not kept" : "Some values are masked"}>
			{of.bodyDropped
				? "This integration masks what it stores, and this body could not be read to mask it. The workflow ran with the full one."
				: "The workflow ran with the full values; they were deleted when its execution ended."}
			{what.length > 0 && ` Masked: ${what.join(", ")}.`}
		</Callout>
	);
}
