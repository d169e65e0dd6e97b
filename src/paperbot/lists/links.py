"""Links: what one leads to, and which work it identifies."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from paperbot.paper import Role

_ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    ("slides", r"slides?|presentation|ppt|deck|poster|keynote"),
    ("video", r"videos?|youtube|talk|bilibili|recording|watch|yt|lecture|demo video"),
    ("code", r"code|codes|github|gitlab|git|repo|repository|implementation|source|colab|notebook"
             r"|pytorch|tensorflow|tf|keras|jax|reference|library|software|model|models|weights"
             r"|checkpoints?|hf|huggingface|matlab|julia|package|tool|artifact|python"),
    ("data", r"data|datasets?|benchmark|corpus|leaderboard"),
    ("blog", r"blog|post|article|blogpost|medium|news|zhihu|explanation|notes|note|summary"
             r"|review|tweet"
             r"|twitter|thread|podcast|interview"),
    ("project", r"project|website|page|homepage|web|site|webpage|demo|home|url|official|gallery"),
    ("pdf", r"pdf|fulltext|preprint pdf|full text"),
    ("paper", r"paper|papers|arxiv|abs|abstract|doi|link|openreview|acm|ieee|springer|html|biorxiv"
              r"|publication|proceedings|ieeexplore|sciencedirect|conference|journal|preprint|acl"
              r"|neurips|nips|usenix|dl|aclanthology|manuscript|thesis|hal|jmlr|cvf|nature|science"
              r"|semantic scholar|scholar|report"),
    ("other", r"bib|bibtex|cite|citation|bibtext|supp|supplementary|supplement|supplemental"
          r"|appendix"
              r"|material|materials|docs|documentation|app|book|here|more|details|reviews"
              r"|info|tutorial|advice|course|download|comments?|errata|api|s2|rg|extended|course"),
)  # fmt: skip
_ROLE_OF = {
    word: role
    for role, words in _ROLE_WORDS
    for either in words.split("|")
    for word in ((either[:-2], either[:-1]) if either.endswith("s?") else (either,))
}
_FILLERS = {
    "the", "an", "a", "and", "official", "unofficial", "or", "in", "on", "of", "for", "full",
    "authors", "author", "original", "version", "part", "demo", "long", "short", "our", "my",
    "read",
    "hugging", "face", "google", "preprint", "journal", "conference", "blog", "extended", "online",
    "free", "view", "ver", "en", "cn", "chinese", "english", "japanese", "old", "new", "1", "2",
    "3", "4", "5", "i", "ii", "pages", "main", "arxiv", "technical", "open", "source", "reference",
    "third", "party", "published", "paper", "code", "website", "cpp", "c++", "python", "pytorch",
    "tensorflow", "torch", "project", "page", "github", "starred", "stars", "v1", "v2", "v3",
    "list",
    "latest", "access", "must", "reading",
}  # fmt: skip

_PAPER_HOSTS = re.compile(
    r"(?:^|\.)(?:arxiv\.org|ar5iv\.(?:org|labs\.arxiv\.org)|alphaxiv\.org|doi\.org|aclanthology\.org"
    r"|aclweb\.org|openreview\.net|proceedings\.mlr\.press|jmlr\.org|mlr\.press|usenix\.org"
    r"|dl\.acm\.org|acm\.org|ieeexplore\.ieee\.org|computer\.org|springer\.com|sciencedirect\.com"
    r"|elsevier\.com|nature\.com|science\.org|sciencemag\.org|biorxiv\.org|medrxiv\.org|pnas\.org"
    r"|ncbi\.nlm\.nih\.gov|pubmed\.gov|cell\.com|wiley\.com|oup\.com|academic\.oup\.com|plos\.org"
    r"|neurips\.cc|nips\.cc|papers\.nips\.cc|thecvf\.com|ecva\.net|aaai\.org|ijcai\.org|isca-speech"
    r"\.org|semanticscholar\.org|citeseerx\.ist\.psu\.edu|citeseer\.ist\.psu\.edu|vldb\.org|mdpi\.com"
    r"|frontiersin\.org|tandfonline\.com|sagepub\.com|aps\.org|iop\.org|iopscience\.iop\.org|ssrn\.com"
    r"|hal\.science|archives-ouvertes\.fr|eprint\.iacr\.org|ndss-symposium\.org|researchgate\.net"
    r"|proceedings\.mlsys\.org|mlsys\.org|roboticsproceedings\.org|transacl\.org|direct\.mit\.edu"
    r"|mitpressjournals\.org|worldscientific\.com|emerald\.com|royalsocietypublishing\.org|acs\.org"
    r"|biomedcentral\.com|hindawi\.com|dagstuhl\.de|osti\.gov|zenodo\.org|jstor\.org|chemrxiv\.org"
    r"|paperswithcode\.com|dblp\.org|dblp\.uni-trier\.de|rfc-editor\.org|cidrdb\.org|sigops\.org"
    r"|journals\.uchicago\.edu|annualreviews\.org|pubsonline\.informs\.org|siam\.org|epubs\.siam\.org"
    r"|ojs\.aaai\.org|digital-library\.theiet\.org|techrxiv\.org|philpapers\.org|osf\.io|aip\.org"
    r"|eurasip\.org|bmvc\.co\.uk|bmva-archive\.org\.uk|bmva\.org|bmvc\d*\.org|aimsciences\.org"
    r"|scitepress\.org|ceur-ws\.org|tdx\.cat|escholarship\.org|proquest\.com|papers\.ssrn\.com|rdcu\.be"
    r"|europepmc\.org|preprints\.org|biophysj\.org|embopress\.org|genome\.cshlp\.org|cshlp\.org"
    r"|research\.google(?:\.com)?|asme\.org|optica\.org|osapublishing\.org|spiedigitallibrary\.org|eg\.org|degruyter\.com)$"
)
_VIDEO_HOSTS = re.compile(r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com"
                          r"|slideslive\.com"
                          r"|videolectures\.net|ted\.com|twitch\.tv)$")  # fmt: skip
_CODE_HOSTS = re.compile(r"(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org"
                         r"|colab\.research\.google\.com"
                         r"|pypi\.org|gist\.github\.com|sourceforge\.net|codeocean\.com|gitee\.com"
                         r"|git\.io|crates\.io|npmjs\.com|hub\.docker\.com)$")  # fmt: skip
_BLOG_HOSTS = re.compile(r"(?:^|\.)(?:medium\.com|towardsdatascience\.com|substack\.com"
                         r"|wordpress\.com"
                         r"|blogspot\.com|zhihu\.com|dev\.to|hackernoon\.com|distill\.pub|blog\..+|notion\.site"
                         r"|news\.ycombinator\.com|twitter\.com|x\.com|reddit\.com|lesswrong\.com"
                         r"|mp\.weixin\.qq\.com|jianshu\.com|csdn\.net"
                         r"|lilianweng\.github\.io)$")  # fmt: skip
_SLIDE_HOSTS = re.compile(r"(?:^|\.)(?:slideshare\.net|speakerdeck\.com|docs\.google\.com)$")
_DATA_HOSTS = re.compile(r"(?:^|\.)(?:kaggle\.com)$")


def host_of(url: str) -> str:
    """The host of a URL in lower case, without ``www.``; empty where there is none."""
    found = re.match(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@\s]*@)?([^/:?#\s]+)", url, re.I)
    return found[1].lower().removeprefix("www.") if found else ""


@lru_cache(maxsize=8192)
def host_role(url: str) -> Role:
    """What a link leads to, by its host and path alone."""
    host = host_of(url)
    path = url.split("?", maxsplit=1)[0].lower()
    if _SLIDES_PATH.search(path):
        return "slides"
    if "/blogs/" in path:
        return "blog"
    at_paper_host = bool(_PAPER_HOSTS.search(host))
    if _LISTING.search(url) or (at_paper_host and re.fullmatch(r"\w+://[^/]+/?", url)):
        return "other"
    if at_paper_host or (host == "huggingface.co" and "/papers/" in path):
        return "pdf" if re.search(r"\.pdf$|/pdf/|/pdf$", path) else "paper"
    if path.endswith((".pdf", ".ps", ".ps.gz")):
        return "pdf"
    named: list[Role] = [role for pattern, role in _HOST_RULES if pattern.search(host)]
    if not named and re.search(r"(?:^|/)(?:blog|posts?)/", path.split("//")[-1]):
        named = ["blog"]
    return named[0] if named else "other"


_LISTING = re.compile(
    r"(?i)openreview\.net/group\b|/virtual/\d{4}/(?:papers|calendar)\b"
    r"|thecvf\.com/(?:[A-Z]+\d{4}(?:\?|/?$)|menu)|/proceedings/?$|dblp\.(?:org|uni-trier\.de)/(?:db|pid)/"
)
"""A whole conference, no paper of it."""
_SLIDES_PATH = re.compile(r"usenix\.org/.*(?:slides|/video)|/slides/|/talks/")
_HOST_RULES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (_VIDEO_HOSTS, "video"),
    (_CODE_HOSTS, "code"),
    (_BLOG_HOSTS, "blog"),
    (_SLIDE_HOSTS, "slides"),
    (_DATA_HOSTS, "data"),
    (re.compile(r"github\.io$|^sites\.google\.com$"), "project"),
)


_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_ROLES: tuple[tuple[str, Role], ...] = (
    (r"幻灯|演示", "slides"), (r"视频|讲解", "video"), (r"代码|源码|开源", "code"),
    (r"数据", "data"), (r"解读|博客|笔记|知乎|文章|介绍", "blog"), (r"主页|项目|网站|官网", "project"),
    (r"论文|原文|链接|下载|地址", "paper"),
)  # fmt: skip
"""Labels of Chinese lists: 论文 paper, 代码 code, 主页 page."""


def _han_role(text: str) -> Role | None:
    if len(text) > 20 or not _HAN.search(text):
        return None
    return next((role for words, role in _HAN_ROLES if re.search(words, text)), None)


@lru_cache(maxsize=8192)
def word_role(text: str) -> Role | None:
    """The role that a link's text names (``[paper]``, ``Official Code``, 论文), else None."""
    if role := _han_role(text):
        return role
    words = re.findall(r"[a-z0-9+]+", text.lower())
    if not words or len(words) > 6:
        return None
    if kind := re.fullmatch(r"[\w.+-]+ (paper|pdf|code|github|slides)", text.strip(), re.I):
        return _ROLE_OF[kind[1].lower()]
    named: Role | None = None
    for role, _ in _ROLE_WORDS:
        if any(_ROLE_OF.get(word) == role for word in words):
            named = role
            break
    if named is None:
        return None
    if "list" in words:
        return "other"
    if all(word in _ROLE_OF or word in _FILLERS or word.isdecimal() for word in words):
        if named == "project" and "paper" in words:
            return "paper"
        return named
    return None


