"""What German words have in common in all their forms: Lieferung, liefern, geliefert.

Snowball's German stemmer leaves participles, strong verbs and Reklamation / reklamiert apart. This
one may give a word several stems, since its endings do not tell a noun from a verb: two words meet
if they share one. English words stem lightly by the same rules. A search ranks such meetings behind
the word itself, so a stem too many costs less than one too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from crm_md.likeness import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})

# Words that say nothing of their own never meet others: “sich” is not “Sicht”.
_FUNCTION_WORDS = _words("""
ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim
bin bis bist da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darf
darin darum darüber das dass davon davor dazu dein deine dem den denn der deren des deshalb die
dies diese diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen einer
eines er erst es etwa etwas euch euer für gar gegen habe haben hat hatte hatten her hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden
jeder jedes jetzt kann kein keine keinem keinen keiner können konnte machen macht man mehr mein
meine mich mir mit muss müssen nach nachdem nicht nichts noch nun nur ob oder ohne schon sehr
sein seine seinem seinen seiner seit sich sie sind so sobald solche soll sollen sollte sondern
sonst über um und uns unser unsere unter viel vom von vor war waren warum was weg weil welche
wenn wer werde werden wie wieder will wir wird wo wohl wollen wurde wurden zu zum zur zwar
zwischen
about after all also and any are been before but can could did does from had has have her his
how into its just more not now off only our out over she should some than that the their them
then there these they this too was were what when where which who will with would you your
""")

_SEPARABLE = _words("""
ab an auf aus bei dar durch ein fehl fest fort frei gegen her herab heran heraus herein hin
hinaus hinein hinzu klar los mit nach statt teil um vor voran voraus vorbei weg weiter wieder zu
zurück zusammen zuruck über uber unter
""")
_PREFIXES = _SEPARABLE | _words(
    "be emp ent er ge miss ver wider zer vorbe nachbe beauf veran einbe ausver mitbe abbe"
)

# Nouns whose plural adds -er: the only ones of which it is no part of the word.
_PLURAL_ER = _words("""
amt bad band bild blatt brett buch dach dorf fach fass feld geld gesicht glas grab gras gut
haupt haus holz horn huhn kind kleid kraut lamm land licht lied loch mann mitglied nest rad rand
rind schild schloss schwert tal tuch volk wald weib wort wurm
""")

# Words with ge- that are no participles.
_NO_PARTICIPLES = tuple(
    _words("""
gebiet gebirge gedicht geduld gefahr gegen gehalt geheim geist gelegen gemein genau gericht gesamt
geschaft geschicht gesell gesetz gesicht gestalt gestern gesund gewalt gewicht gewiss
""")
)

# Strong verbs: what the root is in some form, and in the infinitive.
_ROOTS = dict(
    pair.split(":")
    for pair in _words("""
