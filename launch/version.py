"""Version of Timely, as the terminal, the pages, /healthz and the log say it. CHANGELOG.md has what is in each."""

VERSION = "1.0.0"
