from PySide6.QtCore import QSize

from desktop_app.views.look.app_icon import SIZES, app_icon


def test_every_size_has_its_own_picture(qapp):
    icon = app_icon()
    assert {size.width() for size in icon.availableSizes()} == set(SIZES)
    for size in SIZES:
        picture = icon.pixmap(QSize(size, size)).toImage()
        assert picture.width() == size
        cover = picture.pixelColor(size // 4, size // 2)
        assert cover.alpha() == 255
