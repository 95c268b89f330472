"""Which words can be Vietnamese: the evidence that a text was decoded right."""

import re
import unicodedata
from functools import lru_cache

LONGEST_SYLLABLE = 12  # "nghiễng" with its marks apart has ten signs

_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RHYMES = (
    "a ai am an ang anh ao au ay ă ăm ăn ăng â âm ân âng âu ây e em en eng eo ê êm ên ênh êu "
    "i ia im in inh iu iêm iên iêng iêu o oa oai oan oang oanh oao oay oăm oăn oăng oe oen oeo "
    "oi om on ong oong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uâng uây uê uênh ui um un ung uôi uôm "
    "uôn uông uơ uy uya uyên uynh uyn uyu ư ưa ưi ưm ưn ưng ươi ươm ươn ương ươu ưu y yêm yên "
    "yêng yêu yn ym ynh"
)
_STOPPED_RHYMES = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oac oach oap oat "
    "oăc oăt oc oet ooc op ot ôc ôp ôt ơp ơt uc uât uêch up ut uôc uôt uych uyt uyêt ưc ươc ươp "
    "ươt ưt yêt ych yt"
)
_OPEN = re.compile(rf"(?:{_ONSETS})?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_STOPPED = re.compile(
    rf"(?:{_ONSETS})?(?:{'|'.join(sorted(_STOPPED_RHYMES.split(), key=len, reverse=True))})"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED_TONES = ("", "\u0301", "\u0323")
_WORDS = re.compile(r"[A-Za-z\u0080-\U0010ffff]+")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """One Vietnamese syllable in any case; k, p, t and c allow only the tones they can carry."""
    if len(word) > LONGEST_SYLLABLE:
        return False
    signs = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(signs)
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", _TONES.sub("", signs))
    if _OPEN.fullmatch(bare):
        return True
    return bool(_STOPPED.fullmatch(bare)) and "".join(tones) in _STOPPED_TONES


@lru_cache(maxsize=32_768)
def accented_words(text: str) -> tuple[int, int]:
    """How many words with accents are Vietnamese syllables, and how many are not."""
    good = bad = 0
    for word in _WORDS.findall(text):
        if word.isascii():
            continue
        if is_syllable(word):
            good += 1
        else:
            bad += 1
    return good, bad
