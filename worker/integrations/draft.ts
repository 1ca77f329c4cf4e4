import * as z from "zod";
import { isId } from "../ids";
import { REGIONS } from "./endpoint-key";
import { nameText } from "./name";
import {
	INTEGRATION_STATUSES,
	orderingSchema,
	retentionSchema,
	scheduleSchema,
	silenceMinutes,
	type Vars,
	webhookSchema,
} from "./settings";
import type { Workflow } from "./workflow";

/** What a person may set on an integration; everything but the name has a default. The workflow is checked by itself. */

const VARS_MAX_BYTES = 64 * 1024;

const vars = z
	.record(z.string().max(80), z.unknown())
	.refine((value) => JSON.stringify(value).length <= VARS_MAX_BYTES, `${VARS_MAX_BYTES / 1024} KB at most`);

/** Characters of a name, as JavaScript counts them. */
export const NAME_MAX = 120;
const name = nameText(NAME_MAX);
const description = z.string().trim().max(2000);
const categories = z
	.array(z.string().trim().min(1).max(40))
	.max(10)
	.transform((list) => [...new Set(list)]);

export const draftSchema = z.strictObject({
	name,
	description: description.default(""),
	categories: categories.default([]),
	status: z.enum(INTEGRATION_STATUSES).default("active"),
	workflow: z.unknown().default({ steps: [] }),
	vars: vars.default({}),
	webhook: webhookSchema.prefault({}),
	schedule: scheduleSchema.prefault({}),
	ordering: orderingSchema.prefault({}),
	retention: retentionSchema.prefault({}),
	/** Silence is an alert after so many minutes; null: as the workspace says, or as learned from the past. */
	silenceMinutes: silenceMinutes.nullable().default(null),
	/** Runs for every event of this one that fails for good. */
	onFailureIntegrationId: z
		.string()
		.refine((id) => isId("int", id), "There is no such integration in this workspace.")
		.nullable()
		.default(null),
});

export type Draft = Omit<z.output<typeof draftSchema>, "workflow"> & { workflow: Workflow; vars: Vars };

/** What is absent is left to the template, or to the defaults above. */
export const newIntegrationSchema = z.strictObject({
	name: name.optional(),
	description: description.optional(),
	categories: categories.optional(),
	workflow: z.unknown().optional(),
	region: z.enum(REGIONS).default("auto"),
	templateId: z.string().max(80).optional(),
	answers: z.record(z.string(), z.unknown()).optional(),
});
