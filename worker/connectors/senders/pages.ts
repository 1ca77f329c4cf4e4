import type { SenderPage } from "../sender";
import { adobeSignPage } from "./adobe-sign";
import { adyenPage } from "./adyen";
import { adyenPlatformPage } from "./adyen-platform";
import { aftershipPage } from "./aftership";
import { airtablePage } from "./airtable";
import { airwallexPage } from "./airwallex";
import { asanaPage } from "./asana";
import { ashbyPage } from "./ashby";
import { attioPage } from "./attio";
import { authorizeNetPage } from "./authorize-net";
import { autotaskPage } from "./autotask";
import { awsSnsPage } from "./aws-sns";
import { basicPage } from "./basic";
import { bearerPage } from "./bearer";
import { bigcommercePage } from "./bigcommerce";
import { bitbucketPage } from "./bitbucket";
import { boxPage } from "./box";
import { braintreePage } from "./braintree";
import { brexPage } from "./brex";
import { bridgePage } from "./bridge";
import { buildkitePage } from "./buildkite";
import { calComPage } from "./cal-com";
import { calendlyPage } from "./calendly";
import { chargebeePage } from "./chargebee";
import { checkoutComPage } from "./checkout-com";
import { checkrPage } from "./checkr";
import { circleciPage } from "./circleci";
import { clerkPage } from "./clerk";
import { clickupPage } from "./clickup";
import { cloudflareStreamPage } from "./cloudflare-stream";
import { coinbaseCommercePage } from "./coinbase-commerce";
import { commerceLayerPage } from "./commerce-layer";
import { confluencePage } from "./confluence";
import { connectwisePage } from "./connectwise";
import { contentfulPage } from "./contentful";
import { courierPage } from "./courier";
import { cursorPage } from "./cursor";
import { customerIoPage } from "./customer-io";
import { discordPage } from "./discord";
import { docusignPage } from "./docusign";
import { dopplerPage } from "./doppler";
import { dropboxPage } from "./dropbox";
import { dubPage } from "./dub";
import { dwollaPage } from "./dwolla";
import { easypostPage } from "./easypost";
import { ebayPage } from "./ebay";
import { elevenlabsPage } from "./elevenlabs";
import { enodePage } from "./enode";
import { etsyPage } from "./etsy";
import { expoPage } from "./expo";
import { fastspringPage } from "./fastspring";
import { fathomPage } from "./fathom";
import { finchPage } from "./finch";
import { fourthwallPage } from "./fourthwall";
import { frontPage } from "./front";
import { geminiPage } from "./gemini";
import { githubPage } from "./github";
import { gitlabPage } from "./gitlab";
import { gocardlessPage } from "./gocardless";
import { greenhousePage } from "./greenhouse";
import { headerTokenPage } from "./header-token";
import { herokuPage } from "./heroku";
import { highlevelPage } from "./highlevel";
import { hmacPage } from "./hmac";
import { hookdeckPage } from "./hookdeck";
import { hubspotPage } from "./hubspot";
import { hubspotV1Page } from "./hubspot-v1";
import { hubspotV2Page } from "./hubspot-v2";
import { incidentIoPage } from "./incident-io";
import { increasePage } from "./increase";
import { increaseV1Page } from "./increase-v1";
import { instagramPage } from "./instagram";
import { intercomPage } from "./intercom";
import { jiraPage } from "./jira";
import { jiraConnectPage } from "./jira-connect";
import { jobberPage } from "./jobber";
import { jwtPage } from "./jwt";
import { klaviyoPage } from "./klaviyo";
import { launchdarklyPage } from "./launchdarkly";
import { lemonSqueezyPage } from "./lemon-squeezy";
import { linePage } from "./line";
import { linearPage } from "./linear";
import { lithicPage } from "./lithic";
import { liveblocksPage } from "./liveblocks";
import { livekitPage } from "./livekit";
import { loopsPage } from "./loops";
import { mailchimpPage } from "./mailchimp";
import { mailgunPage } from "./mailgun";
import { mandrillPage } from "./mandrill";
import { mercadoPagoPage } from "./mercado-pago";
import { metaPage } from "./meta";
import { microsoftGraphPage } from "./microsoft-graph";
import { microsoftTeamsPage } from "./microsoft-teams";
import { modernTreasuryPage } from "./modern-treasury";
import { molliePage } from "./mollie";
import { mondayPage } from "./monday";
import { mongodbAtlasPage } from "./mongodb-atlas";
import { muxPage } from "./mux";
import { netlifyPage } from "./netlify";
import { notionPage } from "./notion";
import { nylasPage } from "./nylas";
import { oktaPage } from "./okta";
import { onfleetPage } from "./onfleet";
import { openaiPage } from "./openai";
import { orbPage } from "./orb";
import { paddlePage } from "./paddle";
import { pagerdutyPage } from "./pagerduty";
import { paypalPage } from "./paypal";
import { paystackPage } from "./paystack";
import { personaPage } from "./persona";
import { pipedrivePage } from "./pipedrive";
import { plaidPage } from "./plaid";
import { polarPage } from "./polar";
import { postmarkPage } from "./postmark";
import { pusherPage } from "./pusher";
import { quickbooksPage } from "./quickbooks";
import { razorpayPage } from "./razorpay";
import { rechargePage } from "./recharge";
import { renderPage } from "./render";
import { replicatePage } from "./replicate";
import { resendPage } from "./resend";
import { revenuecatPage } from "./revenuecat";
import { salesforcePage } from "./salesforce";
import { sanityPage } from "./sanity";
import { segmentPage } from "./segment";
import { sendbirdPage } from "./sendbird";
import { sendgridPage } from "./sendgrid";
import { sentryPage } from "./sentry";
import { shippoPage } from "./shippo";
import { shopifyPage } from "./shopify";
import { slackPage } from "./slack";
import { sparkpostPage } from "./sparkpost";
import { squarePage } from "./square";
import { squarespacePage } from "./squarespace";
import { standardWebhooksSenderPage } from "./standard-webhooks";
import { stripePage } from "./stripe";
import { stytchPage } from "./stytch";
import { supabasePage } from "./supabase";
import { svixPage } from "./svix";
import { tailscalePage } from "./tailscale";
import { tallyPage } from "./tally";
import { telegramPage } from "./telegram";
import { telnyxPage } from "./telnyx";
import { tiktokPage } from "./tiktok";
import { todoistPage } from "./todoist";
import { trelloPage } from "./trello";
import { twilioPage } from "./twilio";
import { twitchPage } from "./twitch";
import { typeformPage } from "./typeform";
import { vantaPage } from "./vanta";
import { vercelPage } from "./vercel";
import { veriffPage } from "./veriff";
import { vonagePage } from "./vonage";
import { webflowPage } from "./webflow";
import { whatsappPage } from "./whatsapp";
import { wisePage } from "./wise";
import { woocommercePage } from "./woocommerce";
import { workdayPage } from "./workday";
import { workosPage } from "./workos";
import { xPage } from "./x";
import { xeroPage } from "./xero";
import { zendeskPage } from "./zendesk";
import { zohoPage } from "./zoho";
import { zohoPaymentsPage } from "./zoho-payments";
import { zoomPage } from "./zoom";

