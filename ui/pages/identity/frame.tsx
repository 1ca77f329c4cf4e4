import type { ComponentChildren } from "preact";
import { Mark } from "../../components/icons";
import { usePageTitle } from "../../components/page";
import "./identity.css";

interface FrameProps {
	title: string;
	about?: ComponentChildren;
	/** Below the form: the way to the other pages. */
	foot?: ComponentChildren;
	children: ComponentChildren;
}

/** The frame of the pages that need nobody to be logged in. */
export function Frame({ title, about, foot, children }: FrameProps) {
	const heading = usePageTitle(title);
	return (
		<main class="identity">
			<div class="identity-box">
				<div class="identity-mark">
					<Mark size={32} />
					<span>Inlet</span>
				</div>
				<div class="stack tight">
					<h1 ref={heading} tabIndex={-1}>
						{title}
					</h1>
					{about && <p class="soft">{about}</p>}
				</div>
				{children}
				{foot && <p class="identity-foot soft">{foot}</p>}
			</div>
		</main>
	);
}
