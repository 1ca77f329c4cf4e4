import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Failure, Result } from "./api";

/** What a page shows of something that the worker keeps. */
export interface Resource<T> {
	/** The last known value, also while a newer one is on its way; undefined before the first. */
	value: T | undefined;
	failure: Failure | undefined;
	loading: boolean;
	reload: () => Promise<void>;
	/** Replaces the value without asking the worker: after a save, or ahead of one. */
	set: (value: T) => void;
}

const LAST_KNOWN_MAX = 60;
const lastKnown = new Map<string, unknown>();

/** Forgets everything that was loaded: another person, another workspace. */
export const forgetResources = (): void => lastKnown.clear();

/**
 * Loads a value and keeps it by key, so that coming back shows the last known one at once while it is loaded anew.
 * @param key names the value, with all that it depends on; null loads nothing
 * @param refreshMs loads again at this pace while the page is visible, and when it becomes visible
 */
export function useResource<T>(key: string | null, load: () => Promise<Result<T>>, refreshMs?: number): Resource<T> {
	const [, render] = useState(0);
	const state = useRef<{ key: string | null; value: T | undefined; failure: Failure | undefined; loading: boolean }>({
		key: null,
		value: undefined,
		failure: undefined,
		loading: false,
	});
	const latest = useRef(load);
	latest.current = load;
	const turn = useRef(0);

	if (state.current.key !== key) {
		turn.current += 1;
		const known = key === null ? undefined : (lastKnown.get(key) as T | undefined);
		state.current = { key, value: known, failure: undefined, loading: key !== null };
	}

	const keep = useCallback((value: T) => {
		const current = state.current;
		state.current = { ...current, value, failure: undefined };
		if (current.key !== null) remember(current.key, value);
		render((count) => count + 1);
	}, []);

	const reload = useCallback(async () => {
		turn.current += 1;
		const mine = turn.current;
		const result = await latest.current();
		if (mine !== turn.current) return;
		state.current = { ...state.current, loading: false };
		if (result.ok) keep(result.value);
		else {
			state.current = { ...state.current, failure: result };
			render((count) => count + 1);
		}
	}, [keep]);

	useEffect(() => {
		if (key === null) return;
		reload();
		return () => {
			turn.current += 1;
		};
	}, [key, reload]);

	useEffect(() => {
		if (key === null || refreshMs === undefined) return;
		const refresh = () => {
			if (!document.hidden) reload();
		};
		const timer = setInterval(refresh, refreshMs);
		document.addEventListener("visibilitychange", refresh);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", refresh);
		};
	}, [key, refreshMs, reload]);

	const { value, failure, loading } = state.current;
	return { value, failure, loading, reload, set: keep };
}

export interface Page<T> {
	items: T[];
	cursor: string | null;
}

export interface Pages<T> extends Resource<Page<T>> {
	items: T[] | undefined;
	/** Number of pages before this one. */
	before: number;
	previous: (() => void) | null;
	next: (() => void) | null;
}

/**
 * A list by cursor, one page at a time.
 * @param key names the list with its filters; another key starts at the first page
 */
export function usePages<T>(
	key: string | null,
	load: (cursor: string | undefined) => Promise<Result<Page<T>>>,
	refreshMs?: number,
): Pages<T> {
	const [place, setPlace] = useState<{ key: string | null; cursors: string[] }>({ key, cursors: [] });
	const cursors = place.key === key ? place.cursors : [];
	const cursor = cursors.at(-1);
	const page = useResource(key === null ? null : `${key}#${cursor ?? ""}`, () => load(cursor), refreshMs);
	const following = page.value?.cursor ?? null;
	return {
		...page,
		items: page.value?.items,
		before: cursors.length,
		previous: cursors.length === 0 ? null : () => setPlace({ key, cursors: cursors.slice(0, -1) }),
		next: following === null ? null : () => setPlace({ key, cursors: [...cursors, following] }),
	};
}

function remember(key: string, value: unknown) {
	lastKnown.delete(key);
	lastKnown.set(key, value);
	const oldest = lastKnown.keys().next().value;
	if (lastKnown.size > LAST_KNOWN_MAX && oldest !== undefined) lastKnown.delete(oldest);
}
