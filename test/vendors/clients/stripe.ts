import Stripe from "stripe";
import { type Client, json, NAME, newId, random, seconds, shared } from "../client.ts";

const stripe = new Stripe("sk_test_none");

export const stripeClient: Client = {
	sender: "stripe",
	package: "stripe",
	calls: "webhooks.generateTestHeaderString",
	keys: shared(() => `whsec_${random("hex")}`),
	sign: async (url, secret) => {
		const type = "customer.created";
		const body = JSON.stringify(
			{ id: newId("evt_"), object: "event", created: seconds(), type, data: { object: { name: NAME } } },
			null,
			2,
		);
		const signature = await stripe.webhooks.generateTestHeaderStringAsync({ payload: body, secret });
		return { url, headers: json({ "stripe-signature": signature }), body, name: type };
	},
};
