import { Button } from "../../../components/button";
import { Dialog } from "../../../components/dialog";
import { KEYS } from "./use-keys";

/** The keys of the inbox. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
	return (
		<Dialog
			title="Keys in the inbox"
			onClose={onClose}
			actions={
				<Button kind="primary" onClick={onClose}>
					Close
				</Button>
			}
		>
			<dl class="inbox-keys">
				{KEYS.map(({ keys, does }) => (
					<div key={does}>
						<dt>
							{keys.map((key) => (
								<kbd key={key}>{key}</kbd>
							))}
						</dt>
						<dd>{does}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
