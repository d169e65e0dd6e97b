"""Venues and years in running text: "In *ICLR 2022*", "(NeurIPS'23)", "arXiv 2310", "June 24"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ACRONYMS = """
AAAI AAMAS ACCV ACL ACM-MM ACML ACSAC AISTATS AIES ALENEX ALT APLAS APNet APSEC APSys ARES ASE
AsiaCCS ASIACRYPT ASPDAC ASPLOS ASRU ATC AutoML BMVC BuildSys CASES CAV CCGrid CCS CGF CGO CHES CHI
CICC CIDR CIKM CLEF CLeaR CLUSTER COLING COLM COLT COMPSAC CoNEXT CoNLL CoRL CRYPTO CSCW CSF CVPR
CVPRW DAC DATE DEBS DFRWS DIMVA DISC DSN EACL ECAI ECCV ECCVW ECIR ECML ECOOP EDBT EMNLP EMSOFT
ESEC/FSE ESEM ESOP ESORICS ETS EuroS&P EuroSys EUROCRYPT FAST FAccT FC FCCM FG FOCS FPGA FPL FSE
FSE/ESEC GECCO GLOBECOM HOTI HotCloud HotNets HotOS HotStorage HPCA HPDC HRI ICALP ICANN ICAPS
ICASSP ICC ICCAD ICCD ICCS ICCV ICCVW ICDAR ICDCS ICDE ICDM ICDT ICFP ICIP ICLR ICLRW ICMI ICML
ICMLW ICME ICMR ICNP ICPE ICPP ICPR ICRA ICS ICSE ICSME ICSOC ICST ICWSM ICWS IJCAI IJCNN IJCV
IMC INFOCOM INLG INTERSPEECH IPDPS IPSN IROS ISCA ISCAS ISMAR ISMIR ISPASS ISSRE ISSTA ISWC ITC
ITCS IUI IWQoS JAIR JMLR JSSPP KDD L4DC LICS LISA LREC LREC-COLING MICCAI MICRO MIDL Middleware
MLHC MLSys MLSYS MMSys MobiCom MobiHoc MobiSys MSR NAACL NDSS NeurIPS NeurIPSW NIPS NSDI OOPSLA
OSDI OSR PACT PADL PAKDD PAMI PETS PLDI PODC PODS POPL PPDP PPoPP PVLDB RAID RANLP RecSys RSS RTAS
RTCSA RTSS S&P SANER SAS SC SDM SEC SEKE SenSys SIGCOMM SIGCSE SIGDIAL SIGGRAPH SIGIR SIGKDD
SIGMETRICS SIGMOD SIGOPS SLE SLT SoCC SOCC SODA SOSP SOUPS SPAA SPLASH SRDS STACS STOC SysML TACAS
TACL TACO TCAD TDSC TIFS TIP TIST TKDD TKDE TKDD TMC TMLR TNN TNNLS TOCS TODS TOG TOIS TON TOPLAS
TOS TOSEM TPAMI TPDS TSE TSG TVCG UAI UbiComp UIST USENIX USENIXSec VEE VIS VLDB VMCAI VTC WACV WCRE
WMT WOOT WSDM WWW 3DV ICTAI IJCNLP AACL TheWebConf LoG ISBI BIBM ICML-W HPEC HotChips TinyML OpML
DLS DSAA ECML-PKDD ECML/PKDD NLPCC EICS SANER QRS ISPA ICPC ICSA MODELS RE VISSOFT PLOP SEAA EASE
BlackHat DEFCON SysTEX SP SOSR DISC OPODIS CONCUR TGRS GRSM JCIM TCSVT TMM TMI MIA RAL RA-L TRO
T-RO IJRR CASE ROBIO ICAR SII BIOROB RO-MAN ROMAN
""".split()

_NAMES = """
arXiv|ArXiv|Arxiv|arxiv|ArXiV|CoRR|[Bb]io[Rr]xiv|BioRxiv|[Mm]ed[Rr]xiv|[Cc]hem[Rr]xiv|OpenReview
|SSRN|USENIX ATC|USENIX Security(?: Symposium)?|Usenix Security|USENIX FAST|USENIX|IEEE S ?& ?P
|IEEE Symposium on Security and Privacy|ACM MM|ACM Multimedia|ACM Computing Surveys
|ACM Comput(?:ing|\\.) Surv(?:eys|\\.)?|ACM CSUR|CSUR|IEEE Access|IEEE TPAMI|IEEE TKDE|IEEE BigData
|SIGGRAPH Asia|Siggraph Asia|Siggraph|Pattern Recognition|Neural Computation|Neural Networks
|Information Fusion|Neurocomputing|The Web Conference|World Wide Web|Web Conference
|Machine Learning|Communications of the ACM|CACM|Distill|Eurographics|EuroGraphics|Interspeech
|Findings of (?:ACL|EMNLP|NAACL|EACL)|ACL Findings|EMNLP Findings|NAACL Findings|Eurosys|Mlsys
|Nature(?: (?:Methods|Communications|Biotechnology|Machine Intelligence|Medicine|Genetics|Physics
|Computational Science|Protocols|Biomedical Engineering|Aging|Cancer|Metabolism|Electronics
|Neuroscience|Chemistry|Reviews [A-Z][a-z]+|Cell Biology|Human Behaviour))?
|Science(?: (?:Advances|Robotics|Translational Medicine))?|Cell(?: (?:Systems|Reports(?: Methods)?
|Genomics|Press|Patterns))?|PNAS|Bioinformatics|Briefings in Bioinformatics|Genome (?:Biology
|Research|Medicine)|Nucleic Acids Research|PLoS [A-Z]\\w+(?: [A-Z]\\w+)?|PLOS [A-Z]\\w+
|BMC [A-Z]\\w+|Scientific Reports|Scientific Data|Physical Review (?:Letters|[A-Z])|PRX Life
|Advanced Science|iScience|eLife|Frontiers in [A-Z]\\w+|Robotics: Science and Systems
|Conference on Robot Learning|[Pp]reprint|Preprints|Tech(?:nical)? [Rr]eport|Patterns
|Foundations and Trends[^,.;()\\[\\]]{0,60}
""".replace("\n", "")

_PLAIN_WORDS = {
    "RE", "SP", "SC", "CASE", "FAST", "DATE", "SEC", "SAS", "MODELS", "FC", "VIS", "MICRO", "CHI",
    "CLUSTER", "EASE", "CRYPTO", "Science", "Nature", "Cell", "Patterns", "Machine Learning",
    "Neural Networks", "Pattern Recognition", "World Wide Web", "Distill", "DISC", "MIA", "LoG",
    "Information Fusion", "Technical Report", "Neural Computation", "RAID", "RSS", "ALT", "ETS",
    "ICS", "ITC", "ASE", "PETS", "TIP", "TON", "TOS", "SLE", "SII", "CAV", "ROMAN", "Middleware",
}  # fmt: skip
"""Venues that are words or acronyms of titles too: only believed beside a year."""

_CASELESS = {name.lower(): name for name in sorted(_ACRONYMS, reverse=True)}
_VENUE = re.compile(
    r"(?<![\w/-])(?:"
    + _NAMES
    + "|"
    + "|".join(re.escape(name) for name in sorted(set(_ACRONYMS), key=len, reverse=True))
    + r")(?![A-Za-z])(?!-[A-Za-z])"
)

_LONG_NAME = re.compile(
    r"(?:(?:IEEE|ACM|AAAI|International|European|Annual|Asian|British|American|SIAM|The"
    r"|the)[ /]){0,3}"
    r"(?:Journal|Transactions|Conference|Symposium|Workshop|Annals|Letters|Advances|Communications|Magazine"
    r"|Proceedings)(?: (?:of|on|in|for|the|and|&|to|[A-Z][\w&-]*)){1,9}"
)
"""A venue by its full name: "Journal of Machine Learning Research"."""

MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = re.compile(r"(?<![\d.\-–/:#])((?:19|20)\d\d)(?![\d]|\s*[-–]\s*\d{4}\b|\.\d{4,5})")
_SHORT = re.compile(r"\s?['’‘`´]\s?(\d\d)(?!\d)")
_MONTH_SHORT = re.compile(r"(?<![A-Za-z])" + MONTHS + r",?\s*['’]?(\d\d)(?![\d:,])\b", re.I)
_ARXIV_MONTH = re.compile(r"\barxiv[\s:,'’]*(\d\d)(0[1-9]|1[0-2])\b(?!\.?\d)", re.I)
_ARXIV_ID = re.compile(r"(?<![\d.])(\d\d)(0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?(?!\d)")
_GLUED = re.compile(r"(?<![\w])([A-Z][A-Za-z&/]{1,11})[-_ ]?((?:19|20)\d\d)(?!\d)")
_GLUED_SHORT = re.compile(r"(?<![\w])([A-Z][A-Za-z&/]{1,11})[-_ ]?(\d\d)(?![\d\w(])")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./](0?[1-9]|1[0-2])(?:[-./](\d\d?))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Published:
    """Where and when, as far as a text says so; ``rest`` is what the text says besides."""

    venue: str | None = None
    year: int | None = None


def is_known(word: str) -> bool:
    """Whether the word alone is a venue's name."""
    return bool(_VENUE.fullmatch(word)) or word.lower() in _CASELESS


