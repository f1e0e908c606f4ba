// On every page: hand scanners, except on the scan page, which listens for itself, and the camera beside code fields.
import { offerCamera } from "../camera/sheet.ts";
import { listen } from "./listen.ts";

if (!document.getElementById("scan")) listen();
offerCamera();
