"""Pictures are drawn again on a new canvas: what was hidden in the file (place, camera, notes) stays out."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, ImageOps, MpoImagePlugin, WebPImagePlugin

from homeward.files.kinds import Refused

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 12_000
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_OPTIONS = {"JPEG": {"quality": 88}, "PNG": {}, "WEBP": {"quality": 88, "method": 1}}

Image.preinit()  # with these two, all that is needed is loaded: nothing can be loaded later
_LOADED = (MpoImagePlugin, WebPImagePlugin)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def remade(kind: str, content: bytes) -> bytes:
    """The same picture, upright, without anything beside its pixels. Raises Refused."""
    form = _FORMATS[kind]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(content), formats=[form])
        _check_size(*picture.size)
        # A photo may carry a second picture behind the first (MPO), which is never decoded; a film is
        # refused.
        if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
            raise Refused("This picture moves. Save one frame of it as PNG or JPEG and add that.")
        upright = ImageOps.exif_transpose(picture)
        upright = upright.convert(_mode(upright))
        canvas = Image.new(upright.mode, upright.size)
        canvas.paste(upright)
        out = io.BytesIO()
        canvas.save(out, form, **_OPTIONS[form])
        return out.getvalue()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(_too_large()) from None
    except Refused:
        raise
    except MemoryError:
        raise
    except Exception:  # a broken picture breaks in as many ways as there are formats
        raise Refused(
            "This picture is damaged or was cut off. Open it, save it again, and add that."
        ) from None


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused(_too_large())


def _too_large() -> str:
    return (
        f"This picture is larger than {MOST_PIXELS // 1_000_000} million pixels or {LONGEST_SIDE:,} pixels "
        "a side. Make it smaller and add that."
    )


def _mode(picture: Image.Image) -> str:
    if picture.format == "JPEG" or picture.mode in ("L", "RGB", "RGBA"):
        return picture.mode if picture.mode in ("L", "RGB", "RGBA") else "RGB"
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    return "RGBA" if see_through else "RGB"
