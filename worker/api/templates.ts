import { Hono } from "hono";
import { LIBRARY } from "../templates/library";
import type { Template } from "../templates/template";
import * as answers from "./answers";
import { type ApiEnv, notFound } from "./context";
import { describes } from "./describe";

/** The Library. */
export const templateRoutes = new Hono<ApiEnv>()
	.get("/templates", describes("Library", "List the templates", 200, answers.pageOf(answers.template)), (c) => {
		return c.json({ items: LIBRARY.map(present), cursor: null }, 200);
	})
	.get("/templates/:id", describes("Library", "Read a template", 200, answers.template), (c) => {
		const template = LIBRARY.find(({ id }) => id === c.req.param("id"));
		if (template === undefined) throw notFound("template");
		return c.json(present(template), 200);
	});

/** The recipe stays here; what the wizard needs goes out. */
function present({ integration: _recipe, questions, ...template }: Template): answers.Template {
	return {
		...template,
		questions: questions.map(({ standIn, sets: _sets, ...question }) => ({ ...question, ...(standIn ? { standIn: standIn.label } : {}) })),
	};
}
