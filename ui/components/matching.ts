export interface Option {
	value: string;
	label: string;
	/** Other words by which it is found. */
	also?: string;
	/** A line divides it from options of another group. */
	group?: string;
}

/** The options that have all typed words, those whose name begins with them first. Accents and capitals do not matter. */
export function matching(options: readonly Option[], typed: string): readonly Option[] {
	const wanted = plain(typed);
	if (wanted === "") return options;
	const words = wanted.split(/\s+/);
	const fitting = options.filter(({ label, also = "" }) => {
		const text = plain(`${label} ${also}`);
		return words.every((word) => text.includes(word));
	});
	const first = fitting.filter(({ label }) => plain(label).startsWith(wanted));
	return [...first, ...fitting.filter((option) => !first.includes(option))];
}

const plain = (text: string): string =>
	text
		.normalize("NFD")
		.replace(/\p{Diacritic}/gu, "")
		.toLowerCase()
		.trim();
