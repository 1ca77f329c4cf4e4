/** What a signature is checked against: the request before anything of it was parsed. */
export interface SignedRequest {
	method: string;
	/** The URL as the sender knows it: the public one, with path and query as they were sent. */
	url: string;
	/** Lower-case names. */
	headers: readonly (readonly [name: string, value: string])[];
	/** As it came. */
	body: ArrayBuffer;
}
