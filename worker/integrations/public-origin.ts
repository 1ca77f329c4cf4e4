/** Under which origins this deployment is known. */

/**
 * Where the URLs of endpoints begin: the host that is set apart for them, else the deployment's own.
 * @param otherwise where neither is set: as people reached it
 */
export function endpointOrigin({ ENDPOINT_ORIGIN, PUBLIC_URL }: Pick<Env, "ENDPOINT_ORIGIN" | "PUBLIC_URL">, otherwise: string): string {
	const set = ENDPOINT_ORIGIN || PUBLIC_URL;
	return set ? new URL(set).origin : otherwise;
}

/**
 * The origins under which a sender may know an endpoint, most likely first: the one that is set, the one that was called,
 * and the one that people copied the URL from. What came by plain HTTP may have been called by HTTPS: a tunnel or proxy in
 * front of us ended it. A signature decides which one it was, so none of them is believed.
 * @param called as the Worker was called
 * @param stored as people reached this deployment when the integration was saved; empty where nobody has
 */
export function originsOf(env: Pick<Env, "ENDPOINT_ORIGIN" | "PUBLIC_URL">, called: string, stored: string): string[] {
	const secure = called.replace(/^http:/, "https:");
	const likely = endpointOrigin(env, called === stored ? called : secure);
	return [...new Set([likely, called, secure, ...(stored === "" ? [] : [stored])])];
}

/** Whether a request came to the host that is set apart for endpoints, where nothing else answers. */
export function isOnEndpointHost({ ENDPOINT_ORIGIN, PUBLIC_URL }: Pick<Env, "ENDPOINT_ORIGIN" | "PUBLIC_URL">, url: string): boolean {
	if (!ENDPOINT_ORIGIN) return false;
	const { host } = new URL(ENDPOINT_ORIGIN);
	if (PUBLIC_URL && new URL(PUBLIC_URL).host === host) return false; // not apart
	return new URL(url).host === host;
}
