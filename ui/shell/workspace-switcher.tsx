import { DownIcon, Mark, PeopleIcon, SettingsIcon } from "../components/icons";
import { Menu, type MenuItem } from "../components/menu";
import { goTo } from "../navigation";
import { me, selectWorkspace, signOut, workspace } from "../session";
import { chooseTheme, THEMES, theme } from "../theme";

const THEME_WORDS = { system: "As the system", light: "Light", dark: "Dark" } as const;

/** The account on top of the main menu: which workspace, whose account, light or dark, sign out. */
export function WorkspaceSwitcher() {
	const known = me.value;
	const current = workspace.value;
	if (!known) return null;
	const items: MenuItem[] = [
		...known.workspaces.map(
			(one, index): MenuItem => ({
				label: one.name,
				checked: one.id === current?.id,
				onSelect: () => {
					if (one.id === current?.id) return;
					selectWorkspace(one.id);
					goTo("/dashboard");
				},
				...(index === 0 ? { group: "Workspaces" } : {}),
			}),
		),
		{ label: "Account settings", icon: SettingsIcon, href: "/settings/account", group: known.user.email },
		{ label: "Members and invitations", icon: PeopleIcon, href: "/settings/members" },
		...THEMES.map(
			(one, index): MenuItem => ({
				label: THEME_WORDS[one],
				checked: theme.value === one,
				onSelect: () => chooseTheme(one),
				...(index === 0 ? { group: "Theme" } : {}),
			}),
		),
		{ label: "Sign out", onSelect: signOut, group: true },
	];
	return (
		<Menu class="switcher" items={items}>
			<Mark size={28} />
			<span class="switcher-names">
				<span class="switcher-workspace clip">{current?.name ?? "No workspace"}</span>
				<span class="switcher-person clip">{known.user.name}</span>
			</span>
			<DownIcon size={14} />
		</Menu>
	);
}
