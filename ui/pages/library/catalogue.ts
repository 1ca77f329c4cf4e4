import type { Template } from "../../../worker/api/types";

const OTHER = "Other";

/** The templates under their first category, categories by name. */
export function byCategory(templates: readonly Template[]): { category: string; templates: Template[] }[] {
	const groups = new Map<string, Template[]>();
	for (const template of templates) {
		const category = template.categories[0] ?? OTHER;
		groups.set(category, [...(groups.get(category) ?? []), template]);
	}
	return [...groups]
		.map(([category, group]) => ({ category, templates: group }))
		.toSorted((a, b) => Number(a.category === OTHER) - Number(b.category === OTHER) || a.category.localeCompare(b.category));
}

/** The templates that have every word of the search somewhere in what they say. */
export function matching(templates: readonly Template[], search: string): Template[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	return templates.filter((template) => {
		const text = [template.name, template.summary, template.description, ...template.categories, ...template.connections]
			.join(" ")
			.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** How a template's integrations are started, in the Library's words. */
export const TRIGGER_WORDS: Record<Template["trigger"], string> = {
	webhook: "Near real-time (webhook)",
	schedule: "Schedule-based",
	any: "Webhook or schedule",
};
