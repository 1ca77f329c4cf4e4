/** Undo and redo over immutable values. */
export interface History<T> {
	past: readonly T[];
	present: T;
	future: readonly T[];
	/** What the last entry changed, so that typing in one field is one entry. */
	subject: string | null;
	/** Epoch milliseconds of the last entry. */
	at: number;
}

const ENTRIES_MAX = 200;
/** Edits of the same subject within this time belong together. */
const TOGETHER_MS = 1200;

export function startHistory<T>(present: T): History<T> {
	return { past: [], present, future: [], subject: null, at: 0 };
}

/**
 * @param subject what is being edited (`step.push.url`); null stands by itself
 * @param now epoch milliseconds
 */
export function record<T>(history: History<T>, next: T, subject: string | null, now: number): History<T> {
	if (next === history.present) return history;
	const together = subject !== null && subject === history.subject && now - history.at < TOGETHER_MS && history.past.length > 0;
	const past = together ? history.past : [...history.past, history.present].slice(-ENTRIES_MAX);
	return { past, present: next, future: [], subject, at: now };
}

export function undo<T>(history: History<T>): History<T> {
	const previous = history.past.at(-1);
	if (previous === undefined) return history;
	return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future], subject: null, at: 0 };
}

export function redo<T>(history: History<T>): History<T> {
	const [next, ...future] = history.future;
	if (next === undefined) return history;
	return { past: [...history.past, history.present], present: next, future, subject: null, at: 0 };
}
