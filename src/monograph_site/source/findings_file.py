"""Findings on a file as a whole (E001 to E007), on its characters, and on a failure of this program
(E099)."""

from ..model.finding import declare

NOT_UTF8 = declare(
    "E001",
    "not-utf-8",
    """The file has bytes that are not UTF-8.

    Why it matters: it is not known which characters were meant, and a guess could change a dose
    (`µ` is the usual victim).

    Wrong: a file saved as Windows-1252, Latin-1 or UTF-16.

    Right: the same file saved as UTF-8.

    How to fix: open the file in the encoding it was saved in, look at the reported place, and save
    it as UTF-8.
    """,
    blocks_page=True,
)
TOO_LARGE = declare(
    "E002",
    "file-too-large",
    """The file is larger than a content file may be: one million bytes. The longest real monograph
    has 19,000.

    Why it matters: such a file is an accident (a picture, a database dump) or an attack, and too
    long to be read.

    Wrong: a picture pasted into the text as `data:` address.

    Right: the text alone.

    How to fix: remove what is not text, or divide the file.
    """,
    blocks_page=True,
)
CONTROL = declare(
    "W003",
    "control-character",
    """An invisible character that is not text: a control code, a line separator, or a byte order
    mark inside the file. Each place is reported.

    Why it matters: it is shown as \ufffd, since it could hide words or change what a terminal
    shows.

    Wrong: a vertical tab in text that was copied from a slide.

    Right: an ordinary space or line end in its place.

    How to fix: delete the character at the reported column.
    """,
    fixable=True,
)
MOJIBAKE = declare(
    "W004",
    "mis-encoded-text",
    """Text that was UTF-8, was read in another encoding (mostly Windows-1252) and saved again,
    perhaps twice: two or more odd letters have replaced one character. Each place is reported, in
    front matter too.

    Why it matters: `â‰¥ 5` does not say "at least 5". The page shows it repaired where the
    character is certain; other tools do not.

    Wrong: `Take â‰¥ 2 hours before food.`

    Right: `Take ≥ 2 hours before food.`

    How to fix: write the character that the message shows.
    """,
    fixable=True,
)
LOST = declare(
    "W217",
    "lost-character",
    """The character \ufffd, which programs write for a character that they could not read. Each
    place is reported.

    Why it matters: the character is gone, and it may have been the `µ` or `≥` of a dose.

    Wrong: `Take \ufffd 2 tablets.`

    Right: `Take ≥ 2 tablets.`

    How to fix: look up the character in the source of the text. No program can know it.
    """,
)
LINK = declare(
    "W005",
    "symbolic-link",
    """A symbolic link in the content folder. It is not followed.

    Why it matters: with a link, a pull request could publish any file of the machine that builds
    the site.

    Wrong: `drugs/ibuprofen.md` as a link to a file elsewhere.

    Right: the file itself at that path.

    How to fix: replace the link with the file, or remove it.
    """,
)
UNREADABLE = declare(
    "E006",
    "unreadable-file",
    """The operating system does not allow this program to read the file.

    Why it matters: the page is missing from the site.

    Wrong: a file that only another user may read.

    Right: a file that the user who builds may read.

    How to fix: change its permissions (`chmod u+r`), then build again.
    """,
    blocks_page=True,
)
ODD_NAME = declare(
    "E007",
    "file-name-not-utf-8",
    """The file's name is not UTF-8.

    Why it matters: it cannot become an address, and other systems show another name or none.

    Wrong: a name from an old Windows archive.

    Right: `drugs/examplin.md`

    How to fix: rename the file.
    """,
    blocks_page=True,
)
CRASH = declare(
    "E099",
    "internal-fault",
    """This program failed on the file. That is a bug of the program, whatever the file says.

    Why it matters: the page is missing, although the file may be right.

    Wrong: any file that makes the program fail.

    Right: the same file, once the program is corrected.

    How to fix: report the bug and attach the file. Until it is corrected, look for the cause by
    building the page with half its text.
    """,
    blocks_page=True,
)
