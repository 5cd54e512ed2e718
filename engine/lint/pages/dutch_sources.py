"""The sources that pages name, in Dutch: laws and principles under the names that they have here.

Read by `engine.lint.page_text`; a test finds every source of a page here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SOURCES: Final[Mapping[str, str]] = {
    "Awb article 2:1 and the duty of care in the modernised Awb chapter 2": (
        "Awb artikel 2:1 en de zorgplicht in het vernieuwde hoofdstuk 2 van de Awb"
    ),
    "Awb article 3:46": "Awb artikel 3:46",
    "Awb articles 3:40, 3:41 and 6:8": "Awb artikelen 3:40, 3:41 en 6:8",
    "Awb articles 3:45 and 3:46": "Awb artikelen 3:45 en 3:46",
    "GDPR (AVG) article 5(1)(d)": "AVG artikel 5, eerste lid, onder d",
    "Single Digital Gateway Regulation (EU) 2018/1724 articles 9 and 13": (
        "Verordening (EU) 2018/1724, enkele digitale toegangspoort, artikelen 9 en 13"
    ),
    "Awb article 3:47": "Awb artikel 3:47",
    "Awb article 4:13": "Awb artikel 4:13",
    "Awb article 4:15": "Awb artikel 4:15",
    "Awb article 4:2(2); once-only principle, Regulation (EU) 2018/1724 article 14": (
        "Awb artikel 4:2, tweede lid; eenmaligheidsbeginsel, Verordening (EU) 2018/1724 artikel 14"
    ),
    "Awb articles 3:4 and 4:84; GDPR (AVG) article 22": "Awb artikelen 3:4 en 4:84; AVG artikel 22",
    "Awb article 6:7": "Awb artikel 6:7",
    "Awb articles 3:45 and 6:23": "Awb artikelen 3:45 en 6:23",
    "Awb articles 3:45 and 6:4": "Awb artikelen 3:45 en 6:4",
    "Awb articles 3:45, 6:4 and 8:1": "Awb artikelen 3:45, 6:4 en 8:1",
    "Awb articles 3:46 and 3:47": "Awb artikelen 3:46 en 3:47",
    "Awb articles 4:13 to 4:17": "Awb artikelen 4:13 tot en met 4:17",
    "Awb articles 6:7 and 6:8": "Awb artikelen 6:7 en 6:8",
    "DMN 1.5, chapter 10": "DMN 1.5, hoofdstuk 10",
    "DMN 1.5, section 10.3.1": "DMN 1.5, paragraaf 10.3.1",
    "DMN 1.5, section 10.3.2": "DMN 1.5, paragraaf 10.3.2",
    "DMN 1.5, section 8.2.8": "DMN 1.5, paragraaf 8.2.8",
    "GDPR (AVG) article 13": "AVG artikel 13",
    "GDPR (AVG) article 5(1)(c)": "AVG artikel 5, eerste lid, onder c",
    "GDPR (AVG) article 5(1)(e)": "AVG artikel 5, eerste lid, onder e",
    "GDPR (AVG) articles 15 and 16": "AVG artikelen 15 en 16",
    "GDPR (AVG) articles 5(1)(b), 6 and 13": "AVG artikelen 5, eerste lid, onder b, 6 en 13",
    "Grondwet article 1; Algemene wet gelijke behandeling; Awb article 4:81": (
        "Grondwet artikel 1; Algemene wet gelijke behandeling; Awb artikel 4:81"
    ),
    "Wet basisregistratie personen article 1.7; Single Digital Gateway Regulation (EU) 2018/1724 article 14": (
        "Wet basisregistratie personen artikel 1.7; Verordening (EU) 2018/1724 (één digitale toegangspoort) artikel 14"
    ),
    "Wet modernisering elektronisch bestuurlijk verkeer: electronic contact is a right, not a duty": (
        "Wet modernisering elektronisch bestuurlijk verkeer: elektronisch contact is een recht, geen plicht"
    ),
    "once-only principle, Regulation (EU) 2018/1724 article 14": (
        "eenmaligheidsbeginsel, Verordening (EU) 2018/1724 artikel 14"
    ),
}
"""Source in English -> in Dutch."""
