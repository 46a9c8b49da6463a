/** The Command Center's page: the element that the host's HTML names. */
import "./components/commandCenter.js";
