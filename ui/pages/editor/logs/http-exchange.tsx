import type { AttemptView, Headers } from "../../../../worker/api/types";
import { CopyButton } from "../../../components/copy-button";
import { headerOf } from "../components/body";
import { BodyView } from "../components/body-view";

/** A call to another system as it travelled: request, redirects, response. Credentials are masked before they get here. */
export function HttpExchange({ attempt }: { attempt: AttemptView }) {
	const { request, response, redirects = [] } = attempt;
	if (request === undefined) return null;
	return (
		<div class="exchange">
			<div>
				<h3>Request</h3>
				<p class="exchange-line">
					<strong>{request.method}</strong>
					<code>{request.url}</code>
					<CopyButton text={request.url} label="Copy URL" compact />
				</p>
				<HeadersTable headers={request.headers} of="request" />
				<BodyView
					label="Request body"
					body={request.body}
					base64={request.bodyEncoding === "base64"}
					contentType={headerOf(request.headers, "content-type")}
				/>
			</div>
			{redirects.length > 0 && (
				<div>
					<h3>Redirects</h3>
					<ol class="exchange-redirects">
						{redirects.map((redirect) => (
							<li key={redirect.location}>
								{redirect.status} to <code>{redirect.location}</code>
							</li>
						))}
					</ol>
				</div>
			)}
			<div>
				<h3>Response</h3>
				{response === undefined ? (
					<p class="soft">{attempt.status === "running" ? "On its way…" : "None came."}</p>
				) : (
					<>
						<p class="exchange-line">
							<strong class={response.status < 400 ? "exchange-good" : "exchange-bad"}>HTTP {response.status}</strong>
						</p>
						<HeadersTable headers={response.headers} of="response" />
						<BodyView
							label="Response body"
							body={response.body}
							base64={response.bodyEncoding === "base64"}
							contentType={headerOf(response.headers, "content-type")}
						/>
					</>
				)}
			</div>
		</div>
	);
}

/** Headers, folded: they matter when something is wrong. */
export function HeadersTable({ headers, of }: { headers: Headers; of: string }) {
	if (headers.length === 0) return <p class="faint small">No headers.</p>;
	return (
		<details class="headers">
			<summary>
				{headers.length} {headers.length === 1 ? "header" : "headers"}
			</summary>
			<table>
				<caption class="unseen">Headers of the {of}</caption>
				<tbody>
					{headers.map(([name, value], i) => (
						<tr key={`${i}${name}`}>
							<th scope="row">{name}</th>
							<td>{value}</td>
						</tr>
					))}
				</tbody>
			</table>
		</details>
	);
}
