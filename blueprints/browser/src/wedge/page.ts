// On every page but the scan page, which listens for itself.
import { listen } from "./listen.ts";

if (!document.getElementById("scan")) listen();
