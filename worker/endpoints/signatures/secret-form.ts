import type { DirectScheme } from "../../connectors/scheme";
import type { Sender } from "../../connectors/sender";
import type { SchemeOptions } from "./check";
import { checkOf, schemesOf } from "./verify";

/**
 * Why nothing could ever be checked with a secret, for people; null where it may be one.
 * @param options what was entered beside it
 */
export function secretProblem({ name, signature, secret }: Sender, text: string, options: SchemeOptions): string | null {
	const [[scheme] = []] = schemesOf(signature, [text], options);
	if (scheme === undefined || checkOf(scheme, [{ text, index: 0 }], options) !== null) return null;
	return (
		wordsFor(scheme) ??
		`This is no “${secret?.name ?? "Secret"}” of ${name}: copy it there once more, whole.${secret?.looksLike ? ` It looks like this: ${secret.looksLike}` : ""}`
	);
}

const PEM =
	"Paste the public key with its lines BEGIN PUBLIC KEY and END PUBLIC KEY. A JWK or a certificate has to be turned into one first.";

function wordsFor(scheme: DirectScheme): string | null {
	switch (scheme.kind) {
		case "basic":
			return "Enter the user name and the password with a colon in between: name:password.";
		case "hmac": {
			const { as = "utf8", prefix = "" } = scheme.key ?? {};
			const after = prefix === "" ? "" : ` after ${prefix}`;
			if (as === "hex") return `It is not hexadecimal${after}: only 0–9 and a–f (or A–F), two signs a byte. Copy it whole, without spaces.`;
			return as === "base64" ? `It is not base64${after}: only letters, digits, +, / and =. Copy it whole, without spaces.` : null;
		}
		case "ed25519":
		case "ecdsa":
		case "rsa":
			return scheme.key.as === "pem" ? PEM : null;
		case "jwt":
			return scheme.algorithms.some((algorithm) => algorithm.startsWith("HS"))
				? `For ${scheme.algorithms.join(" or ")}, enter the shared secret, which is no public key.`
				: `For ${scheme.algorithms.join(" or ")}: ${PEM}`;
		default:
			return null;
	}
}
