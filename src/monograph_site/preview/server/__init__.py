"""The preview server: the pages of a session over HTTP, with information for editors on top.

A page is what a build would publish, byte for byte, plus one script tag. The script does all the
live reloading; everything else of the preview is below `/_dev/`.
"""