/**
 * What people are shown of each sender, by its id. Kept out of the Worker: the build of the UI writes each page to a file of
 * its own, which the API reads when somebody asks for it.
 */
export const PAGES: Readonly<Record<string, SenderPage>> = {
	"adobe-sign": adobeSignPage,
	adyen: adyenPage,
	"adyen-platform": adyenPlatformPage,
	aftership: aftershipPage,
	airtable: airtablePage,
	airwallex: airwallexPage,
	asana: asanaPage,
	ashby: ashbyPage,
	attio: attioPage,
	"authorize-net": authorizeNetPage,
	autotask: autotaskPage,
	"aws-sns": awsSnsPage,
	basic: basicPage,
	bearer: bearerPage,
	bigcommerce: bigcommercePage,
	bitbucket: bitbucketPage,
	box: boxPage,
	braintree: braintreePage,
	brex: brexPage,
	bridge: bridgePage,
	buildkite: buildkitePage,
	"cal-com": calComPage,
	calendly: calendlyPage,
	chargebee: chargebeePage,
	"checkout-com": checkoutComPage,
	checkr: checkrPage,
	circleci: circleciPage,
	clerk: clerkPage,
	clickup: clickupPage,
	"cloudflare-stream": cloudflareStreamPage,
	"coinbase-commerce": coinbaseCommercePage,
	"commerce-layer": commerceLayerPage,
	confluence: confluencePage,
	connectwise: connectwisePage,
	contentful: contentfulPage,
	courier: courierPage,
	cursor: cursorPage,
	"customer-io": customerIoPage,
	discord: discordPage,
	docusign: docusignPage,
	doppler: dopplerPage,
	dropbox: dropboxPage,
	dub: dubPage,
	dwolla: dwollaPage,
	easypost: easypostPage,
	ebay: ebayPage,
	elevenlabs: elevenlabsPage,
	enode: enodePage,
	etsy: etsyPage,
	expo: expoPage,
	fastspring: fastspringPage,
	fathom: fathomPage,
	finch: finchPage,
	fourthwall: fourthwallPage,
	front: frontPage,
	gemini: geminiPage,
	github: githubPage,
	gitlab: gitlabPage,
	gocardless: gocardlessPage,
	greenhouse: greenhousePage,
	"header-token": headerTokenPage,
	heroku: herokuPage,
	highlevel: highlevelPage,
	hmac: hmacPage,
	hookdeck: hookdeckPage,
	hubspot: hubspotPage,
	"hubspot-v1": hubspotV1Page,
	"hubspot-v2": hubspotV2Page,
	"incident-io": incidentIoPage,
	increase: increasePage,
	"increase-v1": increaseV1Page,
	instagram: instagramPage,
	intercom: intercomPage,
	jira: jiraPage,
	"jira-connect": jiraConnectPage,
	jobber: jobberPage,
	jwt: jwtPage,
	klaviyo: klaviyoPage,
	launchdarkly: launchdarklyPage,
	"lemon-squeezy": lemonSqueezyPage,
	line: linePage,
	linear: linearPage,
	lithic: lithicPage,
	liveblocks: liveblocksPage,
	livekit: livekitPage,
	loops: loopsPage,
	mailchimp: mailchimpPage,
	mailgun: mailgunPage,
	mandrill: mandrillPage,
	"mercado-pago": mercadoPagoPage,
	meta: metaPage,
	"microsoft-graph": microsoftGraphPage,
	"microsoft-teams": microsoftTeamsPage,
	"modern-treasury": modernTreasuryPage,
	mollie: molliePage,
	monday: mondayPage,
	"mongodb-atlas": mongodbAtlasPage,
	mux: muxPage,
	netlify: netlifyPage,
	notion: notionPage,
	nylas: nylasPage,
	okta: oktaPage,
	onfleet: onfleetPage,
	openai: openaiPage,
	orb: orbPage,
	paddle: paddlePage,
	pagerduty: pagerdutyPage,
	paypal: paypalPage,
	paystack: paystackPage,
	persona: personaPage,
	pipedrive: pipedrivePage,
	plaid: plaidPage,
	polar: polarPage,
	postmark: postmarkPage,
	pusher: pusherPage,
	quickbooks: quickbooksPage,
	razorpay: razorpayPage,
	recharge: rechargePage,
	render: renderPage,
	replicate: replicatePage,
	resend: resendPage,
	revenuecat: revenuecatPage,
	salesforce: salesforcePage,
	sanity: sanityPage,
	segment: segmentPage,
	sendbird: sendbirdPage,
	sendgrid: sendgridPage,
	sentry: sentryPage,
	shippo: shippoPage,
	shopify: shopifyPage,
	slack: slackPage,
	sparkpost: sparkpostPage,
	square: squarePage,
	squarespace: squarespacePage,
	"standard-webhooks": standardWebhooksSenderPage,
	stripe: stripePage,
	stytch: stytchPage,
	supabase: supabasePage,
	svix: svixPage,
	tailscale: tailscalePage,
	tally: tallyPage,
	telegram: telegramPage,
	telnyx: telnyxPage,
	tiktok: tiktokPage,
	todoist: todoistPage,
	trello: trelloPage,
	twilio: twilioPage,
	twitch: twitchPage,
	typeform: typeformPage,
	vanta: vantaPage,
	vercel: vercelPage,
	veriff: veriffPage,
	vonage: vonagePage,
	webflow: webflowPage,
	whatsapp: whatsappPage,
	wise: wisePage,
	woocommerce: woocommercePage,
	workday: workdayPage,
	workos: workosPage,
	x: xPage,
	xero: xeroPage,
	zendesk: zendeskPage,
	zoho: zohoPage,
	"zoho-payments": zohoPaymentsPage,
	zoom: zoomPage,
};
