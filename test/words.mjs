/** Words that say nothing, and marks of work that is not finished. */

const EMPTY_NAME = /^(utils?|helpers?|managers?|data|lib|common|misc|stuff)$/i;
const MARKS = [
	[/\b(TODO|FIXME|XXX|HACK)\b/, "unfinished work"],
	[/@ts-(ignore|expect-error|nocheck)/, "the compiler silenced"],
	[/\b(test|it|describe)\.(only|skip|todo)\(/, "a test that does not run"],
];

/**
 * @param {Map<string, string>} files text by path from the project's root
 * @returns {string[]} one line an offence
 */
export function emptyWords(files) {
	const found = [];
	for (const [path, text] of files) {
		for (const part of path.split("/")) {
			const name = part.replace(/\..*$/, "");
			if (EMPTY_NAME.test(name)) found.push(`${path}:1 "${name}" names nothing`);
		}
		text.split("\n").forEach((line, index) => {
			for (const [pattern, complaint] of MARKS) if (pattern.test(line)) found.push(`${path}:${index + 1} ${complaint}`);
		});
	}
	return found;
}
