"""A member whose Discord is French: what is said beside the answers is French too, over the wire."""

from __future__ import annotations

from pathlib import Path

from bot.chat.translator import typed
from tests.twin.twin import Twin, running_bot


async def test_a_french_member_is_told_everything_in_french(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    ada.locale = "fr"
    async with twin.serving(), running_bot(twin, tmp_path):
        answer = await ada.uses("ask", question="Combien de Belges sont partis en Syrie en 2016 ?")
        assert "Belgique" in answer.text
        guide = await ada.uses("help")
        assert "Qui le dit" in guide.text
        assert typed("figure", "fr").strip("`") in guide.text
        assert "Exemple : `/chiffre" in (await ada.uses("help", command="figure")).text
        assert "je n’estime rien moi-même" in (await ada.uses("about")).text
        unknown = await ada.uses("figure", place="Narnia")
        assert "Je ne connais aucun lieu nommé « Narnia »" in unknown.text
        begun = await ada.uses("watch", place="Belgique")
        assert "Suivi : Belgique" in begun.text
        assert "Aussitôt, par message privé." in begun.text
        assert "« Signaler un problème »" in (await ada.uses("about")).text
        assert "chiffres, révision 1 des données" in (await ada.uses("export", what="Belgique")).text
        assert "Suivis : 1" in (await ada.uses("privacy")).text
    assert twin.rest.refused == []
