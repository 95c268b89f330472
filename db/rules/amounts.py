"""Amounts of money in words, as Vietnamese documents write them."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def money_words(amount: int) -> str:
    """Whole đồng in words: 120000000 → "một trăm hai mươi triệu đồng"."""
    sign = "âm " if amount < 0 else ""
    return f"{sign}{number_words(abs(amount))} đồng"


def number_words(value: int) -> str:
    """A number from 0 in northern usage: 1005 → "một nghìn không trăm linh năm"."""
    if value == 0:
        return _DIGITS[0]
    billions, rest = divmod(value, _BILLION)
    words = [f"{number_words(billions)} tỷ"] if billions else []
    for size, unit in ((1_000_000, " triệu"), (1_000, " nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words.append(_below_thousand(group, leading=not words) + unit)
    return " ".join(words)


def _below_thousand(group: int, *, leading: bool) -> str:
    """Three digits; only the first group of a number may drop its empty hundreds."""
    hundreds, rest = divmod(group, 100)
    if leading and not hundreds:
        return _below_hundred(rest)
    words = f"{_DIGITS[hundreds]} trăm"
    if rest == 0:
        return words
    if rest < 10:
        return f"{words} linh {_DIGITS[rest]}"
    return f"{words} {_below_hundred(rest)}"


def _below_hundred(value: int) -> str:
    tens, unit = divmod(value, 10)
    if tens == 0:
        return _DIGITS[unit]
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if unit == 0:
        return words
    if unit == 5:
        return f"{words} lăm"
    if tens > 1 and unit in (1, 4):
        return f"{words} {'mốt' if unit == 1 else 'tư'}"
    return f"{words} {_DIGITS[unit]}"
