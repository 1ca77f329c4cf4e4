import { LinkButton } from "../components/button";
import { SearchIcon } from "../components/icons";
import { Page } from "../components/page";
import { EmptyState } from "../components/surfaces";

export function NotFound() {
	return (
		<Page title="Not found">
			<EmptyState icon={SearchIcon} title="There is no such page" actions={<LinkButton href="/automations">My Automations</LinkButton>}>
				The link may be old, or belong to another workspace.
			</EmptyState>
		</Page>
	);
}
