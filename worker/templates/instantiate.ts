import type { Question, Recipe } from "./template";

/** What the wizard was told; every question is answered, or null where it was left empty. */
export type Answers = Record<string, string | number | null>;

/** The integration that a recipe and the answers make, in the form of a save. Nothing here is checked. */
export function instantiate(recipe: Recipe, questions: readonly Question[], answers: Answers): Record<string, unknown> {
	const { name, description, categories, steps, webhook = {}, ordering = {} } = recipe;
	const vars = { ...recipe.vars };
	const schedule = { ...recipe.schedule };
	for (const { id, sets } of questions) {
		const answer = answers[id] ?? null;
		if (sets === "schedule.every") schedule.every = Number(answer);
		else if (answer !== null) vars[id] = answer;
	}
	const chosen = steps.filter(({ where }) => where === undefined || ((answers[where.question] ?? null) !== null) === where.answered);
	return { name, description, categories, workflow: { steps: chosen.map(({ step }) => step) }, vars, webhook, schedule, ordering };
}
