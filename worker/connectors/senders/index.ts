import type { Sender } from "../sender";
import { adobeSign } from "./adobe-sign";
import { adyen } from "./adyen";
import { adyenPlatform } from "./adyen-platform";
import { aftership } from "./aftership";
import { airtable } from "./airtable";
import { airwallex } from "./airwallex";
import { asana } from "./asana";
import { ashby } from "./ashby";
import { attio } from "./attio";
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
import { bridge } from "./bridge";
import { buildkite } from "./buildkite";
import { calCom } from "./cal-com";
import { calendly } from "./calendly";
import { chargebee } from "./chargebee";
import { checkoutCom } from "./checkout-com";
import { checkr } from "./checkr";
import { circleci } from "./circleci";
import { clerk } from "./clerk";
import { clickup } from "./clickup";
import { cloudflareStream } from "./cloudflare-stream";
import { coinbaseCommerce } from "./coinbase-commerce";
import { commerceLayer } from "./commerce-layer";
import { confluence } from "./confluence";
import { connectwise } from "./connectwise";
import { contentful } from "./contentful";
import { courier } from "./courier";
import { cursor } from "./cursor";
import { customerIo } from "./customer-io";
import { discord } from "./discord";
import { docusign } from "./docusign";
import { doppler } from "./doppler";
import { dropbox } from "./dropbox";
import { dub } from "./dub";
import { dwolla } from "./dwolla";
import { easypost } from "./easypost";
import { ebay } from "./ebay";
import { elevenlabs } from "./elevenlabs";
import { enode } from "./enode";
import { etsy } from "./etsy";
import { expo } from "./expo";
import { fastspring } from "./fastspring";
import { fathom } from "./fathom";
import { finch } from "./finch";
import { fourthwall } from "./fourthwall";
import { front } from "./front";
import { gemini } from "./gemini";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { gocardless } from "./gocardless";
import { greenhouse } from "./greenhouse";
import { headerToken } from "./header-token";
import { heroku } from "./heroku";
import { highlevel } from "./highlevel";
import { hmac } from "./hmac";
import { hookdeck } from "./hookdeck";
import { hubspot } from "./hubspot";
import { hubspotV1 } from "./hubspot-v1";
import { hubspotV2 } from "./hubspot-v2";
import { incidentIo } from "./incident-io";
import { increase } from "./increase";
import { increaseV1 } from "./increase-v1";
import { instagram } from "./instagram";
import { intercom } from "./intercom";
import { jira } from "./jira";
import { jiraConnect } from "./jira-connect";
import { jobber } from "./jobber";
import { jwt } from "./jwt";
import { klaviyo } from "./klaviyo";
import { launchdarkly } from "./launchdarkly";
import { lemonSqueezy } from "./lemon-squeezy";
import { line } from "./line";
import { linear } from "./linear";
import { lithic } from "./lithic";
import { liveblocks } from "./liveblocks";
import { livekit } from "./livekit";
import { loops } from "./loops";
import { mailchimp } from "./mailchimp";
import { mailgun } from "./mailgun";
import { mandrill } from "./mandrill";
import { mercadoPago } from "./mercado-pago";
import { meta } from "./meta";
import { microsoftGraph } from "./microsoft-graph";
import { microsoftTeams } from "./microsoft-teams";
import { modernTreasury } from "./modern-treasury";
import { mollie } from "./mollie";
import { monday } from "./monday";
import { mongodbAtlas } from "./mongodb-atlas";
import { mux } from "./mux";
import { netlify } from "./netlify";
import { notion } from "./notion";
import { nylas } from "./nylas";
import { okta } from "./okta";
import { onfleet } from "./onfleet";
import { openai } from "./openai";
import { orb } from "./orb";
import { paddle } from "./paddle";
import { pagerduty } from "./pagerduty";
import { paypal } from "./paypal";
import { paystack } from "./paystack";
import { persona } from "./persona";
import { pipedrive } from "./pipedrive";
import { plaid } from "./plaid";
import { polar } from "./polar";
import { postmark } from "./postmark";
import { pusher } from "./pusher";
import { quickbooks } from "./quickbooks";
import { razorpay } from "./razorpay";
import { recharge } from "./recharge";
import { render } from "./render";
import { replicate } from "./replicate";
import { resend } from "./resend";
import { revenuecat } from "./revenuecat";
import { salesforce } from "./salesforce";
import { sanity } from "./sanity";
import { segment } from "./segment";
import { sendbird } from "./sendbird";
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
import { tailscale } from "./tailscale";
import { tally } from "./tally";
import { telegram } from "./telegram";
import { telnyx } from "./telnyx";
import { tiktok } from "./tiktok";
import { todoist } from "./todoist";
import { trello } from "./trello";
import { twilio } from "./twilio";
import { twitch } from "./twitch";
import { typeform } from "./typeform";
import { vanta } from "./vanta";
import { vercel } from "./vercel";
import { veriff } from "./veriff";
import { vonage } from "./vonage";
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
	aftership,
	airtable,
	airwallex,
	asana,
	ashby,
	attio,
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
	bridge,
	buildkite,
	calCom,
	calendly,
	chargebee,
	checkoutCom,
	checkr,
	circleci,
	clerk,
	clickup,
	cloudflareStream,
	coinbaseCommerce,
	commerceLayer,
	confluence,
	connectwise,
	contentful,
	courier,
	cursor,
	customerIo,
	discord,
	docusign,
	doppler,
	dropbox,
	dub,
	dwolla,
	easypost,
	ebay,
	elevenlabs,
	enode,
	etsy,
	expo,
	fastspring,
	fathom,
	finch,
	fourthwall,
	front,
	gemini,
	github,
	gitlab,
	gocardless,
	greenhouse,
	headerToken,
	heroku,
	highlevel,
	hmac,
	hookdeck,
	hubspot,
	hubspotV1,
	hubspotV2,
	incidentIo,
	increase,
	increaseV1,
	instagram,
	intercom,
	jira,
	jiraConnect,
	jobber,
	jwt,
	klaviyo,
	launchdarkly,
	lemonSqueezy,
	line,
	linear,
	lithic,
	liveblocks,
	livekit,
	loops,
	mailchimp,
	mailgun,
	mandrill,
	mercadoPago,
	meta,
	microsoftGraph,
	microsoftTeams,
	modernTreasury,
	mollie,
	monday,
	mongodbAtlas,
	mux,
	netlify,
	notion,
	nylas,
	okta,
	onfleet,
	openai,
	orb,
	paddle,
	pagerduty,
	paypal,
	paystack,
	persona,
	pipedrive,
	plaid,
	polar,
	postmark,
	pusher,
	quickbooks,
	razorpay,
	recharge,
	render,
	replicate,
	resend,
	revenuecat,
	salesforce,
	sanity,
	segment,
	sendbird,
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
	tailscale,
	tally,
	telegram,
	telnyx,
	tiktok,
	todoist,
	trello,
	twilio,
	twitch,
	typeform,
	vanta,
	vercel,
	veriff,
	vonage,
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

/** The sender of an id as it stands in `webhook.verification.scheme`; null where there is none, as of `none` itself. */
export function senderOf(id: string): Sender | null {
	return byId.get(id) ?? null;
}
