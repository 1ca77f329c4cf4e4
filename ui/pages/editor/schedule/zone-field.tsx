import { useMemo, useState } from "preact/hooks";
import { Button } from "../../../components/button";
import { SelectField } from "../../../components/field";
import { useEditor } from "../context";

interface ZoneFieldProps {
	value: string;
	disabled: boolean;
	error: string | undefined;
	onValue: (zone: string) => void;
}

/** The schedule's time zone: the account's, unless another is chosen. */
export function ZoneField({ value, disabled, error, onValue }: ZoneFieldProps) {
	const { timeZone: account } = useEditor();
	const [choosing, setChoosing] = useState(false);
	const choices = useMemo(
		() => [...new Set([value, account, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((zone) => ({ value: zone, label: zone })),
		[value, account],
	);
	if (choosing || error !== undefined)
		return <SelectField label="Time zone" value={value} choices={choices} disabled={disabled} error={error} onValue={onValue} />;
	return (
		<div class="row">
			<span class="soft">
				Times are in <strong>{value}</strong>
				{value === account ? ", the account's time zone." : "."}
			</span>
			{!disabled && (
				<Button small kind="quiet" onClick={() => setChoosing(true)}>
					Change
				</Button>
			)}
			{!disabled && value !== account && (
				<Button small kind="quiet" onClick={() => onValue(account)}>
					Use {account}
				</Button>
			)}
		</div>
	);
}
