"""Words that a page must show and never run: HTML, Markdown, LaTeX, Streamlit's own marks, a formula."""

from __future__ import annotations

ATTACK = (
    "=cmd|' /C calc'!A0 <img src=x onerror=\"window.hit=1\"><script>window.hit=2</script>"
    "<svg/onload=window.hit=3></span></td></div><iframe srcdoc='<script>parent.hit=4</script>'></iframe>"
    "[a](javascript:window.hit=5)![b](https://attack.invalid/pixel.png)<a href=javascript:window.hit=6>c</a>"
    "\"onmouseover=window.hit=7 x=' $\\href{javascript:window.hit=8}{d}$ :material/home: `e` **f**"
)
FILE = "![b](https:⁄⁄attack.invalid) &lt;img src=x onerror=hit&gt; $x$ :red[a] "
