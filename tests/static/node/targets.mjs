/* Both linters look for the `browserslist` of package.json beside what they read; it stands here. */
import { fileURLToPath } from "node:url";

process.env.BROWSERSLIST_CONFIG = fileURLToPath(new URL("package.json", import.meta.url));
