"""Every weight and floor of the ranking, in one place, each with the reason it is what it is.

Rows named below stand in benchmarks/results/quality.md. Units are those of a cosine. How the steps
of a reading path are chosen from the ranking stands in ``path``.
"""

from __future__ import annotations

# Share of the question's words a paper holds. An earlier study put it at .4 to the
# cosine's 1; row "no words".
WORDS = 0.40

# The question names the paper: its title, or a nickname. Row "no name". By more than this share of
# its words, weighted by how rare they are, it is about that very paper: what is like it follows.
# Row "named from .3 on".
NAME = 0.60
MOSTLY_NAMED = 0.60

# A note's cosine against a title's: a passage holds more beside what is asked for than a title
# does, which draws its cosine down. Row "no notes"; development questions that a note answers .706
# at .95 and its words at .6, .770 here and at 1, the others alike.
NOTE = 1.10
# A summary tells in plain words what a paper is good for: to a plain question it is nearer than a
# title ever is, and what has none would be left behind. nDCG@10 on 430 development questions .762
# at 0, .765 at .05, .769 here; on paraphrases .607, .617, .633.
# Row "summaries like other notes": where every paper has a summary, as the lab's have since, nothing
# taken off would be better; in most lists some have none.
SUMMARY_LESS = 0.10

# Where a paper is named and others follow by being like it, what is near because it is near to all
# papers comes later: so much of a candidate's mean cosine to all is taken off. Row "likeness as it
# is"; of 451 papers of outside lists (outside.md, "Papers like one") nDCG@10 .375, at .5 .369,
# without .349. In other questions it loses.
COMMON = 1.0

# The glossary bridge. Rows "bridge …" and "no terms held …". The gate, one less the best coverage,
# closes it where the question's words are found, though never wholly: a paper of the topic whose
# title says it in other words would be left behind (nDCG@10 on 232 development questions .776 with
# a gate down to 0, .780 at .4 to .6, .779 at .8).
BRIDGE = 0.80
BRIDGE_LEAST_GATE = 0.40
# Rows "… for jargon" and "jargon from …". Where the question is nearest to a term, not to a plain
# phrase, the bridge fades out through these cosines of the nearest concept chosen, and this share
# is always left. A question about what the glossary knows comes near to its very words (median
# .76 on the lab's questions, .65 on teachers' lists of another field). nDCG@10 on development
# questions and on those lists (development half) .789 and .462; .784 and .462 with .3 of it at
# any cosine, .793 and .433 with all of it.
BRIDGE_JARGON = (0.65, 0.85)
BRIDGE_LEAST_OF_JARGON = 0.25
# What it adds to a concept's nearness that a paper holds one of its terms word for word: cosines
# of terms to titles are all much alike. nDCG@10 on 232 development questions .789 without, .794 at
# .2, .806 at .5, .812 at 1, .809 at 2.
BRIDGE_HELD = 1.0
# So many concepts count, none below the floor; the sharpness weighs them by the exponent of their
# lead. Rows "bridge over 1 concept", "bridge from .20 on" and "bridge half as sharp"; with 3 or 6
# of them, or a sharpness of 11 or 20, nDCG@10 on 297 development questions stays within .002.
BRIDGE_CONCEPTS = 4
BRIDGE_FLOOR = 0.35
BRIDGE_SHARPNESS = 15.0
# Row "bridge that never fades". Below these cosines of the nearest concept chosen it fades out:
# what is far from all that the glossary knows is not to be read as one of it. (.25, .50) is as
# good here and loses .002 on teachers' lists, (.40, .60) loses .019 on paraphrases of set V.
BRIDGE_FADE = (0.30, 0.55)
# A glossary of another field misleads. The bridge counts in full where this share of the papers
# holds a term of it word for word (of the lab's .75), from there down less, though never less than
# so much of it. Teachers' lists (.39) and the public lists of outside.md (.03 to .69) were seen when
# this was set: rows "bridge in full" there (.447 to .458, .375 to .381).
BRIDGE_FIT = (0.40, 0.70)
BRIDGE_LEAST_OF_FIT = 0.40
# Concepts are chosen by their nearest phrase or term, and by so much of how much further than other
# concepts the question lies along their own direction (``glossary._directions``). Row "concepts by
# their nearest text alone".
BRIDGE_DIRECTION = 1.25
# A concept that a clause of a longer question names by a term is chosen with so much (others
# seldom reach it), and of what is left above ``BRIDGE_FADE`` the jargon takes no more than this
# share. Rows "no clauses" and "what is said …". By the nearness of clauses to terms, in place of
# the very words, chat messages gain .005 more, and the slowest twentieth of the questions takes 2
# ms longer.
BRIDGE_SAID = 1.15
BRIDGE_LEAST_OF_SAID = 0.50
# A term that is at least this share of a clause's content words is what the clause is about.
CLAUSE_SHARE = 0.50

# A paper is mainly about a topic that was ruled out ("not about vision") at this cosine to its
# title, or when it holds all its words. Row "ruled out from .35 on".
ABOUT = 0.45

# The scale of relevance: a cosine of 1 and every word. Priors are measured against it.
SCALE = 1.0 + WORDS

# Priors. Together at most .075, which is under a tenth of SCALE, so a paper that is clearly closer
# (by more than that) is never passed. Rows "no stars", "no citations" and
# "stars and citations .15 each"; citations at .05 lost .002 against .03.
STAR = 0.045
CITATIONS = 0.03

# A question that asks for recent (or highly cited) work lets age (or citations) weigh this much
# more; only then. Rows "no wishes" and "recent is two years"; of 23 such development questions
# nDCG@10 .778 without, .796 at .15, .805 at .30, too few to tell the last two apart.
WISH = 0.15
RECENT_YEARS = 5.0

# "Where do I start with …": surveys first, then what came early, what a list recommends to
# beginners (each times the paper's relevance, as a share of the highest) and what much work was
# built on. Only where the question asks for a path. Rows "no newcomer weights", "no survey first"
# and so on of quality.md and "ranked for a newcomer" of outside.md. nDCG@10 on 44 such
# development questions .673, and .341 of the teachers' lists found (development half); .654 and
# .344 with a survey at .10, nothing for early work and relevance left out of it, .664 and .336
# without early work, .666 and .315 without relevance. The early part at .07 or .15, survey at
# .25, groundwork at 0 or .06: .668 to .671.
SURVEY = 0.20
EARLY = 0.10
TEACHING = 0.06
GROUNDWORK = 0.03

# The evidence that an answer is close, related or nothing (see ``bands``) is the best relevance of
# any paper, and two things that change no order; they were set together, by
# ``python -m benchmarks.calibrate``. What it costs that every word of a question is unknown to the
# lists and to the glossary: real needs are put in words that the field uses somewhere, "sourdough"
# is not one of them.
UNKNOWN_WORDS = 0.30
# What nearness to a plain phrase of the glossary adds, and through which cosines: off-topic
# development questions come no nearer than .47, real ones that use none of the field's words mostly
# do. The weakest 1.5% of real development questions then stand .065 above the best off-topic one,
# not .025 (.40; .40 a step from .40 on).
PHRASE = 0.15
PHRASE_NEAR = (0.45, 0.55)

# Of so few papers all are scored exactly for a question. Of more, so many of those with the nearest
# vectors and so many with the most words, and so many for each concept of the glossary that it is
# near to. Over 20,000 titles 99.9% of the first ten are then those of 2,500 and 800.
SCORED_WHOLE = 1_024
CANDIDATES = 128
CONCEPT_CANDIDATES = 48
