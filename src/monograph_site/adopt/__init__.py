"""Moving in: the folder of another site generator is recognised, its configuration becomes site.yaml,
and its addresses stay or are redirected."""
