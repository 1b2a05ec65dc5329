"""Pictures, decoded and made anew: no metadata, no tail, nothing of how they were sent."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from waymark.files.kinds import MOST_PIXELS, Kind
from waymark.files.reasons import NotTaken, Why

FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}
LARGEST = 2000  # dots of the longer side that readers see


def made_anew(kind: Kind, content: bytes) -> bytes:
    """The same picture, turned upright, in colours of the screen. Raises NotTaken."""
    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, before a dot is decoded
    warnings.simplefilter("ignore")
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotTaken(Why.TOO_MANY_PIXELS)
            picture.draft("RGB", (LARGEST, LARGEST))
            if picture.mode == "P":
                return _written(kind, picture.convert("RGBA"))
            return _written(kind, picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotTaken(Why.BROKEN) from None


def _written(kind: Kind, picture: Image.Image) -> bytes:
    picture.thumbnail((LARGEST, LARGEST))  # first: what follows then needs little memory
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    made = BytesIO()
    clean.save(made, FORMATS[kind], **({"quality": 85} if kind is Kind.JPEG else {}))
    return made.getvalue()