def role_of(text: str, url: str) -> Role:
    """What a link leads to: what its words say, else what its host says."""
    by_host = host_role(url)
    by_word = word_role(text)
    if by_word is None:
        return by_host
    if by_word == "paper" and not re.search(r"\bpapers?\b", text, re.I):
        return by_host if by_host == "pdf" else "paper"
    if by_word == "other" and by_host in ("paper", "pdf", "code", "video"):
        return "other" if re.search(r"bib|cit|supp|append|review", text, re.I) else by_host
    return by_word


_IDENTIFIERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (scheme, re.compile(pattern, re.I))
    for scheme, pattern in (
        ("arxiv", r"(?:arxiv\.org/(?:abs|pdf|html|ps|format|e-print|src)/"
                  r"|ar5iv\.(?:labs\.arxiv\.)?org/"
                  r"(?:abs/|html/)?|alphaxiv\.org/(?:abs|overview|pdf)/|huggingface\.co/papers/"
                  r"|10\.48550/arxiv\.|^arxiv:\s*|scirate\.com/arxiv/|doi\.org/arxiv:|\barxiv:)"
                  r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"),
        ("doi", r"(?:doi\.org/|/doi/(?:abs/|pdf/|full/|epdf/|pdfdirect/|epub/|10\.|)|doi:\s*"
                r"|/content/(?:early/)?"
                r"|springer\.com/(?:article|chapter|book|content/pdf)/|/articles?\?id=|^)"
                r"(10\.\d{4,9}/[^\s\"<>?#&]+)"),
        ("doi", r"nature\.com/articles/((?:s|d|nature|nmeth|nbt|ncomms|srep|nrg)[\w.-]+)"),
        ("acl", r"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers/\w/\w\d\d)?"
                r"|aclanthology\.info"
                r"(?:/papers)?)/([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)"),
        ("openreview", r"openreview\.net/(?:forum|pdf|attachment"
                       r"|references/pdf)/?\?(?:[^#]*&)?id=([\w-]{8,})"),
        ("openreview", r"openreview\.net/pdf/([0-9a-f]{40})"),
        ("usenix", r"usenix\.org/conference/([\w-]+/(?:presentation"
                   r"|technical-sessions/presentation)/[\w-]+)"),
        ("mlr", r"mlr\.press/(v\d+/[a-z0-9-]+?)(?:/|\.html|\.pdf|$)"),
        ("nips", r"(?:neurips|nips)\.cc/(?:paper|paper_files/paper)/\d{4}/(?:file"
                 r"|hash)/([0-9a-f]{32})"),
        ("cvf", r"openaccess\.thecvf\.com/.*/([\w-]+_(?:CVPR|ICCV|WACV|ECCV|ACCV)W?_\d{4})_paper"),
        ("ieee", r"ieeexplore\.ieee\.org/(?:abstract/"
                 r"|xpls/abs_all\.jsp\?arnumber=)?(?:document/|)(\d{5,})"),
        ("s2", r"semanticscholar\.org/(?:paper/)?(?:[^/]+/)?([0-9a-f]{40})"),
        ("iacr", r"eprint\.iacr\.org/(\d{4}/\d+)"),
        ("pubmed", r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{5,})"),
    )
)  # fmt: skip


@lru_cache(maxsize=8192)
def identifier(url: str) -> str | None:
    """``scheme:id`` of the work that a URL names, the same for each version and format of it."""
    url = unquote(url) if "%" in url else url
    for scheme, pattern in _IDENTIFIERS:
        found = pattern.search(url)
        if not found:
            continue
        name = found[1].lower() if scheme != "openreview" else found[1]
        if scheme == "doi":
            if not name.startswith("10."):
                name = f"10.1038/{name}"
            name = re.sub(r"(?:v\d+)?(?:\.(?:full|abstract|pdf|short|html|full\.pdf"
                          r"|figures))*[/.]*$",
                          "", name)  # fmt: skip
        if scheme == "usenix":
            name = re.sub(r"/(?:technical-sessions/)?presentation/", "/", name)
        return f"{scheme}:{name}"
    return None
