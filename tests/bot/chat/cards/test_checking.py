"""What is asked to be checked: said in every language, alone or before a claim, and nothing else."""

from __future__ import annotations

import pytest

from bot.chat.cards.checking import claim_to_check
from bot.questions.lexicon import LANGUAGES

ASKED = {
    "en": ("is this right?", "Is that correct?", "please check this", "true?", "fact check"),
    "fr": ("c'est vrai ?", "Est-ce exact ?", "vérifie ça"),
    "de": ("Stimmt das?", "ist das richtig?", "überprüfe das"),
    "es": ("¿es verdad?", "¿Es correcto?", "comprueba esto"),
    "nl": ("Klopt dit?", "is dat waar?", "controleer dit"),
    "ar": ("هل هذا صحيح؟", "تحقق من هذا"),
    "tr": ("bu doğru mu?", "doğru mu", "bunu kontrol et"),
    "ru": ("это правда?", "верно ли это?", "проверь это"),
    "it": ("è vero?", "È giusto?", "controlla questo"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_check_is_asked_for_in_every_language(language: str) -> None:
    claim = "5.000 Belgium 2016"
    for said in ASKED[language]:
        assert claim_to_check(said) == "", said
        assert claim_to_check(f"{said.rstrip('?؟ ')}: {claim}") == claim, said
        assert claim_to_check(f"{said.rstrip('?؟ ')} {claim}") is None, said
        assert claim_to_check(f"{claim} {said}") is None, said
