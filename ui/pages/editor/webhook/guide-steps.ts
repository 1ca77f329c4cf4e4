import type { SenderView } from "../../../../worker/api/types";
import { calledInText } from "../senders";

const SAVE = "press Save, at the top right";

/**
 * What to do at the sender and here, in an order that works step by step; `{url}` stands for the webhook's URL.
 * @param ready whether the URL takes what this sender sends: enabled with it, and saved
 */
export function guideSteps(view: SenderView, ready: boolean): string[] {
	const { guide, secret, options, bringsSecret, handshake } = view;
	const { secretFirst, pasteUrl, findSecret, finish } = guide;
	if (pasteUrl.length + findSecret.length === 0) return [];
	const enter = secret === null || bringsSecret ? [] : [`Enter it below as “${secret.name}”${alsoEntered(options)}, and ${SAVE}.`];
	if (secretFirst) return [...findSecret, ...enter, ...pasteUrl, ...finish];
	// Before it is saved, the URL answers nobody, nor as this sender wants it.
	const first = ready
		? []
		: [`Here, ${SAVE}: ${handshake ? `${calledInText(view)} tests the URL at once` : "the URL is live from then on"}.`];
	return [...first, ...pasteUrl, ...findSecret, ...enter, ...finish];
}

/** `, fill in “Header” and “Algorithm”`: what is needed beside the secret. */
function alsoEntered(options: SenderView["options"]): string {
	const names = options.filter(({ required }) => required).map(({ name }) => `“${name}”`);
	if (names.length === 0) return "";
	const last = names.pop();
	return `, fill in ${names.length === 0 ? last : `${names.join(", ")} and ${last}`}`;
}
