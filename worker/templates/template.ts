import type { OrderingSettings, ScheduleSettings, Vars, WebhookSettings } from "../integrations/settings";
import type { Step } from "../integrations/workflow";

/** A recipe of the Library, as data: what it does, what its wizard asks, and the integration that comes of it. */

export const QUESTION_TYPES = ["text", "url", "integration", "number"] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

export interface Question {
	/** The answer becomes the variable of this name, `{{ vars.<id> }}`, unless `sets` says otherwise. */
	id: string;
	label: string;
	help: string;
	/** `integration` takes a URL, the id of an integration whose webhook is on, or `stand-in` where one is offered. */
	type: QuestionType;
	default?: string | number;
	required: boolean;
	placeholder?: string;
	/** A second integration that can be made to stand in for the system asked for. */
	standIn?: { label: string; integration: Recipe };
	/** The answer goes into this setting instead. */
	sets?: "schedule.every";
}

/** A step, present in every integration or only where a question was answered or left empty. */
export interface RecipeStep {
	step: StepInput;
	where?: { question: string; answered: boolean };
}

/** A step with its defaults left out. */
export type StepInput = {
	[Kind in Step["type"]]: Pick<Extract<Step, { type: Kind }>, "id" | "type"> & Partial<Extract<Step, { type: Kind }>>;
}[Step["type"]];

export interface Recipe {
	/** Kept with the integration, so that a second wizard finds its stand-in. */
	templateId: string;
	name: string;
	description: string;
	categories: string[];
	steps: RecipeStep[];
	vars?: Vars;
	webhook?: Partial<WebhookSettings>;
	schedule?: Partial<ScheduleSettings>;
	ordering?: Partial<OrderingSettings>;
}

export interface Template {
	id: string;
	name: string;
	/** One line for the card. */
	summary: string;
	description: string;
	categories: string[];
	/** `webhook`: near real-time. `schedule`: now and then. `any`: whatever is turned on. */
	trigger: "webhook" | "schedule" | "any";
	/** Systems that need a connection before it works; none can be tried at once. */
	connections: string[];
	/** The template that does the same by the other trigger. */
	sibling: string | null;
	questions: Question[];
	/** The steps in words. */
	steps: string[];
	integration: Recipe;
}
