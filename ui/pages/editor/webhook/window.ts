/** How long a delivery is remembered, in the largest unit that fits. */

const SECONDS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
export type WindowUnit = keyof typeof SECONDS;

export const UNITS: readonly { value: WindowUnit; label: string }[] = [
	{ value: "minutes", label: "minutes" },
	{ value: "hours", label: "hours" },
	{ value: "days", label: "days" },
];

const LONGEST = 7 * SECONDS.days;

/** 5,400 s are 90 minutes, 86,400 s are 1 day. */
export function splitWindow(seconds: number): { amount: number; unit: WindowUnit } {
	const unit = (["days", "hours"] as const).find((one) => seconds >= SECONDS[one] && seconds % SECONDS[one] === 0) ?? "minutes";
	return { amount: Math.round((seconds / SECONDS[unit]) * 100) / 100, unit };
}

export function joinWindow(amount: number, unit: WindowUnit): number {
	return Math.round(amount * SECONDS[unit]);
}

/** Why the window cannot be so short or long; undefined where it can. */
export function windowProblem(seconds: number): string | undefined {
	return seconds >= SECONDS.minutes && seconds <= LONGEST ? undefined : "From 1 minute to 7 days.";
}

/** "1 day", "90 minutes". */
export function windowWords(seconds: number): string {
	const { amount, unit } = splitWindow(seconds);
	return `${amount.toLocaleString()} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
