const UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** "512 bytes", "1.5 MB", "10 GB"; a KB is 1,000 bytes, as quotas are counted. */
export function describeBytes(bytes: number): string {
	let amount = bytes;
	let unit = 0;
	while (amount >= 1_000 && unit < UNITS.length - 1) {
		amount /= 1_000;
		unit += 1;
	}
	const shown = unit === 0 || amount >= 10 ? Math.round(amount) : Math.round(amount * 10) / 10;
	return `${shown.toLocaleString()} ${UNITS[unit] ?? ""}`;
}
