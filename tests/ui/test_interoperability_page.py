"""The interoperability page as Streamlit runs it, on the comparison made by hand."""

from test_pages import address, documents, notices, uploaded, words


def test_the_first_direction_with_its_duties(app):
    test = app("interoperability", opened=("fold_interop",))
    assert not test.exception
    assert "that remain: 1 of 2" in words(test)
    assert "counts with its probability" in words(test)
    assert len(test.dataframe[0].value) == 12
    assert list(test.dataframe[1].value["Provision"]) == ["art_2"]
    assert {"left", "right"} <= set(address(test))


def test_the_other_direction_has_no_value(app):
    test = app("interoperability")
    first = address(test)
    next(each for each in test.button if each.label == "Swap").click().run()
    assert (address(test)["left"], address(test)["right"]) == (first["right"], first["left"])
    assert "no requirement of" in notices(test)


def test_an_address_restores_the_direction_and_the_filter(app):
    test = app("interoperability")
    ids = documents(test)
    test = app("interoperability", left=ids[1], right=ids[2], find="unsaid words")
    assert test.selectbox(key="choose_left").value == ids[1]
    assert test.selectbox(key="choose_right").value == ids[2]
    assert "No residual duty passes" in notices(test)


def test_choosing_the_document_of_the_other_side_turns_round(app):
    test = app("interoperability")
    left, right = address(test)["left"], address(test)["right"]
    test.selectbox(key="choose_left").select(right).run()
    assert (address(test)["left"], address(test)["right"]) == (right, left)


def test_one_document_has_nothing_to_compare(app, home):
    found = uploaded(home, "alone.pdf")
    test = app("interoperability", set=found.id)
    assert not test.exception
    assert "at least two documents" in notices(test)
