"""Findings about a file before its text is parsed (E001 to E008, W217), and about this program
(E099)."""

from ..model.finding import declare

CONFLICT = declare(
    "E008",
    "conflict-marker",
    """The file contains the markers of a merge conflict that was not resolved: `<<<<<<<`, `=======`
    and `>>>>>>>`.

    Why it matters: two versions of a text, perhaps of a dose, are on one page.

    Wrong: `<<<<<<< HEAD` above one dose, and `>>>>>>> edit` below the other.

    Right: the dose that is right, without the markers.

    How to fix: keep the version that is right, and remove the other one and the three lines.
    """,
    blocks_page=True,
)
NOT_UTF8 = declare(
    "E001",
    "not-utf-8",
    """The file is not valid UTF-8.

    Why it matters: the intended characters are unknown, and a guess could change a dose (`µ` is the
    usual victim).

    Wrong: a file saved as Windows-1252, Latin-1 or UTF-16.

    Right: the same file saved as UTF-8.

    How to fix: open the file in the encoding it was saved in, check the place the message names,
    and save it as UTF-8.
    """,
    blocks_page=True,
)
TOO_LARGE = declare(
    "E002",
    "file-too-large",
    """The file is larger than a content file may be (one million bytes, or `max_file_bytes` of
    site.yaml; the longest real monograph has 19,000).

    Why it matters: such a file is an accident (an image, a database dump) or an attack, and not
    meant for readers.

    Wrong: an image pasted into the text as a `data:` address.

    Right: the text alone.

    How to fix: remove what is not text, split the file, or raise the limit in site.yaml.
    """,
    blocks_page=True,
)
CONTROL = declare(
    "W003",
    "control-character",
    """An invisible character that does not belong in text: a control code, a line separator, a byte
    order mark inside the file. Each place is reported.

    Why it matters: it is shown as \ufffd, because it could hide words or change what a terminal
    shows.

    Wrong: a vertical tab copied from a slide.

    Right: an ordinary space or line break instead.

    How to fix: delete the character at the column of the finding.
    """,
    fixable=True,
)
MOJIBAKE = declare(
    "W004",
    "mis-encoded-text",
    """Mojibake: UTF-8 text that was read in another encoding (mostly Windows-1252) and saved again,
    so that two or more odd letters replace one character. Each place is reported, in front matter
    too.

    Why it matters: `â‰¥ 5` does not say "at least 5". The page shows the original character where
    it is certain; other tools do not.

    Wrong: `Take â‰¥ 2 hours before food.`

    Right: `Take ≥ 2 hours before food.`

    How to fix: write the character that the message shows.
    """,
    fixable=True,
)
LOST = declare(
    "W217",
    "lost-character",
    """The replacement character \ufffd, which a program writes for a character it could not read.
    Each place is reported.

    Why it matters: the character is lost, and it may have been the `µ` or `≥` of a dose.

    Wrong: `Take \ufffd 2 tablets.`

    Right: `Take ≥ 2 tablets.`

    How to fix: look up the character in the source of the text; it cannot be recovered
    automatically.
    """,
)
LINK = declare(
    "W005",
    "symbolic-link",
    """A symbolic link in the content folder. It is not followed.

    Why it matters: through such a link, a pull request could publish any file of the build machine.

    Wrong: `drugs/ibuprofen.md` as a link to a file elsewhere.

    Right: the file itself in that place.

    How to fix: put the file there, or remove the link.
    """,
)
UNREADABLE = declare(
    "E006",
    "unreadable-file",
    """The operating system does not allow this program to read the file.

    Why it matters: the page is missing from the site.

    Wrong: a file that only another user may read.

    Right: a file that the user who builds may read.

    How to fix: correct its permissions (`chmod u+r`), then build again.
    """,
    blocks_page=True,
)
ODD_NAME = declare(
    "E007",
    "file-name-not-utf-8",
    """The file's name is not valid UTF-8.

    Why it matters: no address can be made from it, and other systems show another name or none.

    Wrong: a name from an old Windows archive.

    Right: `drugs/examplin.md`

    How to fix: rename the file.
    """,
    blocks_page=True,
)
CRASH = declare(
    "E099",
    "internal-fault",
    """Internal error: this program failed on the file. That is a bug in the program, not in the
    file.

    Why it matters: the page is missing, although there may be nothing wrong with it.

    Wrong: any file that makes the program fail.

    Right: the same file, once the bug is fixed.

    How to fix: report the bug with the file; until then, find the cause by trying the page with
    half of its text.
    """,
    blocks_page=True,
)
