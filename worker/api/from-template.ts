import { and, eq, isNull } from "drizzle-orm";
import { integrations } from "../db/schema";
import type { Region } from "../integrations/endpoint-key";
import { requireRoom } from "../integrations/quotas";
import { insertIntegration } from "../integrations/save";
import { findIntegration, type IntegrationRow } from "../integrations/store";
import { type Answers, instantiate } from "../templates/instantiate";
import { findTemplate } from "../templates/library";
import type { Question, Recipe } from "../templates/template";
import type { Integration } from "./answers";
import { applied } from "./applying";
import { invalidField } from "./body";
import { checkDraft } from "./check";
import { type ApiContext, askerOf, databaseOf, workspaceOf } from "./context";
import { originOf } from "./origin";
import { endpointUrl } from "./present";

export const STAND_IN = "stand-in";

interface Wish {
	templateId: string;
	answers: Record<string, unknown>;
	region: Region;
	/** Fields that were given beside the answers; they win over the template's. */
	fields: Record<string, unknown>;
}

/** The wizard's end: a working integration, and a stand-in beside it where one was asked for. @throws 422 naming the question */
export async function createFromTemplate(c: ApiContext, { templateId, answers, region, fields }: Wish): Promise<Integration> {
	const template = findTemplate(templateId);
	if (template === null) throw invalidField("templateId", "There is no such template.");
	const unknown = Object.keys(answers).find((id) => !template.questions.some((question) => question.id === id));
	if (unknown !== undefined) throw invalidField(`answers.${unknown}`, "The template does not ask this.");

	const given: Answers = {};
	for (const question of template.questions) given[question.id] = readAnswer(question, answers[question.id]);
	const wanted = template.questions.filter(({ id, standIn }) => standIn && given[id] === STAND_IN).length;
	await requireRoom(c.env, databaseOf(c), workspaceOf(c), 1 + wanted);
	for (const question of template.questions) {
		if (question.type === "integration") given[question.id] = await resolveTarget(c, question, given[question.id] ?? null, region);
	}
	return make(c, template.integration, template.questions, given, region, fields);
}

async function make(
	c: ApiContext,
	recipe: Recipe,
	questions: readonly Question[],
	answers: Answers,
	region: Region,
	fields: Record<string, unknown>,
): Promise<Integration> {
	const { userId, timeZone } = askerOf(c);
	const made = instantiate(recipe, questions, answers);
	const schedule = { timeZone, ...(made.schedule as object) };
	const draft = await checkDraft(databaseOf(c), workspaceOf(c), { ...made, schedule, ...fields });
	const id = await insertIntegration(databaseOf(c), workspaceOf(c), userId, draft, {
		region,
		templateId: recipe.templateId,
		publicOrigin: originOf(c),
	});
	return applied(c, id);
}

function readAnswer(question: Question, answer: unknown): string | number | null {
	const { id, type, required } = question;
	const value = answer === undefined || answer === null || answer === "" ? (question.default ?? null) : answer;
	if (value === null) {
		if (required) throw invalidField(`answers.${id}`, "Please answer this question.");
		return null;
	}
	if (type === "number") {
		if (typeof value !== "number" || !Number.isFinite(value)) throw invalidField(`answers.${id}`, "Give a number.");
		return value;
	}
	if (typeof value !== "string" || value.length > 2000) throw invalidField(`answers.${id}`, "Give a text of 2,000 characters at most.");
	if (type === "url" && !isWebUrl(value)) throw invalidField(`answers.${id}`, "Give a URL that begins with https:// or http://.");
	return value;
}

/** The URL that an answer of the type `integration` means. */
async function resolveTarget(c: ApiContext, question: Question, answer: string | number | null, region: Region): Promise<string | null> {
	if (answer === null) return null;
	const text = String(answer);
	if (text === STAND_IN && question.standIn) return (await standInFor(c, question.standIn.integration, region)) ?? null;
	if (isWebUrl(text)) return text;
	const found = text.startsWith("int_") ? await findIntegration(databaseOf(c), workspaceOf(c), text) : null;
	if (found === null) throw invalidField(`answers.${question.id}`, "Give a URL, or choose an integration of this workspace.");
	if (!found.row.webhook.enabled) throw invalidField(`answers.${question.id}`, `Turn on the webhook of “${found.row.name}” first.`);
	return endpointUrl(c.env, originOf(c), found.row);
}

/** The workspace's stand-in if it has one that answers, or a new one. */
async function standInFor(c: ApiContext, recipe: Recipe, region: Region): Promise<string | null> {
	const candidates: IntegrationRow[] = await databaseOf(c)
		.select()
		.from(integrations)
		.where(
			and(eq(integrations.workspaceId, workspaceOf(c)), eq(integrations.templateId, recipe.templateId), isNull(integrations.deletedAt)),
		);
	const existing = candidates.find(({ webhook, status }) => webhook.enabled && status === "active");
	if (existing) return endpointUrl(c.env, originOf(c), existing);
	return (await make(c, recipe, [], {}, region, {})).webhook.url;
}

function isWebUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
