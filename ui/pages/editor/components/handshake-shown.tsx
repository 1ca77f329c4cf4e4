import type { DeliveryDetail } from "../../../../worker/api/types";
import { LinkButton } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { LinkOutIcon } from "../../../components/icons";
import "./handshake-shown.css";

/** What a handshake left for a person: a link to open, or a code to copy. */
export function HandshakeShown({ show }: { show: NonNullable<DeliveryDetail["show"]> }) {
	if (show.what === "code")
		return (
			<div class="shown-code">
				<code>{show.code}</code>
				<CopyButton text={show.code} label="Copy code" kind="primary" />
			</div>
		);
	return (
		<div class="shown-code">
			<span class="grow">The link leads to {hostOf(show.url)}.</span>
			<LinkButton href={show.url} kind="primary" icon={LinkOutIcon} away>
				Open the link
			</LinkButton>
			<CopyButton text={show.url} label="Copy link" />
		</div>
	);
}

function hostOf(url: string): string {
	try {
		return new URL(url).host;
	} catch {
		return url;
	}
}
