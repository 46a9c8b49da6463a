/** The Command Center's page: its styles, and the element that the host's HTML names. */
import "@vscode/codicons/dist/codicon.css";
import "./styles/base.css";
import "./styles/header.css";
import "./styles/pulseLine.css";
import "./styles/banner.css";
import "./styles/card.css";
import "./styles/cardMoves.css";
import "./styles/addCard.css";
import "./styles/explanation.css";
import "./styles/alerts.css";
import "uplot/dist/uPlot.min.css";
import "./styles/trend.css";
import "./styles/insights.css";
import "./styles/feed.css";
import "./styles/streamHealth.css";
import "./styles/states.css";
import "./styles/privacy.css";
import "./styles/direction.css";
import "./styles/forcedColors.css";
import "./components/commandCenter.js";

// Here, and not in the page: what that asks for holds its `load` event up. The icons are needed any moment.
void document.fonts.load("1em codicon");
