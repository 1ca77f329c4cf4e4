import { SelectField } from "../../components/field";

interface TimeZoneFieldProps {
	value: string;
	onValue: (timeZone: string) => void;
	help?: string;
	disabled?: boolean;
	label?: string;
}

/** A choice of every time zone that the browser knows. */
export function TimeZoneField({ value, onValue, help, disabled = false, label = "Time zone" }: TimeZoneFieldProps) {
	const known = Intl.supportedValuesOf("timeZone");
	const zones = [...new Set(["UTC", value, ...known])];
	return (
		<SelectField
			label={label}
			value={value}
			onValue={onValue}
			help={help}
			disabled={disabled}
			choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
		/>
	);
}
