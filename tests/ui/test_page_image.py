import io

import pytest
from PIL import Image
from ui_made import made_analysis

from fragcheck.ui.page_image import boxes_by_page, frame_boxes


def white_page(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, format="PNG")
    return out.getvalue()


def opened(png):
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_boxes_stand_where_the_points_say():
    page = opened(frame_boxes(white_page(400, 600), [(50, 100, 150, 120)], 200.0))
    assert page.size == (400, 600)
    assert page.getpixel((200, 220)) != (255, 255, 255)
    assert page.getpixel((200, 180)) == (255, 255, 255)
    assert page.getpixel((50, 220)) == (255, 255, 255)


def test_lines_of_one_paragraph_share_a_frame():
    apart = frame_boxes(white_page(400, 600), [(50, 100, 150, 110), (50, 300, 150, 310)], 200.0)
    joined = opened(frame_boxes(white_page(400, 600), [(50, 100, 150, 110), (50, 114, 140, 124)], 200.0))
    assert opened(apart).getpixel((200, 400)) == (255, 255, 255)
    assert joined.getpixel((200, 224)) != (255, 255, 255)


def test_a_number_and_its_line_share_a_frame():
    page = opened(frame_boxes(white_page(400, 600), [(50, 100, 56, 110), (68, 100, 150, 110)], 200.0))
    assert page.getpixel((124, 210)) != (255, 255, 255)
    columns = opened(frame_boxes(white_page(400, 600), [(10, 100, 60, 110), (120, 100, 180, 110)], 200.0))
    assert columns.getpixel((180, 210)) == (255, 255, 255)


@pytest.mark.parametrize("box", [(-50, -50, 20, 20), (900, 900, 950, 950), (20, 20, 10, 10)])
def test_odd_boxes_do_no_harm(box):
    assert opened(frame_boxes(white_page(100, 100), [box], 0.0)).size == (100, 100)


def test_boxes_by_page():
    assert list(boxes_by_page(made_analysis(0), "art_1__para_1")) == [1, 2]
    assert boxes_by_page(made_analysis(3), "art_1__para_1") == {}
    with pytest.raises(KeyError):
        boxes_by_page(made_analysis(0), "art_99")
