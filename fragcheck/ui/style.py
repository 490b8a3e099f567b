"""The few styles that the pages share. They take the theme's colours, so both themes work."""

from __future__ import annotations

from html import escape

import streamlit as st

__all__ = ["chip", "put_style"]

# stSkillsNudge: Streamlit's advertisement to programmers, which would lie over the controls.
_STYLE = """
<style>
.stMainBlockContainer{padding-top:4rem;padding-bottom:3rem}
[data-testid=stCaptionContainer]{color:inherit;opacity:.8}
[data-testid=stCaptionContainer] :is(a,p,code){color:inherit}
button[kind^=primary]:not(:disabled),button[kind^=primary]:not(:disabled) *{color:light-dark(#fff,#0d2136)}
[data-testid=stSkillsNudge]{display:none}
.st-key-who_and_how{z-index:1}
@media (min-width:900px){.st-key-who_and_how{margin-bottom:-3.4rem;pointer-events:none}
.st-key-who_and_how>*{pointer-events:auto}}
.fc-law{line-height:1.5;overflow-wrap:anywhere;margin:.6rem 0 .8rem;margin-inline-start:.8rem}
.fc-law mark{background:rgba(255,176,0,.30);color:inherit;border-bottom:2px solid #d98600;padding:0 .1em}
.fc-head{font-weight:600;margin-bottom:.15rem;overflow-wrap:anywhere}
.fc-context{opacity:.72;font-size:.85rem;margin-bottom:.3rem;overflow-wrap:anywhere}
.fc-title{font-size:1.15rem;margin:.1rem 0 .3rem}
.fc-below{margin:.2rem 0 .2rem 0;font-size:.9rem;line-height:1.45;overflow-wrap:anywhere;opacity:.88}
.fc-card{border-inline-start:3px solid rgba(128,128,128,.45);padding:.1rem 0;
padding-inline-start:.7rem;margin:.2rem 0 .7rem}
.fc-card .fc-fields th{width:6.5rem}
.fc-chip{display:inline-block;
border:1px solid currentColor;border-radius:1rem;padding:0 .55rem;margin:0 .3rem .3rem 0;
font-size:.82rem;white-space:nowrap}
.fc-chip.fc-strong{font-weight:700;border-width:2px}
.fc-chip.fc-soft{opacity:.75}
.fc-fields{width:100%;border-collapse:collapse;font-size:.88rem;table-layout:fixed}
.fc-fields th,.fc-fields td{text-align:start;vertical-align:top;padding:.15rem .5rem .15rem 0;
border-top:1px solid rgba(128,128,128,.3);overflow-wrap:anywhere}
.fc-fields th{width:7.5rem;font-weight:400;opacity:.75}
.fc-fields tr.fc-differs td{background:rgba(255,176,0,.18);font-weight:600}
.fc-fields tr.fc-differs th::after{content:" ≠";font-weight:700}
.fc-scroll{overflow-x:auto;margin:.6rem 0 .8rem}
.fc-cells{border-collapse:collapse;font-size:.85rem;line-height:1.4}
.fc-cells td{border:1px solid rgba(128,128,128,.45);padding:.2rem .45rem;text-align:start;vertical-align:top}
.fc-cells mark{background:rgba(255,176,0,.30);color:inherit;border-bottom:2px solid #d98600;padding:0 .1em}
.fc-figure{font-size:2.1rem;font-weight:700;line-height:1.15}
.fc-figure small{font-size:1rem;font-weight:400;opacity:.8;margin-left:.6rem}
@media (max-width:640px){
.fc-fields th{width:5rem}
.stMainBlockContainer{padding-left:1rem;padding-right:1rem}}
</style>
"""


def put_style() -> None:
    """Put the styles on the page."""
    st.html(_STYLE)


def chip(words: str, kind: str = "") -> str:
    """A small label as HTML; `kind` is empty, ``strong`` or ``soft``."""
    return f'<span class="fc-chip{" fc-" + kind if kind else ""}">{escape(words)}</span>'
