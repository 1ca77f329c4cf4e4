/** Why an expression or template does not parse or has no value. Thrown inside one isolate only. */
export class ExpressionError extends Error {
	/** @param position offset in the expression's text, null where it is not known */
	constructor(
		readonly code: string,
		message: string,
		readonly position: number | null,
	) {
		super(message);
		this.name = "ExpressionError";
	}
}
