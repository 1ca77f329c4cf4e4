import type { Template } from "./template";

export const blank: Template = {
	id: "blank",
	name: "Blank",
	summary: "Start from nothing and add your own steps.",
	description:
		"An integration without steps. Turn on its webhook to see what another system sends, then build the workflow on real events.",
	categories: ["Basics"],
	trigger: "any",
	connections: [],
	sibling: null,
	questions: [],
	steps: [],
	integration: { templateId: "blank", name: "New integration", description: "", categories: [], steps: [] },
};
