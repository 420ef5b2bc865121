"""Token of a form, as a browser finds it in the page."""


def token_in(page: str) -> str:
    """The `csrf_token` of the first form in the page."""
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
