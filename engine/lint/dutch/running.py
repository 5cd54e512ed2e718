"""Dutch for what `serve`, `publish` and `migrate` tell while they run; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    # serve
    "There is no folder {folder}; name the folder of the flow files with --flows FOLDER.": (
        "Er is geen map {folder}; noem de map met procesbestanden met --flows MAP."
    ),
    "Left out is {flow}: {why} To see all: wegwijzer lint {folder}": (
        "Niet mee doet {flow}: {why} Alles zien: wegwijzer lint {folder}"
    ),
    "Registers: {file} does not name {named}; each fact goes to its next supplier, and the journey says so.": (
        "Registers: {file} noemt {named} niet; elk gegeven gaat naar de volgende leverancier, en de zaak zegt dat."
    ),
    "Registers: WEGWIJZER_REGISTERS is not set, so nobody asks {named}; each fact goes to its next supplier, and the "
    "journey says so.": (
        "Registers: WEGWIJZER_REGISTERS is niet gezet, dus niemand vraagt {named}; elk gegeven gaat naar de volgende "
        "leverancier, en de zaak zegt dat."
    ),
    "This host is no address of this machine; leave --host out, or name one.": (
        "Dit is geen adres van deze machine; laat --host weg, of noem er een."
    ),
    "Port {port} is taken; choose another one: make run PORT={other} (or --port {other}).": (
        "Poort {port} is bezet; kies een andere: make run PORT={other} (of --port {other})."
    ),
    "Port {port} needs more rights than this account has; choose one above 1023.": (
        "Voor poort {port} heeft dit account te weinig rechten; kies er een boven 1023."
    ),
    "Wegwijzer serves {organisation} at {base} (production).": (
        "Wegwijzer draait voor {organisation} op {base} (productie)."
    ),
    "Wegwijzer runs as a demo: made-up people, accounts and keys; not for real citizens.": (
        "Wegwijzer draait als demo: verzonnen mensen, accounts en sleutels; niet voor echte inwoners."
    ),
    "  Citizens   {base}/": "  Inwoners   {base}/",
    "  Worklist   {base}/werk   sign in as {accounts}; the password is {password}": (
        "  Werk       {base}/werk   meld u aan als {accounts}; het wachtwoord is {password}"
    ),
    "  Develop    {base}/ontwikkelen   every flow with its findings; saved files serve at once": (
        "  Bouwen     {base}/ontwikkelen   elk proces met zijn bevindingen; opgeslagen bestanden gelden meteen"
    ),
    "  API        {base}/v1/openapi.json": "  API        {base}/v1/openapi.json",
    "  Registers  {registers}": "  Registers  {registers}",
    "made-up people; WEGWIJZER_REGISTERS names real ones": "verzonnen mensen; WEGWIJZER_REGISTERS noemt echte",
    "  Kept in    {place}": "  Bewaard in {place}",
    "Stop it with Ctrl-C.": "Stop met Ctrl-C.",
    # stand
    "version {name}: {norms}; {sign} compared: {mark}{said}": "versie {name}: {norms}; {sign} vergeleken: {mark}{said}",
    "norms {hash}, {fixed}": "normen {hash}, {fixed}",
    "no norms": "geen normen",
    "fixed before this version existed": "vastgelegd voor deze versie bestond",
    "not fixed before this version existed": "niet vastgelegd voor deze versie bestond",
    "git does not say when they were fixed": "git zegt niet wanneer ze zijn vastgelegd",
    # publish
    "{slug}: version {version} was published before; it is the current one.": (
        "{slug}: versie {version} was al gepubliceerd; het is de geldende."
    ),
    "{slug}: version {version} is published, and the current one.": (
        "{slug}: versie {version} is gepubliceerd, en de geldende."
    ),
    "{count} running journey keeps its own:": "{count} lopende zaak houdt de eigen versie:",
    "{count} running journeys keep theirs:": "{count} lopende zaken houden hun versie:",
    "See what would move: wegwijzer migrate --dry-run OLD {version}": (
        "Zie wat mee zou gaan: wegwijzer migrate --dry-run OUD {version}"
    ),
    # migrate
    "{count} running journey of the old version.": "{count} lopende zaak van de oude versie.",
    "{count} running journeys of the old version.": "{count} lopende zaken van de oude versie.",
    "Nothing was changed: this was a dry run.": "Er is niets veranderd: dit was op proef.",
    "{moved} moved; the others keep their version.": "{moved} overgezet; de andere houden hun versie.",
    "safe": "veilig",
    "needs an answer": "vraagt om een antwoord",
    "needs a person": "vraagt om een medewerker",
    "the new version is of another flow, {about}": "de nieuwe versie is van een ander proces, {about}",
    "the place {about} is gone": "de plek {about} is weg",
    "a determination was made already: {about}": "er is al een besluit genomen: {about}",
    "the legal term {about} runs and is gone": "de wettelijke termijn {about} loopt en is weg",
    "the outcome {about} is gone": "de uitkomst {about} is weg",
    "{about} was told and is gone; it is not dropped silently": (
        "{about} is verteld en is weg; het valt niet stilletjes weg"
    ),
    "{about} has another type or unit": "{about} heeft een ander type of een andere eenheid",
    "{about} was told by the citizen, and the citizen does not supply it any more": (
        "{about} vertelde de inwoner, en die levert het niet meer"
    ),
    "the answer to {about} does not fit any more": "het antwoord op {about} past niet meer",
    "the new version cannot read all that happened": "de nieuwe versie kan niet alles lezen wat er gebeurd is",
    "an answer goes against a check: {about}": "een antwoord gaat tegen een controle in: {about}",
    "the outcome would change: {about}": "de uitkomst zou veranderen: {about}",
    "{about} is asked now, and was not before": "{about} wordt nu gevraagd, en eerder niet",
}
