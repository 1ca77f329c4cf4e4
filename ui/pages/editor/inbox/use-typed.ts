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
	const passed = JSON.stringify(value);
	useEffect(() => {
		clearTimeout(timer.current);
		setTyped(JSON.parse(passed) as T);
	}, [passed]);
	useEffect(() => () => clearTimeout(timer.current), []);
	return [
		typed,
		(next, now = false) => {
			setTyped(next);
			clearTimeout(timer.current);
			timer.current = setTimeout(() => onValue(next), now ? 0 : QUIET_MS);
		},
	];
}
