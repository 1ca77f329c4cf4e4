import type { Sender } from "../sender";
import { adobeSign } from "./adobe-sign";
import { adyen } from "./adyen";
import { adyenPlatform } from "./adyen-platform";
import { airtable } from "./airtable";
import { asana } from "./asana";
import { authorizeNet } from "./authorize-net";
import { autotask } from "./autotask";
import { awsSns } from "./aws-sns";
import { basic } from "./basic";
import { bearer } from "./bearer";
import { bigcommerce } from "./bigcommerce";
import { bitbucket } from "./bitbucket";
import { box } from "./box";
import { braintree } from "./braintree";
import { brex } from "./brex";
import { buildkite } from "./buildkite";
import { calCom } from "./cal-com";
import { calendly } from "./calendly";
import { chargebee } from "./chargebee";
import { checkoutCom } from "./checkout-com";
import { clerk } from "./clerk";
import { clickup } from "./clickup";
import { coinbaseCommerce } from "./coinbase-commerce";
import { confluence } from "./confluence";
import { connectwise } from "./connectwise";
import { contentful } from "./contentful";
import { customerIo } from "./customer-io";
import { discord } from "./discord";
import { docusign } from "./docusign";
import { dropbox } from "./dropbox";
import { dwolla } from "./dwolla";
import { ebay } from "./ebay";
import { etsy } from "./etsy";
import { finch } from "./finch";
import { front } from "./front";
import { gemini } from "./gemini";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { gocardless } from "./gocardless";
import { greenhouse } from "./greenhouse";
import { headerToken } from "./header-token";
import { highlevel } from "./highlevel";
import { hmac } from "./hmac";
import { hubspot } from "./hubspot";
import { hubspotV1 } from "./hubspot-v1";
import { incidentIo } from "./incident-io";
import { increase } from "./increase";
import { instagram } from "./instagram";
import { intercom } from "./intercom";
import { jira } from "./jira";
import { jiraConnect } from "./jira-connect";
import { jobber } from "./jobber";
import { jwt } from "./jwt";
import { klaviyo } from "./klaviyo";
import { lemonSqueezy } from "./lemon-squeezy";
import { linear } from "./linear";
import { loops } from "./loops";
import { mailchimp } from "./mailchimp";
import { mailgun } from "./mailgun";
import { mandrill } from "./mandrill";
import { mercadoPago } from "./mercado-pago";
import { meta } from "./meta";
import { microsoftGraph } from "./microsoft-graph";
import { microsoftTeams } from "./microsoft-teams";
import { mollie } from "./mollie";
import { monday } from "./monday";
import { mux } from "./mux";
import { netlify } from "./netlify";
import { notion } from "./notion";
import { okta } from "./okta";
import { openai } from "./openai";
import { paddle } from "./paddle";
import { pagerduty } from "./pagerduty";
import { paypal } from "./paypal";
import { paystack } from "./paystack";
import { persona } from "./persona";
import { pipedrive } from "./pipedrive";
import { plaid } from "./plaid";
import { polar } from "./polar";
import { postmark } from "./postmark";
import { quickbooks } from "./quickbooks";
import { razorpay } from "./razorpay";
import { recharge } from "./recharge";
import { render } from "./render";
import { replicate } from "./replicate";
import { resend } from "./resend";
import { salesforce } from "./salesforce";
import { sanity } from "./sanity";
import { segment } from "./segment";
import { sendgrid } from "./sendgrid";
import { sentry } from "./sentry";
import { shippo } from "./shippo";
import { shopify } from "./shopify";
import { slack } from "./slack";
import { sparkpost } from "./sparkpost";
import { square } from "./square";
import { squarespace } from "./squarespace";
import { standardWebhooksSender } from "./standard-webhooks";
import { stripe } from "./stripe";
import { stytch } from "./stytch";
import { supabase } from "./supabase";
import { svix } from "./svix";
import { telegram } from "./telegram";
import { telnyx } from "./telnyx";
import { tiktok } from "./tiktok";
import { trello } from "./trello";
import { twilio } from "./twilio";
import { twitch } from "./twitch";
import { typeform } from "./typeform";
import { vanta } from "./vanta";
import { vercel } from "./vercel";
import { webflow } from "./webflow";
import { whatsapp } from "./whatsapp";
import { wise } from "./wise";
import { woocommerce } from "./woocommerce";
import { workday } from "./workday";
import { workos } from "./workos";
import { x } from "./x";
import { xero } from "./xero";
import { zendesk } from "./zendesk";
import { zoho } from "./zoho";
import { zohoPayments } from "./zoho-payments";
import { zoom } from "./zoom";

/** Every sender, sorted by id. A test sees to it that no file is forgotten. */
export const SENDERS: readonly Sender[] = [
	adobeSign,
	adyen,
	adyenPlatform,
	airtable,
	asana,
	authorizeNet,
	autotask,
	awsSns,
	basic,
	bearer,
	bigcommerce,
	bitbucket,
	box,
	braintree,
	brex,
	buildkite,
	calCom,
	calendly,
	chargebee,
	checkoutCom,
	clerk,
	clickup,
	coinbaseCommerce,
	confluence,
	connectwise,
	contentful,
	customerIo,
	discord,
	docusign,
	dropbox,
	dwolla,
	ebay,
	etsy,
	finch,
	front,
	gemini,
	github,
	gitlab,
	gocardless,
	greenhouse,
	headerToken,
	highlevel,
	hmac,
	hubspot,
	hubspotV1,
	incidentIo,
	increase,
	instagram,
	intercom,
	jira,
	jiraConnect,
	jobber,
	jwt,
	klaviyo,
	lemonSqueezy,
	linear,
	loops,
	mailchimp,
	mailgun,
	mandrill,
	mercadoPago,
	meta,
	microsoftGraph,
	microsoftTeams,
	mollie,
	monday,
	mux,
	netlify,
	notion,
	okta,
	openai,
	paddle,
	pagerduty,
	paypal,
	paystack,
	persona,
	pipedrive,
	plaid,
	polar,
	postmark,
	quickbooks,
	razorpay,
	recharge,
	render,
	replicate,
	resend,
	salesforce,
	sanity,
	segment,
	sendgrid,
	sentry,
	shippo,
	shopify,
	slack,
	sparkpost,
	square,
	squarespace,
	standardWebhooksSender,
	stripe,
	stytch,
	supabase,
	svix,
	telegram,
	telnyx,
	tiktok,
	trello,
	twilio,
	twitch,
	typeform,
	vanta,
	vercel,
	webflow,
	whatsapp,
	wise,
	woocommerce,
	workday,
	workos,
	x,
	xero,
	zendesk,
	zoho,
	zohoPayments,
	zoom,
];

const byId = new Map(SENDERS.map((sender) => [sender.id, sender]));

/** The sender of an id as it stands in `webhook.verification.scheme`; null where there is none. */
export function senderOf(id: string): Sender | null {
	return byId.get(id) ?? null;
}
