"""A language server: what `check`, `explain` and `fix` know, in the editor while a file is written.

`server` speaks the protocol (https://microsoft.github.io/language-server-protocol/), `workspace`
knows which content folder a file belongs to, and each other module answers one kind of question.
"""
