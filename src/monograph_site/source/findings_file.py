"""What can be wrong with a file before a word of it is read (E001 to E007), and with this program
(E099)."""

from ..model.finding import declare

NOT_UTF8 = declare(
    "E001",
    "not-utf-8",
    """The file has bytes that are not UTF-8.

    Why it matters: nobody can say which signs were meant, and a guess could change a dose (`µ` is
    the usual victim).

    Wrong: a file saved as Windows-1252, Latin-1 or UTF-16.

    Right: the same file saved as UTF-8.

    How to fix: open it in the encoding it was saved in, look at the place named, and save it as
    UTF-8. """,
    blocks_page=True,
)
TOO_LARGE = declare(
    "E002",
    "file-too-large",
    """The file is larger than a content file may be (one million bytes; the longest real monograph
    has 19,000).

    Why it matters: such a file is an accident (a picture, a database dump) or an attack, and no
    reader reads it.

    Wrong: a picture pasted into the text as `data:` address.

    Right: the text alone.

    How to fix: remove what is no text, or divide the file.
    """,
    blocks_page=True,
)
CONTROL = declare(
    "W003",
    "control-character",
    """A character that is invisible and no text: a control code, a line separator, a byte order
    mark inside the file. Each place is reported.

    Why it matters: it is shown as \ufffd, since it could hide words or change what a terminal
    shows.

    Wrong: a vertical tab where a slide's text was copied from.

    Right: an ordinary space or line end in its place.

    How to fix: delete the character; the column says where it stands.
    """,
    fixable=True,
)
MOJIBAKE = declare(
    "W004",
    "mis-encoded-text",
    """Text that was UTF-8, was read in another encoding (mostly Windows-1252) and saved again,
    perhaps twice: two or more odd letters stand for one sign. Each place is reported, in front
    matter too.

    Why it matters: `â‰¥ 5` does not say "at least 5". The page shows it repaired where the sign is
    certain, other tools do not.

    Wrong: `Take â‰¥ 2 hours before food.`

    Right: `Take ≥ 2 hours before food.`

    How to fix: write the sign that the message shows.
    """,
    fixable=True,
)
LOST = declare(
    "W217",
    "lost-character",
    """The sign \ufffd, which a program puts in the place of a character it could not read. Each
    place is reported.

    Why it matters: the character is gone, and it may have been the `µ` or `≥` of a dose.

    Wrong: `Take \ufffd 2 tablets.`

    Right: `Take ≥ 2 tablets.`

    How to fix: look up in the source of the text which character stood there. No program can know.
    """,
)
LINK = declare(
    "W005",
    "symbolic-link",
    """A symbolic link in the content folder. It is not followed.

    Why it matters: a pull request could publish any file of the building machine with one.

    Wrong: `drugs/ibuprofen.md` that leads to a file elsewhere.

    Right: the file itself at that place.

    How to fix: put the file there, or remove the link.
    """,
)
UNREADABLE = declare(
    "E006",
    "unreadable-file",
    """The operating system does not let this program read the file.

    Why it matters: the page is missing from the site.

    Wrong: a file that only another user may read.

    Right: a file that the user who builds may read.

    How to fix: mend its permissions (`chmod u+r`), then build again.
    """,
    blocks_page=True,
)
ODD_NAME = declare(
    "E007",
    "file-name-not-utf-8",
    """The file's name is not UTF-8.

    Why it matters: no address can be made of it, and other systems show another name or none.

    Wrong: a name from an old Windows archive.

    Right: `drugs/examplin.md`

    How to fix: rename the file.
    """,
    blocks_page=True,
)
CRASH = declare(
    "E099",
    "internal-fault",
    """This program failed on the file. That is a fault of the program, whatever the file says.

    Why it matters: the page is missing, though there may be nothing wrong with it.

    Wrong: any file that makes the program fail.

    Right: the same file, once the program is mended.

    How to fix: report it with the file; until then, try the page with half its text to find the
    cause. """,
    blocks_page=True,
)
