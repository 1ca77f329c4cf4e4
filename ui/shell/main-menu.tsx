import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { AutomationsIcon, ChevronIcon, ConnectionIcon, DashboardIcon, type Icon, SettingsIcon } from "../components/icons";

/** Dashboard; Automations, which opens to My Automations and Library; Connections; Settings. */
export function MainMenu() {
	const { path } = useLocation();
	const inAutomations = path.startsWith("/automations") || path.startsWith("/library");
	const [open, setOpen] = useState(inAutomations);

	// Whoever arrives inside finds the part open; whoever closed it keeps it closed until the next arrival.
	useEffect(() => {
		if (inAutomations) setOpen(true);
	}, [inAutomations]);

	return (
		<nav class="menu-main" aria-label="Main menu">
			<ul class="menu-list">
				<Entry href="/dashboard" label="Dashboard" icon={DashboardIcon} current={path === "/dashboard" || path === "/"} />
				<li>
					<button type="button" class="menu-link" aria-expanded={open} aria-controls="menu-automations" onClick={() => setOpen(!open)}>
						<AutomationsIcon />
						<span class="grow">Automations</span>
						<span class="menu-chevron">
							<ChevronIcon size={14} />
						</span>
					</button>
					<ul class="menu-list menu-sub" id="menu-automations" hidden={!open}>
						<Entry href="/automations" label="My Automations" current={path.startsWith("/automations")} />
						<Entry href="/library" label="Library" current={path.startsWith("/library")} />
					</ul>
				</li>
				<Entry href="/connections" label="Connections" icon={ConnectionIcon} current={path.startsWith("/connections")} />
				<Entry href="/settings/account" label="Settings" icon={SettingsIcon} current={path.startsWith("/settings")} />
			</ul>
		</nav>
	);
}

function Entry({ href, label, icon: Picture, current }: { href: string; label: string; icon?: Icon; current: boolean }) {
	return (
		<li>
			<a href={href} class="menu-link" aria-current={current ? "page" : undefined}>
				{Picture && <Picture />}
				<span class="grow">{label}</span>
			</a>
		</li>
	);
}
