"""The national nomenclature of acts (@CTES), levels 1 and 2, as the SCDL schema spells it.

The classification that the prefecture sends back prevails where it differs.
"""

import re
from collections.abc import Mapping

_CODE = re.compile(r"[1-9]\.[1-9][0-9]?")
_MATTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "1": (
        "commande publique",
        (
            "marchés publics",
            "délégations de service public",
            "conventions de mandat",
            "autres contrats",
            "transactions",
            "actes relatifs à la maîtrise d'œuvre",
            "actes spéciaux et divers",
        ),
    ),
    "2": (
        "urbanisme",
        (
            "documents d'urbanisme",
            "actes relatifs au droit d'occupation ou d'utilisation des sols",
            "droit de préemption urbain",
        ),
    ),
    "3": (
        "domaine et patrimoine",
        (
            "acquisitions",
            "aliénations",
            "locations",
            "limites territoriales",
            "actes de gestion du domaine public",
            "actes de gestion du domaine privé",
        ),
    ),
    "4": (
        "fonction publique",
        (
            "personnels titulaires et stagiaires de la fonction publique territoriale",
            "personnels contractuels",
            "fonction publique hospitalière",
            "autres catégories de personnels",
            "régime indemnitaire",
        ),
    ),
    "5": (
        "institutions et vie politique",
        (
            "élection exécutif",
            "fonctionnement des assemblées",
            "désignation de représentants",
            "délégation de fonctions",
            "délégation de signature",
            "exercice des mandats locaux",
            "intercommunalité",
            "décision d'ester en justice",
        ),
    ),
    "6": (
        "libertés publiques et pouvoirs de police",
        (
            "police municipale",
            "pouvoirs du président du conseil départemental",
            "pouvoirs du président du conseil régional",
            "autres actes réglementaires",
            "actes pris au nom de l'état et soumis au contrôle hiérarchique",
        ),
    ),
    "7": (
        "finances locales",
        (
            "décisions budgétaires",
            "fiscalité",
            "emprunts",
            "interventions économiques",
            "subventions",
            "contributions budgétaires",
            "avances",
            "fonds de concours",
            "prise de participation",
            "divers",
        ),
    ),
    "8": (
        "domaines de compétences par thèmes",
        (
            "enseignement",
            "aide sociale",
            "voirie",
            "aménagement du territoire",
            "politique de la ville-habitat-logement",
            "emploi-formation professionnelle",
            "transports",
            "environnement",
            "culture",
        ),
    ),
    "9": (
        "autres domaines de compétences",
        (
            "autres domaines de compétences des communes",
            "autres domaines de compétences des départements",
            "autres domaines de compétences des régions",
            "vœux et motions",
        ),
    ),
}


def is_matter_code(code: str) -> bool:
    """It has the shape of one; the classification of a prefecture may have codes that the national one lacks."""
    return _CODE.fullmatch(code) is not None


def matter_name(code: str) -> str | None:
    """``niveau 1/niveau 2`` for a code such as ``7.5``; None when the nomenclature has no such code."""
    first, _, second = code.partition(".")
    matter = _MATTERS.get(first)
    if matter is None or not second.isdecimal() or str(int(second)) != second:
        return None
    name, under = matter
    place = int(second)
    return f"{name}/{under[place - 1]}" if 1 <= place <= len(under) else None
