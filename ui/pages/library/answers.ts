import type { Template } from "../../../worker/api/types";

/** Answers as typed: text, whatever the question's type. */
export type Answers = Record<string, string>;
/** What is wrong, by question; `name` is the integration's. */
export type Problems = Record<string, string>;

/** The answer that has another integration made, standing in for the system asked for. */
export const STAND_IN = "stand-in";

type Question = Template["questions"][number];

export function firstAnswers(template: Template): Answers {
	return Object.fromEntries(template.questions.map((question) => [question.id, firstAnswer(question)]));
}

function firstAnswer(question: Question): string {
	if (question.default !== undefined) return String(question.default);
	return question.standIn === undefined ? "" : STAND_IN;
}

/** What keeps a step of the wizard from being left. */
export function problemsOf(template: Template, name: string, answers: Answers, step: string): Problems {
	if (step === "Name") return name.trim() === "" ? { name: "Give the integration a name." } : {};
	const problems: Problems = {};
	for (const question of template.questions) {
		const problem = problemOf(question, (answers[question.id] ?? "").trim());
		if (problem !== null) problems[question.id] = problem;
	}
	return problems;
}

function problemOf(question: Question, answer: string): string | null {
	if (answer === "") return question.required ? "This is needed." : null;
	if (question.type === "number" && !Number.isFinite(Number(answer))) return "This is not a number.";
	const address = question.type === "url" || (question.type === "integration" && answer !== STAND_IN && !answer.startsWith("int_"));
	if (address && !isWebAddress(answer)) return "Write a full address that begins with https:// or http://.";
	return null;
}

/** The answers as the API takes them: numbers as numbers, unanswered ones left out. */
export function answersOf(template: Template, answers: Answers): Record<string, string | number> {
	const given: Record<string, string | number> = {};
	for (const question of template.questions) {
		const answer = (answers[question.id] ?? "").trim();
		if (answer !== "") given[question.id] = question.type === "number" ? Number(answer) : answer;
	}
	return given;
}

/** What the new integration says of itself until somebody writes more. A recipe without steps says nothing. */
export function aboutOf(template: Pick<Template, "summary" | "categories" | "steps">): { description?: string; categories?: string[] } {
	return template.steps.length === 0 ? {} : { description: template.summary, categories: template.categories };
}

function isWebAddress(text: string): boolean {
	// An address may hold expressions; what is left of them must still be one.
	const url = text.replace(/\{\{.*?\}\}/g, "x");
	return /^https?:\/\//i.test(url) && URL.canParse(url);
}
