"""The preview server: the site in memory over HTTP, with what an editor wants to know laid over its
pages.

What is served is what a build would publish, byte for byte, plus one script tag. The script is all
there is of live reload; everything of ours lies below `/_dev/`.
"""
