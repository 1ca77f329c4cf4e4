import { render } from "preact";
import { onSignedOut } from "./api";
import { App } from "./app";
import { watchNavigation } from "./navigation";
import { forgetSession } from "./session";
import "./style/tokens.css";
import "./style/base.css";

watchNavigation();
onSignedOut(forgetSession);

const root = document.getElementById("app");
if (root) render(<App />, root);
