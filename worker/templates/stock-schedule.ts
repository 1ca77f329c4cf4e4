import { shopUrl } from "./shop";
import type { Template } from "./template";

export const stockSchedule: Template = {
	id: "stock-schedule",
	name: "Warehouse stock → online shop, on a schedule",
	summary: "Every few minutes, read the stock levels of my warehouse and update my online shop.",
	description:
		"For a warehouse that cannot call a webhook: Inlet asks it for a list of stock levels, at least every minute if you like, and sends the list to the shop. Where the warehouse can call a webhook, use the other template: it is quicker and asks for nothing that has not changed.",
	categories: ["Stock", "E-commerce"],
	trigger: "schedule",
	connections: [],
	sibling: "stock-webhook",
	questions: [
		{
			id: "warehouseUrl",
			label: "Warehouse",
			help: 'The URL that answers with a JSON list such as [{"sku": "A-1", "quantity": 7}]. Leave it empty to try with three sample products.',
			type: "url",
			required: false,
			placeholder: "https://warehouse.example.com/api/stock",
		},
		shopUrl,
		{
			id: "everyMinutes",
			label: "Every how many minutes",
			help: "How often to ask the warehouse.",
			type: "number",
			default: 10,
			required: true,
			sets: "schedule.every",
		},
	],
	steps: [
		"Read the stock levels from the warehouse",
		"Bring them into the shop's form",
		"Go on only if there are any",
		"Send them to the shop",
	],
	integration: {
		templateId: "stock-schedule",
		name: "Warehouse stock → online shop, on a schedule",
		description: "Every few minutes, read the stock levels of my warehouse and update my online shop.",
		categories: ["Stock", "E-commerce"],
		webhook: { supported: false },
		schedule: { enabled: true, kind: "periodic", unit: "minutes" },
		ordering: { mode: "integration" },
		steps: [
			{
				where: { question: "warehouseUrl", answered: true },
				step: { id: "warehouse", name: "Ask the warehouse", type: "http", method: "GET", url: "{{ vars.warehouseUrl }}" },
			},
			{
				where: { question: "warehouseUrl", answered: false },
				step: {
					id: "warehouse",
					name: "Sample stock levels",
					type: "map",
					output: {
						body: [
							{ sku: "A-1", quantity: 7 },
							{ sku: "B-2", quantity: 0 },
							{ sku: "C-3", quantity: 42 },
						],
					},
				},
			},
			{
				step: {
					id: "stock",
					name: "Stock levels",
					type: "map",
					output: { items: '{{ [steps.warehouse.body.{ "sku": sku, "stock": quantity }] }}' },
				},
			},
			{ step: { id: "any", name: "Any at all", type: "filter", condition: "$count(steps.stock.items) > 0" } },
			{
				step: {
					id: "updateShop",
					name: "Update the shop",
					type: "http",
					method: "POST",
					url: "{{ vars.shopUrl }}",
					body: { items: "{{ steps.stock.items }}" },
				},
			},
		],
	},
};
