import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

/** HTTP hooks of Auth. Database webhooks are not signed, but can send a header of yours: choose the header token for those. */
export const supabase = {
	id: "supabase",
	name: "Supabase",
	signature: {
		kind: "bySecret",
		cases: [{ secretPrefix: "v1,", scheme: { ...standardWebhooks("webhook"), key: { prefix: "v1,whsec_", as: "base64" } } }],
		otherwise: standardWebhooks("webhook"),
	},
	secret: { name: "Hook secret", looksLike: "v1,whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	expects: { status: 200, withinSeconds: 5, retries: "Tries three times more." },
	orderingKeys: [{ path: "event.body.user.id", what: "each user" }],
} as const satisfies Sender;

export const supabasePage = {
	guide: {
		pasteUrl: [
			"In the Supabase Dashboard, open Authentication, then Auth Hooks, then Add a new hook.",
			"Choose HTTPS as the type and paste {url} as the URL.",
		],
		findSecret: ["In the same form, choose Generate secret and copy what begins with v1,whsec_."],
	},
	samples: [
		{
			event: "send_email",
			title: "An e-mail is to be sent",
			headers: { "webhook-id": "msg_1" },
			body: {
				user: { id: "8484b834-f29e-4af2-bf42-80644d154f76", email: "alex@example.com", role: "authenticated" },
				email_data: { token: "305805", email_action_type: "signup", site_url: "https://shop.example.com" },
			},
		},
	],
} as const satisfies SenderPage;
