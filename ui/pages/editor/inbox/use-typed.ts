import { useEffect, useRef, useState } from "preact/hooks";

/** Milliseconds of quiet before what was typed is looked for. */
const QUIET_MS = 300;

/**
 * What is typed, passed on after a moment of quiet; a change from outside (back, clear) shows at once.
 * @param value plain, as JSON can carry it
 * @returns with it a way to change it; `now` passes it on at once
 */
export function useTyped<T>(value: T, onValue: (value: T) => void): [T, (next: T, now?: boolean) => void] {
	const [typed, setTyped] = useState(value);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	/** What was passed on and has not come back as the value yet. */
	const sent = useRef<string | null>(null);
	/** Of the newest rendering: what else the page shows may have changed during the quiet. */
	const pass = useRef(onValue);
	pass.current = onValue;
	const shown = JSON.stringify(value);
	useEffect(() => {
		const isOwn = shown === sent.current;
		sent.current = null;
		if (isOwn) return; // more may have been typed since
		clearTimeout(timer.current);
		setTyped(JSON.parse(shown) as T);
	}, [shown]);
	useEffect(() => () => clearTimeout(timer.current), []);
	return [
		typed,
		(next, now = false) => {
			setTyped(next);
			clearTimeout(timer.current);
			timer.current = setTimeout(
				() => {
					sent.current = JSON.stringify(next);
					pass.current(next);
				},
				now ? 0 : QUIET_MS,
			);
		},
	];
}
