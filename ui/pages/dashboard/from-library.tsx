import { api, call } from "../../api";
import { useResource } from "../../resource";
import { TemplateCard } from "../library/template-card";
import "../library/library.css";

const SHOWN = 3;

/** The other way to begin: a few of the Library's templates. */
export function FromLibrary() {
	const { value } = useResource("templates", () => call(api.templates.$get({ query: {} })));
	const ready = value?.items.filter((template) => template.steps.length > 0).slice(0, SHOWN) ?? [];
	if (ready.length === 0) return null;
	return (
		<section class="stack" aria-label="From the Library">
			<div class="row apart">
				<h2>Or begin with something that works</h2>
				<a href="/library">All templates</a>
			</div>
			<ul class="templates">
				{ready.map((template) => (
					<TemplateCard key={template.id} template={template} />
				))}
			</ul>
		</section>
	);
}