def is_long_name(text: str) -> bool:
    """Whether the text is nothing but a venue by its full name."""
    return bool(_LONG_NAME.fullmatch(text.strip()))


def full_year(two_digits: str, this_year: int) -> int:
    """``'23`` is 2023; two digits that would lie in the future are of the last century."""
    year = 2000 + int(two_digits)
    return year if year <= this_year + 1 else year - 100


def _plausible(year: int, this_year: int) -> bool:
    return 1900 <= year <= this_year + 1


def _candidates(text: str, this_year: int) -> list[tuple[int, int]]:
    """(position, year) of each year that the text states."""
    found: list[tuple[int, int]] = []
    dates = [(m.start(), int(m[1])) for m in _DATE.finditer(text)]
    found += dates
    found += [(m.start(1), int(m[1])) for m in _YEAR.finditer(text)]
    found += [(m.start(2), int(m[2])) for m in _GLUED.finditer(text)]
    found += [(m.start(1), full_year(m[1], this_year)) for m in _SHORT.finditer(text)]
    found += [(m.start(1), full_year(m[1], this_year)) for m in _MONTH_SHORT.finditer(text)]
    if not found:
        found += [(m.start(1), full_year(m[1], this_year)) for m in _ARXIV_MONTH.finditer(text)]
    if not found:
        found += [
            (m.start(2), full_year(m[2], this_year))
            for m in _GLUED_SHORT.finditer(text)
            if is_known(m[1])
        ]
    return sorted({(at, year) for at, year in found if _plausible(year, this_year)})


