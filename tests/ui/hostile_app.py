"""The app whose every word attacks the page: names of files, titles, headings, texts, terms, principles."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import ui_made
from hostile_words import ATTACK, FILE

from fragcheck.ui import session
from fragcheck.ui.shell import main

plain = ui_made.made_analysis
if not hasattr(ui_made, "attacked"):  # Streamlit runs this script again and again
    ui_made.attacked = True
    ui_made.TITLES = tuple(f"{ATTACK} {title}" for title in ui_made.TITLES)
    ui_made.TEXTS = tuple(f"{words} {ATTACK}" for words in ui_made.TEXTS)

    def attacking(*args, **kwargs):
        made = plain(*args, **kwargs)
        provisions = tuple(
            dataclasses.replace(one, heading=f"{one.heading} {ATTACK}", num=f"{one.num} {ATTACK}")
            for one in made.segmentation.provisions
        )
        notes = tuple(
            dataclasses.replace(
                note,
                requirements=tuple(
                    dataclasses.replace(one, actor=f"{one.actor} {ATTACK}", condition=ATTACK)
                    for one in note.requirements
                ),
                definitions=tuple(
                    dataclasses.replace(one, term=ATTACK, definiens=ATTACK) for one in note.definitions
                ),
            )
            for note in made.annotations
        )
        return dataclasses.replace(
            made,
            segmentation=dataclasses.replace(made.segmentation, provisions=provisions),
            annotations=notes,
        )

    ui_made.made_analysis = attacking


class HostileEngine(ui_made.MadeEngine):
    """Files whose names attack as well."""

    def sample_set(self, workspace):
        entries = tuple(
            workspace.add_file(f"{FILE}{at}.pdf", f"sample {at}".encode()) for at in range(self.n_sample)
        )
        return workspace.save_set(entries, set_id="sample")


session.make_engine = HostileEngine
session.own_label = lambda tag: f"{tag} {ATTACK}"  # as a taxonomy of the user's may say
main()
