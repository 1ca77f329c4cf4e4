import { shopUrl } from "./shop";
import type { Template } from "./template";

export const stockWebhook: Template = {
	id: "stock-webhook",
	name: "Warehouse stock → online shop",
	summary: "When a stock level updates in my warehouse, update my online shop.",
	description:
		'The warehouse posts to the webhook whenever a stock level changes, and the shop has the new level within moments, in the order in which things happened. It expects JSON such as {"sku": "A-1", "quantity": 7}.',
	categories: ["Stock", "E-commerce"],
	trigger: "webhook",
	connections: [],
	sibling: "stock-schedule",
	questions: [shopUrl],
	steps: ["Take sku and quantity from the event", "Go on only with a known quantity", "Send the stock level to the shop"],
	integration: {
		templateId: "stock-webhook",
		name: "Warehouse stock → online shop",
		description: "When a stock level updates in my warehouse, update my online shop.",
		categories: ["Stock", "E-commerce"],
		webhook: { enabled: true },
		schedule: { supported: false },
		ordering: { mode: "integration" },
		steps: [
			{
				step: {
					id: "stock",
					name: "Stock level",
					type: "map",
					output: { sku: "{{ event.body.sku }}", stock: "{{ event.body.quantity }}" },
				},
			},
			{
				step: {
					id: "known",
					name: "Known quantities only",
					type: "filter",
					condition: "$exists(steps.stock.sku) and $number(steps.stock.stock) >= 0",
				},
			},
			{
				step: {
					id: "updateShop",
					name: "Update the shop",
					type: "http",
					method: "POST",
					url: "{{ vars.shopUrl }}",
					body: "{{ steps.stock }}",
				},
			},
		],
	},
};
