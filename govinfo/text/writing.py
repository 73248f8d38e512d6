"""What counts as the same text: readable text, and what two labels must share to be the same label."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Zero-width and bidirectional characters; without U+202E, which turns the letters behind it round, figures too."""

UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffc\ufffd]")
"""Glyphs of which the file does not say what they are, and pictures; a label can do without one, a figure cannot."""

RADICALS = str.maketrans(
    "⺟⺠⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰⻳", "母民见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐龙龟"
)
"""CJK radicals that Unicode does not fold into the character they are drawn as."""

GLOSS = re.compile(r"(?<=[\u3400-\u9fff])\([a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)")
"""A reading printed in brackets behind a character: 規(guī)章."""

NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[、.,:)]+|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|\d{1,2}[、.,)](?!\d))[、.,:]*"
)
CIRCLED = re.compile(r"^[\u2460-\u2473\u2776-\u277f]")
LEADING_WORDS = re.compile(r"^其中:?")
BRACKETED = re.compile(r"\([^()]*\)|<[^<>]*>|\[[^\[\]]*\]")
NOT_WORDS = re.compile(r"[^\w\u3400-\u9fff]+|_+")

CJK_GAP = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]+(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Text with one form for each character: width, compatibility forms and radicals folded, the invisible dropped."""
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text.translate(RADICALS))).translate(RADICALS)


def unspaced(text: str) -> str:
    """Text without its white space."""
    return "".join(text.split())


@lru_cache(maxsize=10_000)
def tidy(text: str) -> str:
    """Readable text: invisible characters dropped, white space collapsed, none left between Chinese characters."""
    return CJK_GAP.sub("", " ".join(INVISIBLE.sub("", text).split()))


def simplify(text: str) -> str:
    """Traditional characters made simplified; reading glosses in brackets taken off."""
    text = GLOSS.sub("", text)
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        from zhconv import convert  # loads a large table: only for text that needs it

        return str(convert(text, "zh-hans"))
    return text


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """What a label says, stripped of how it is set: spaces, brackets, punctuation, numbering, 其中, script."""
    text = CIRCLED.sub("", text.strip().lstrip("?"))
    text = unspaced(simplify(fold(UNMAPPED.sub("", text))))
    while (shorter := LEADING_WORDS.sub("", NUMBERING.sub("", text))) != text:
        text = shorter
    return NOT_WORDS.sub("", text)


@lru_cache(maxsize=50_000)
def bare_key(text: str) -> str:
    """``key`` of the text without what it says in brackets."""
    text = unspaced(simplify(fold(text)))
    return key(BRACKETED.sub("", text))


def whole_characters(text: str) -> str:
    """A text whose halves of characters, which escapes in JSON may name, are joined; one alone is U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
