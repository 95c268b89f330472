"""Where the parts of an Office package are: named by its relations, not by custom."""

import io
import posixpath
import re
import zipfile

CUSTOMARY = ("xl/workbook.xml", "xl/workbook.bin")
_RELATIONS = "_rels/.rels"
_MOST_BYTES = 1 << 16
_MAIN = re.compile(
    rb"<(?:\w+:)?Relationship\s(?=[^>]*Type\s*=\s*[\"'][^\"']*/officeDocument[\"'])"
    rb"[^>]*Target\s*=\s*[\"']([^\"']+)[\"']"
)


def with_common_names(content: bytes) -> bytes:
    """The package with "/" in the names of its parts, where a writer put backslashes.

    Names are patched where they stand, as nothing else of the archive changes.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [member.orig_filename for member in archive.infolist()]
    for name in names:
        if "\\" in name:
            content = content.replace(name.encode(), name.replace("\\", "/").encode())
    return content


def main_part(archive: zipfile.ZipFile) -> str | None:
    """The name of the workbook's own part, in lower case; None if it has none."""
    names = {name.lower(): name for name in archive.namelist()}
    for name in CUSTOMARY:
        if name in names:
            return name
    relations = names.get(_RELATIONS)
    if relations is None or archive.getinfo(relations).file_size > _MOST_BYTES:
        return None
    found = _MAIN.search(archive.read(relations))
    if found is None:
        return None
    part = part_named(found.group(1).decode("utf-8", "replace"), "").lower()
    is_book = part.endswith(".bin") or (part in names and _is_workbook(archive, names[part]))
    return part if part in names and is_book else None


def relations_of(part: str) -> str:
    """The part that says where those are that this one speaks of."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels").lower()


def part_named(target: str, folder: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _is_workbook(archive: zipfile.ZipFile, name: str) -> bool:
    """A text or a slide show has a main part too."""
    with archive.open(name) as part:
        return b"workbook" in part.read(4_096)
