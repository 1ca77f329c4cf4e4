/** Under which origins this deployment is known. */

/**
 * Where the URLs of endpoints begin: the host that is set apart for them, else the deployment's own.
 * @param otherwise where neither is set: as people reached it
 */
export function endpointOrigin({ ENDPOINT_ORIGIN, PUBLIC_URL }: Pick<Env, "ENDPOINT_ORIGIN" | "PUBLIC_URL">, otherwise: string): string {
	const set = ENDPOINT_ORIGIN || PUBLIC_URL;
	return set ? new URL(set).origin : otherwise;
}

/** Whether a request came to the host that is set apart for endpoints, where nothing else answers. */
export function isOnEndpointHost({ ENDPOINT_ORIGIN, PUBLIC_URL }: Pick<Env, "ENDPOINT_ORIGIN" | "PUBLIC_URL">, url: string): boolean {
	if (!ENDPOINT_ORIGIN) return false;
	const { host } = new URL(ENDPOINT_ORIGIN);
	if (PUBLIC_URL && new URL(PUBLIC_URL).host === host) return false; // not apart
	return new URL(url).host === host;
}
