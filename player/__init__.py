"""Outspoken: a desktop player that turns long spoken audio into its outline, and never loses your place in it.

The rooms, top to bottom; each imports only what is below it:

``__main__`` > ``cli`` > ``app`` > ``ui | desktop`` > ``session`` > ``tasks | bug_report`` > ``playback | library`` >
``isolation`` > ``readers | requirement`` > ``resource`` > ``core``
"""

__version__ = "0.1.0"
