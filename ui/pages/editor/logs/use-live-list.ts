import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Change, Page } from "../../../../worker/api/types";
import type { Result } from "../../../api";
import { useEditor } from "../context";
import { appendPage, applyChanges, emptyList, type LiveList, type Row, showWaiting } from "./rows";

interface LiveListOptions<T extends Row> {
	/** Names the list with its filters: another key starts it anew. */
	key: string;
	load: (cursor: string | null) => Promise<Result<Page<T>>>;
	/** The rows of this list among the changes. */
	pick: (changes: Change[]) => T[];
	wanted: (row: T) => boolean;
	/** Negative where the first stands above the second. */
	newer: (a: T, b: T) => number;
	/** True while the reader has scrolled down, so that new rows wait. */
	hold: () => boolean;
}

export interface LiveRows<T extends Row> {
	rows: T[] | undefined;
	/** New rows that wait above. */
	waiting: number;
	failure: string | null;
	older: (() => void) | null;
	loadingOlder: boolean;
	showNew: () => void;
	reload: () => void;
}

/** Pages that came back empty, as a sparse filter may give, are followed so far by themselves. */
const EMPTY_PAGES_MAX = 5;

/** A list of history that is loaded by page and kept current by the live socket. */
export function useLiveList<T extends Row>(options: LiveListOptions<T>): LiveRows<T> {
	const { live } = useEditor();
	const [state, setState] = useState<{ key: string; list: LiveList<T> } | null>(null);
	const [failure, setFailure] = useState<string | null>(null);
	const [loadingOlder, setLoadingOlder] = useState(false);
	const latest = useRef(options);
	latest.current = options;
	const { key } = options;
	const shown = state?.key === key ? state.list : undefined;

	const loadFrom = useCallback(async (start: LiveList<T>): Promise<void> => {
		const { key: asked, load } = latest.current;
		let list = start;
		for (let i = 0; i < EMPTY_PAGES_MAX; i++) {
			const answer = await load(list.cursor);
			if (latest.current.key !== asked) return;
			if (!answer.ok) return setFailure(answer.message);
			list = appendPage(list, answer.value);
			if (list.cursor === null || list.rows.length > start.rows.length) break;
		}
		setFailure(null);
		setState((now) => {
			// Changes that came in the meantime stay.
			if (start.rows.length === 0 || now?.key !== asked) return { key: asked, list };
			return { key: asked, list: appendPage(now.list, { items: list.rows, cursor: list.cursor }) };
		});
	}, []);

	const reload = useCallback(() => void loadFrom(emptyList<T>()), [loadFrom]);

	/** Changes were missed: the newest page is laid over what is shown, so that the reader stays where they are. */
	const catchUp = useCallback(async (): Promise<void> => {
		const { key: asked, load } = latest.current;
		const answer = await load(null);
		if (!answer.ok || latest.current.key !== asked) return;
		const { wanted, newer, hold } = latest.current;
		setState((now) => {
			const known = new Set(now?.list.rows.map((row) => row.id));
			const meets = answer.value.items.some((row) => known.has(row.id));
			if (now === null || !meets) return { key: asked, list: appendPage(emptyList<T>(), answer.value) };
			return { ...now, list: applyChanges(now.list, answer.value.items, { wanted, newer, hold: hold() }) };
		});
	}, []);

	useEffect(reload, [key, reload]);

	useEffect(
		() =>
			live.listen((changes, gap) => {
				if (gap) return void catchUp();
				const { pick, wanted, newer, hold } = latest.current;
				const changed = pick(changes);
				if (changed.length === 0) return;
				setState((now) => now && { ...now, list: applyChanges(now.list, changed, { wanted, newer, hold: hold() }) });
			}),
		[live, catchUp],
	);

	const older = async (): Promise<void> => {
		if (shown === undefined) return;
		setLoadingOlder(true);
		await loadFrom(shown);
		setLoadingOlder(false);
	};

	return {
		rows: shown?.rows,
		waiting: shown?.waiting.length ?? 0,
		failure,
		older: shown === undefined || shown.cursor === null ? null : () => void older(),
		loadingOlder,
		showNew: () => setState((now) => now && { ...now, list: showWaiting(now.list) }),
		reload,
	};
}
