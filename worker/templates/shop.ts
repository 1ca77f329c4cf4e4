import type { Question } from "./template";

/** Where both stock templates send to. The stand-in lets one try them with no shop at hand. */
export const shopUrl: Question = {
	id: "shopUrl",
	label: "Online shop",
	help: "The URL that takes stock levels. No shop at hand? Let Inlet make a stand-in: its Logs show what it received.",
	type: "integration",
	default: "stand-in",
	required: true,
	placeholder: "https://shop.example.com/api/stock",
	standIn: {
		label: "Make a stand-in shop for me",
		integration: {
			templateId: "stand-in-shop",
			name: "Online shop (stand-in)",
			description: "Plays the online shop: its Logs show every stock level that it received.",
			categories: ["Stock"],
			webhook: { enabled: true, methods: ["POST", "PUT"] },
			steps: [{ step: { id: "received", name: "What the shop received", type: "map", output: "{{ event.body }}" } }],
		},
	},
};
