"""Tell from the words of an address which country is meant."""

from __future__ import annotations

from functools import cache

from crm_md.likeness.folding import fold

# ISO 3166-1, as officially assigned; UK and the like are among the words below.
_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
# Names in German, English and the country's own language, and the signs put before postcodes.
_NAMES = """
DE Deutschland, Germany, Allemagne, Bundesrepublik Deutschland, BRD, D, DEU, GER
AT Österreich, Austria, Autriche, Republik Österreich, A, AUT
CH Schweiz, Switzerland, Suisse, Svizzera, Svizra, Schweizerische Eidgenossenschaft, CHE, SUI
LI Liechtenstein, Fürstentum Liechtenstein, FL, LIE
LU Luxemburg, Luxembourg, Lëtzebuerg, L, LUX
IT Italien, Italy, Italia, Südtirol, Alto Adige, South Tyrol, I, ITA
FR Frankreich, France, F, FRA
NL Niederlande, Netherlands, The Netherlands, Nederland, Holland, NLD
BE Belgien, Belgium, België, Belgique, B, BEL
DK Dänemark, Denmark, Danmark, DNK
PL Polen, Poland, Polska, POL
CZ Tschechien, Tschechische Republik, Czech Republic, Czechia, Česko, Česká republika, CZE
SK Slowakei, Slovakia, Slovensko, SVK
HU Ungarn, Hungary, Magyarország, HUN
SI Slowenien, Slovenia, Slovenija, SLO, SVN
HR Kroatien, Croatia, Hrvatska, HRV
GB Großbritannien, Great Britain, United Kingdom, Vereinigtes Königreich, UK, England, Scotland
GB Schottland, Wales, Nordirland, Northern Ireland, GBR
IE Irland, Ireland, Éire, IRL
ES Spanien, Spain, España, E, ESP
PT Portugal, P, PRT
SE Schweden, Sweden, Sverige, S, SWE
NO Norwegen, Norway, Norge, N, NOR
FI Finnland, Finland, Suomi, FIN
IS Island, Iceland, Ísland
EE Estland, Estonia, Eesti
LV Lettland, Latvia, Latvija
LT Litauen, Lithuania, Lietuva
GR Griechenland, Greece, Hellas, Ελλάδα, GRC
CY Zypern, Cyprus
MT Malta
RO Rumänien, Romania, România
BG Bulgarien, Bulgaria, България
RS Serbien, Serbia, Srbija
BA Bosnien und Herzegowina, Bosnien, Bosnia and Herzegovina, Bosnia
MK Nordmazedonien, North Macedonia, Mazedonien
ME Montenegro
AL Albanien, Albania
UA Ukraine, Україна
MD Moldau, Moldawien, Moldova
BY Belarus, Weißrussland
RU Russland, Russia, Russische Föderation, Россия
TR Türkei, Turkey, Türkiye
MC Monaco
AD Andorra
SM San Marino
VA Vatikan, Vatikanstadt, Vatican
US USA, United States, United States of America, Vereinigte Staaten, U.S.A., Amerika, America
CA Kanada, Canada
MX Mexiko, Mexico
BR Brasilien, Brazil, Brasil
AR Argentinien, Argentina
CL Chile
CN China, Volksrepublik China
HK Hongkong, Hong Kong
TW Taiwan
JP Japan, 日本
KR Südkorea, South Korea, Korea
IN Indien, India
IL Israel
AE Vereinigte Arabische Emirate, United Arab Emirates, VAE, UAE, Dubai
SA Saudi-Arabien, Saudi Arabia
EG Ägypten, Egypt
MA Marokko, Morocco
TN Tunesien, Tunisia
ZA Südafrika, South Africa
AU Australien, Australia
NZ Neuseeland, New Zealand
SG Singapur, Singapore
TH Thailand
VN Vietnam
ID Indonesien, Indonesia
MY Malaysia
"""


def country_of(text: str) -> str | None:
    """Return the ISO code of the country that an address names, or None.

    Args:
        text: a country (``Österreich``, ``AT``), the end of an address (``1010 Wien, Austria``)
            or a postcode with its sign (``A-1010 Wien``).

    Source: ISO 3166-1 alpha-2; the signs before postcodes are those of vehicles (UN, 1968).
    """
    last = text.replace("\n", ",").rstrip(" ,.").rpartition(",")[2].strip()
    if last.upper() in _codes():
        return last.upper()
    known, words = _codes_by_name(), fold(last).split()
    code = known.get(" ".join(words))
    if code or len(words) < 2:
        return code
    if words[1].isdecimal():
        sign = words[0].upper()
        return known.get(words[0]) or (sign if sign in _codes() else None)
    return known.get(words[-1]) if len(words[-1]) > 3 else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(_CODES.split())


@cache
def _codes_by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    for line in _NAMES.strip().split("\n"):
        code, _, names = line.partition(" ")
        codes.update((fold(name), code) for name in names.split(","))
    return codes
