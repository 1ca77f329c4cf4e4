/** One integration calls another: an event there, once for each `from`. */
export interface Call {
	/** Id of the execution that calls. */
	from: string;
	/** JSON. */
	body: ArrayBuffer;
	hops: number;
}

/** `unknown`: deleted, or of another workspace. */
export type CallAnswer = { status: "accepted"; sequence: number } | { status: "overloaded" | "unknown" };
