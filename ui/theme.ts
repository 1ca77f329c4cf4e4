import { signal } from "@preact/signals";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "inlet.theme";

export const theme = signal<Theme>(recall());

/** Keeps the choice in this browser and shows it at once. `public/theme.js` applies it on the next visit before the first paint. */
export function chooseTheme(chosen: Theme): void {
	theme.value = chosen;
	if (chosen === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = chosen;
	try {
		if (chosen === "system") localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, chosen);
	} catch {
		// Storage may be blocked; the choice then lasts as long as the page.
	}
}

function recall(): Theme {
	const shown = typeof document === "undefined" ? undefined : document.documentElement.dataset.theme;
	return shown === "light" || shown === "dark" ? shown : "system";
}
