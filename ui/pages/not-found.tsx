import { Button } from "../components/button";
import { SearchIcon } from "../components/icons";
import { Page } from "../components/page";
import { EmptyState } from "../components/surfaces";
import { goTo } from "../navigation";

export function NotFound() {
	return (
		<Page title="Not found">
			<EmptyState
				icon={SearchIcon}
				title="There is no such page"
				actions={<Button onClick={() => goTo("/dashboard")}>Go to the start</Button>}
			>
				The link may be old, or belong to another workspace.
			</EmptyState>
		</Page>
	);
}
