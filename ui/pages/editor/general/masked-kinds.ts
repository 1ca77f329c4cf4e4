import type { Pattern } from "../../../../worker/api/types";

/** Kinds of values that can be masked wherever they stand, as people call them. */
export const KINDS: Record<Pattern, string> = {
	card: "Card numbers",
	iban: "Bank accounts (IBAN)",
	email: "Email addresses",
	phone: "Phone numbers",
	bearer: "Tokens after Bearer or Basic",
	jwt: "JSON Web Tokens",
};

export const ALL_KINDS = Object.keys(KINDS) as Pattern[];

const HEADS = /^event\.(body|query|headers)(\.|\[\]|$)/;

/** Why a path cannot be masked; null where it can. */
export function pathProblem(path: string): string | null {
	if (!HEADS.test(path) || /[\s"\\]|\.\.|\.$/.test(path) || path === "event.query" || path === "event.headers")
		return `“${path}” is not a path such as event.body.card.number or event.headers.x-token.`;
	return null;
}
