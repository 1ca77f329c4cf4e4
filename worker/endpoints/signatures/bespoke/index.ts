import type { BespokeModule, BespokeScheme } from "../../../connectors/scheme";
import type { Answered } from "../answered";
import type { Check, LiveSecret, SchemeOptions } from "../check";
import { adyen } from "./adyen";
import { braintree } from "./braintree";
import { contentful } from "./contentful";
import { ebay } from "./ebay";
import { hubspot } from "./hubspot";
import { mercadoPago } from "./mercado-pago";
import { paypal } from "./paypal";
import { plaid } from "./plaid";
import { sns } from "./sns";
import { twilio } from "./twilio";

type Bespoke = (scheme: BespokeScheme, secrets: readonly LiveSecret[], options: SchemeOptions, answered: Answered | null) => Check | null;

const MODULES: Readonly<Record<BespokeModule, Bespoke>> = {
	adyen: (_, secrets) => adyen(secrets),
	braintree: (_, secrets, _options, answered) => braintree(secrets, answered),
	contentful,
	ebay: (_, secrets, options) => ebay(secrets, options),
	hubspot,
	"mercado-pago": mercadoPago,
	paypal,
	plaid,
	sns,
	twilio: (_, secrets) => twilio(secrets),
};

/** A scheme that no description covers. @returns null where not one secret has its form */
export function bespokeCheck(
	scheme: BespokeScheme,
	secrets: readonly LiveSecret[],
	options: SchemeOptions,
	answered: Answered | null,
): Check | null {
	return MODULES[scheme.module](scheme, secrets, options, answered);
}
