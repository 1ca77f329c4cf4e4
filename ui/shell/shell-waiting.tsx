import { Mark } from "../components/icons";
import { Skeleton } from "../components/surfaces";
import "./shell.css";

/** Stands in for the shell until it is known who is here: the same places, in grey. */
export function ShellWaiting() {
	return (
		<div class="shell">
			<div class="topbar">
				<span class="topbar-mark">
					<Mark size={22} />
					<span>Inlet</span>
				</span>
			</div>
			<div class="side">
				<div class="side-waiting">
					<Mark size={28} />
					<Skeleton width="120px" height="16px" />
				</div>
				<div class="side-waiting-menu">
					<Skeleton height="20px" lines={4} />
				</div>
			</div>
			<main class="main" aria-busy="true">
				<div class="page">
					<h1 class="unseen">Loading</h1>
					<div class="page-head">
						<Skeleton width="180px" height="24px" />
					</div>
					<Skeleton height="220px" />
				</div>
			</main>
		</div>
	);
}