def _find(text: str, this_year: int) -> tuple[int | None, str | None]:
    years = _candidates(text, this_year)
    venue = _best_venue(text, years)
    if not years:
        return None, venue[1] if venue else None
    if venue and venue[1].lower() not in PREPRINTS:
        start, name = venue
        end = start + len(name)
        after = [year for at, year in years if end <= at <= end + 40]
        before = [year for at, year in years if start - 14 <= at < start]
        near = after[:1] or before[-1:]
        return (near or [years[-1][1]])[0], name
    return years[0][1], venue[1] if venue else None


PREPRINTS = {"arxiv", "corr", "biorxiv", "medrxiv", "chemrxiv", "openreview", "preprint", "ssrn",
             "preprints"}  # fmt: skip
"""Places where a text stands before it is published."""


def _best_venue(text: str, years: list[tuple[int, int]]) -> tuple[int, str] | None:
    """The venue of the text: the one beside a year, a published before a preprint."""
    found = [(m.start(), m[0]) for m in _VENUE.finditer(text)]
    found += [
        (m.start(1), m[1]) for pattern in (_GLUED, _GLUED_SHORT) for m in pattern.finditer(text)
        if is_known(m[1]) and not any(at == m.start(1) for at, _ in found)
    ]  # fmt: skip

    def near(at: int, name: str) -> bool:
        end = at + len(name)
        return any(end <= y <= end + 14 or at - 14 <= y < at for y, _ in years)

    sure = [
        (at, name) for at, name in found
        if name not in _PLAIN_WORDS or near(at, name) or name == text.strip()
    ]  # fmt: skip
    if all(name.lower() in PREPRINTS for _, name in sure) and (long := _LONG_NAME.search(text)):
        sure.append(
            (long.start(), re.sub(r"^[Tt]he | (?:of|on|in|for|the|and|&|to)$", "", long[0]))
        )
    if not sure:
        return None
    ranked = sorted(sure, key=lambda v: (v[1].lower() in PREPRINTS, not near(*v), v[0]))
    return ranked[0]


@lru_cache(maxsize=8192)
def published(text: str, this_year: int) -> Published:
    """Venue and year that a text states, each None where it states none."""
    if len(text) > 600:
        text = text[:600]
    year, venue = _find(text, this_year)
    return Published(venue, year)


_TAG_FILLER = re.compile(
    r"(?:accepted|appear(?:ed|s)?|published|presented|to|in|at|by|the|of|on|proc(?:eedings)?|long"
    r"|short|main|findings|oral|spotlight|poster|best|paper|award|workshops?|ws|demo|industry|track"
    r"|special|issue|conference|symposium|journal|international|annual|vol(?:ume)?|no|pp|survey"
    r"|asia|student|outstanding|runner[- ]?up|runner|up|honou?rable|mention|datasets?|benchmarks?"
    r"|tutorial|preprint|under|review|submitted|th|st|nd|rd|and|&|@|acm|ieee|usenix|security|"
    r"spring|summer|fall|winter|pre-print|highlight|top|distinguished|notable|camera|ready|new"
    r"|submission|finalists?|nominees?|nomination|candidate|talk|regular|press|online|full|extended"
    r"|abstract|companion|demonstration|tutorials|posters|orals|challenge|competition|rejected)",
    re.I,
)


def leftover(text: str, this_year: int) -> str:
    """What stays of a bracket's text when venue, year, month and usual fillers are taken out."""
    text = _ARXIV_ID.sub(" ", text)
    text = _DATE.sub(" ", text)
    text = _ARXIV_MONTH.sub(" ", text)
    text = _VENUE.sub(" ", text)
    text = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?=" + MONTHS + ")", " ", text)
    text = re.sub(
        r"(?<![A-Za-z])" + MONTHS + r"(?![a-z])\s*\d{0,2}(?:st|nd|rd|th)?(?!\d)", " ", text
    )
    text = re.sub(r"['’‘`´]?\s?\b(?:(?:19|20)\d\d|\d\d)\b", " ", text)
    text = re.sub(r"(?<![\w])[A-Za-z&]{2,12}[-_ ]?(?:['’‘]?\d\d|(?:19|20)\d\d)(?!\d)", " ", text)
    text = re.sub(r"\b" + _TAG_FILLER.pattern + r"\b", " ", text, flags=re.I)
    return re.sub(r"[\s\W_]+", " ", text).strip()
