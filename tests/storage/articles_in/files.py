"""Files of every kind that articles are taken from, made here."""

from __future__ import annotations

from email.message import EmailMessage

PAGE = """<!DOCTYPE html>
<html lang="it"><head><meta charset="utf-8"><title>Corea del Nord | Il sito</title>
<meta property="og:title" content="La Corea del Nord conferma">
<meta name="author" content="Anna Rossi">
<meta property="article:published_time" content="2025-04-28T10:00:00+02:00">
<link rel="canonical" href="https://news.example/corea"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>La Corea del Nord conferma</h1>
<p>Il 28 aprile 2025, la Corea del Nord ha <b>confermato</b> per la prima volta che avrebbe
inviato truppe in Russia. Così la città.</p>
<p>Secondo la KCNA, l'invio di truppe rientra negli obblighi del trattato, che prevede
l'assistenza militare reciproca in caso di aggressione.</p></article>
<aside>Leggi anche: pubblicità</aside><footer>Copyright, cookie</footer></body></html>
"""
PAGE_TEXT = """\
La Corea del Nord conferma

Il 28 aprile 2025, la Corea del Nord ha confermato per la prima volta che avrebbe \
inviato truppe in Russia. Così la città.

Secondo la KCNA, l'invio di truppe rientra negli obblighi del trattato, che prevede \
l'assistenza militare reciproca in caso di aggressione.
"""

PLAIN = "Secondo la KCNA, così ha detto il ministro: «piove in città».\n"
RUSSIAN = "Правительство сообщило в понедельник, что закон будет изменён. Так сказал министр.\n"


def mail(text: str | None = PLAIN, html: str | None = None, charset: str = "utf-8") -> bytes:
    """A message with these bodies, and something attached."""
    message = EmailMessage()
    message["From"] = "Anna Rossi <anna@news.example>"
    message["Subject"] = "La Corea del Nord «conferma»"
    message["Date"] = "Mon, 28 Apr 2025 23:30:00 +0200"
    if text is not None:
        message.set_content(text, charset=charset)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    message.set_boundary("the same each time")  # the names of tests come of it
    return bytes(message)