band:bind bund:bind blieb:bleib bog:bieg bot:biet brach:bring broch:brech dorb:derb fand:find
fund:find fiel:fall flog:flieg floss:fliess fuhr:fahr gab:geb gang:geh gangen:geh ging:geh
goss:giess griff:greif half:helf hilf:helf holf:helf hiel:hal kann:kenn kannt:kenn las:les
lies:les liess:lass lor:lier nahm:nehm nimm:nehm nomm:nehm nann:nenn nannt:nenn rief:ruf
riss:reiss sah:seh sieh:seh schied:scheid schloss:schliess schluss:schliess schnitt:schneid
schob:schieb schoss:schiess schrieb:schreib schwand:schwind sprach:sprech sproch:sprech
sprich:sprech stahl:stehl stohl:stehl starb:sterb storb:sterb stieg:steig strich:streich
stritt:streit traf:treff trif:treff triff:treff troff:treff trug:trag vergass:vergess
warb:werb worb:werb wies:weis wonn:winn wann:winn wuchs:wachs wuss:wiss wusst:wiss zog:zieh
zug:zieh versand:versend
""")
)

# Verbs on -ieren that are no Latin ones: they lose -en only.
_NO_LATIN = _words("verlier frier erfrier gefrier verzier regier schmier papier klavier")

# Endings, the longest first, what stays of them, and how many letters must stand before them.
_ENDINGS = tuple(
    (ending, kept, least)
    for endings, kept, least in (
        (
            "ationen ation ierungen ierung ierenden ierende ierten ierter ierte ieren iert iere",
            "",
            4,
        ),
        ("erungen erung ernden ernde ernd ertem erten erter ertes erte ert ern", "er", 3),
        ("elungen elung elten elte elt eln", "el", 3),
        ("igungen igung igtem igten igter igtes igte igt igen ige ig", "ig", 3),
        ("keiten keit heiten heit", "", 3),
        ("ungen ung", "", 3),
        ("baren barer bares bare bar", "", 4),
        ("ingly ings ing", "", 4),
        ("enem enen ener enes ene", "", 3),
        ("eten ete et", "", 3),
        ("ies y ed", "", 4),
        ("em en es e", "", 3),
    )
    for ending in endings.split()
)
_AFTER_TD = ("eten", "ete", "et")  # only where -t alone cannot be spoken: kostet, rechnet
_PRESENT = ("endem", "enden", "ender", "endes", "ende", "end")  # of a participle: laufende
_LEAST_COMPOUND = 4
_BEFORE_T = 4


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """Return what this word has in common with its other forms; the first is the plainest.

    Args:
        word: in small letters, NFC.

    Returns:
        folded stems; one, the folded word itself, where endings mean nothing (numbers, words like
        “und”), marked with ``=`` so that it meets nothing else.
    """
    if word in _FUNCTION_WORDS or not word.isalpha():
        return (f"={fold(word)}",)
    found: dict[str, None] = {}
    for plain, least in _without_ge(word.translate(_PLAIN)):
        for base in _without_ending(plain):
            shortest = _without_t(base, least)
            for stem in (shortest, *_infinitives(base), *_infinitives(shortest)):
                found.setdefault(_undoubled(fold(_without_t(stem, least))))
    return tuple(found)


def compound_stem(word: str) -> str:
    """Return the stem that a compound must end with to be a kind of this, or "" if it is short.

    Args:
        word: ``verzug``, of which Lieferverzug is a kind.
    """
    stem = stems(word)[0]
    return stem if len(stem) >= _LEAST_COMPOUND and not stem.startswith("=") else ""


def _without_ge(word: str) -> Iterator[tuple[str, int]]:
    """Yield the word, and the verb of which it may be the participle: geliefert, angerufen.

    With each comes how many letters must stay before a final t: in a participle it is no root's.
    """
    yield word, _BEFORE_T
    if fold(word).startswith(_NO_PARTICIPLES):
        return
    for cut in range(min(len(word) - 4, 9)):
        if cut and word[:cut] not in _SEPARABLE:
            continue
        rest = word[cut:]
        if rest.startswith("ge") and len(rest) > 4:
            yield word[:cut] + rest[2:], _BEFORE_T - rest.endswith(("bt", "gt", "lt", "ht", "kt"))
        elif cut and rest.startswith("zu") and rest.endswith("n") and len(rest) > 5:
            yield word[:cut] + rest[2:], _BEFORE_T


def _without_ending(word: str) -> Iterator[str]:
    feminine = _cut(word, ("innen", "in"), 4)
    if feminine:
        yield from _without_ending(feminine)
        if word.endswith("in"):
            yield word
        return
    if word.endswith("s") and word[-2:-1] in "bdfghklmnrtoy" and len(word) > 4:
        word = word[:-1]
    if word.endswith("er") and len(word) > 4:
        yield word
        yield _shortened(word[:-2]) if word.endswith(("ener", "ierter", "igter")) else word[:-2]
        return
    if word.endswith("ern") and word[:-3] in _PLURAL_ER:
        yield word[:-3]
    yield _shortened(word)
    present = _cut(word, _PRESENT, 4)
    if present:
        yield present


def _shortened(word: str) -> str:
    for ending, kept, least in _ENDINGS:
        rest = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(fold(rest)) >= least:
            if ending == "ieren" and f"{rest}ier" in _NO_LATIN:
                continue
            if ending in _AFTER_TD and rest[-1] not in "dmnt":
                continue
            return rest + kept
    return word


def _without_t(stem: str, least: int) -> str:
    """Take off a final t, for bestellt and bestell as for Arbeit and arbeitet."""
    return stem[:-1] if stem.endswith("t") and len(fold(stem)) > least else stem


def _cut(word: str, endings: tuple[str, ...], least: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return ""


def _infinitives(stem: str) -> Iterator[str]:
    """Yield the infinitive's stem of a strong verb, behind its prefix if there is one."""
    for cut in range(min(len(stem) - 2, 10)):
        root = _ROOTS.get(stem[cut:])
        if root and (cut == 0 or stem[:cut] in _PREFIXES):
            yield stem[:cut] + root


def _undoubled(stem: str) -> str:
    """Make bestell, handel and ergebniss what they are in other forms: bestel, handl, ergebnis."""
    if len(stem) > 4 and stem.endswith("el") and stem[-3] not in "aeiou":
        stem = f"{stem[:-2]}l"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    return stem
