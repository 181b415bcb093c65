"""Words for what changed: in the dataset since a day, and in an answer since it was given. One table a locale."""

from __future__ import annotations

from collections.abc import Mapping

from bot.render.words import Words

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "since": "Changes since {date}",
        "revisions": "Data revision {since} → {until}",
        "unchanged": "Nothing has changed since then.",
        "why": "By whom and why",
        "moderator": "a moderator",
        "also": "also {columns}",
        "added": "new",
        "changed": "changed",
        "disputed": "disputed",
        "withdrawn": "withdrawn",
        "restored": "restored",
        "picked": "now opens answers",
        "dropped": "no longer picked to open answers",
        "differs": "What differs today",
        "same": "The same question gets the same answer today.",
        "gone": "no longer shown",
        "opens": "Today the answer opens with {now}; then it was {then}.",
        "answered": "Today there is an answer; then there was none.",
        "unanswered": "Today there is no answer any more.",
        "today": "Ask again today",
    },
    "fr": {
        "since": "Changements depuis le {date}",
        "revisions": "Révision des données {since} → {until}",
        "unchanged": "Rien n’a changé depuis.",
        "why": "Par qui et pourquoi",
        "moderator": "un modérateur",
        "also": "aussi {columns}",
        "added": "nouveau",
        "changed": "modifié",
        "disputed": "contesté",
        "withdrawn": "retiré",
        "restored": "rétabli",
        "picked": "ouvre désormais les réponses",
        "dropped": "n’est plus choisi pour ouvrir les réponses",
        "differs": "Ce qui diffère aujourd’hui",
        "same": "La même question reçoit aujourd’hui la même réponse.",
        "gone": "n’est plus montré",
        "opens": "Aujourd’hui la réponse commence par {now} ; c’était {then}.",
        "answered": "Aujourd’hui il y a une réponse ; il n’y en avait pas.",
        "unanswered": "Aujourd’hui il n’y a plus de réponse.",
        "today": "Redemander aujourd’hui",
    },
    "de": {
        "since": "Änderungen seit {date}",
        "revisions": "Datenstand {since} → {until}",
        "unchanged": "Seitdem hat sich nichts geändert.",
        "why": "Von wem und warum",
        "moderator": "ein Moderator",
        "also": "auch {columns}",
        "added": "neu",
        "changed": "geändert",
        "disputed": "umstritten",
        "withdrawn": "zurückgezogen",
        "restored": "wiederhergestellt",
        "picked": "steht nun am Anfang der Antworten",
        "dropped": "steht nicht mehr am Anfang der Antworten",
        "differs": "Was heute anders ist",
        "same": "Dieselbe Frage bekommt heute dieselbe Antwort.",
        "gone": "nicht mehr gezeigt",
        "opens": "Heute beginnt die Antwort mit {now}; damals war es {then}.",
        "answered": "Heute gibt es eine Antwort; damals gab es keine.",
        "unanswered": "Heute gibt es keine Antwort mehr.",
        "today": "Heute neu fragen",
    },
    "es": {
        "since": "Cambios desde el {date}",
        "revisions": "Revisión de datos {since} → {until}",
        "unchanged": "Nada ha cambiado desde entonces.",
        "why": "Quién y por qué",
        "moderator": "un moderador",
        "also": "también {columns}",
        "added": "nuevo",
        "changed": "cambiado",
        "disputed": "discutido",
        "withdrawn": "retirado",
        "restored": "restablecido",
        "picked": "ahora abre las respuestas",
        "dropped": "ya no abre las respuestas",
        "differs": "Qué difiere hoy",
        "same": "La misma pregunta recibe hoy la misma respuesta.",
        "gone": "ya no se muestra",
        "opens": "Hoy la respuesta empieza con {now}; entonces era {then}.",
        "answered": "Hoy hay una respuesta; entonces no la había.",
        "unanswered": "Hoy ya no hay respuesta.",
        "today": "Preguntar de nuevo hoy",
    },
    "ar": {
        "since": "التغييرات منذ {date}",
        "revisions": "مراجعة البيانات {since} ← {until}",
        "unchanged": "لم يتغير شيء منذ ذلك الحين.",
        "why": "من غيّر ولماذا",
        "moderator": "أحد المشرفين",
        "also": "وكذلك {columns}",
        "added": "جديد",
        "changed": "معدّل",
        "disputed": "متنازع عليه",
        "withdrawn": "مسحوب",
        "restored": "مستعاد",
        "picked": "تبدأ به الإجابات الآن",
        "dropped": "لم تعد تبدأ به الإجابات",
        "differs": "ما الذي يختلف اليوم",
        "same": "السؤال نفسه يحصل اليوم على الإجابة نفسها.",
        "gone": "لم يعد معروضًا",
        "opens": "تبدأ الإجابة اليوم بـ {now}، وكانت {then}.",
        "answered": "توجد اليوم إجابة، ولم تكن موجودة.",
        "unanswered": "لم تعد هناك إجابة اليوم.",
        "today": "اسأل اليوم من جديد",
    },
}


def past(words: Words, key: str, **values: str) -> str:
    """The sentence of a key in the locale of some words; KeyError when the key or one of its values is missing."""
    return _WORDS[words.locale][key].format_map(values)


def who(by: str, words: Words) -> str:
    """Who made a change: by name, or by role where only the number of an account is known."""
    return past(words, "moderator") if by.isdecimal() else words.embed(by)


def keys_of(locale: str) -> Mapping[str, str]:
    """Every sentence of a locale, for tests."""
    return _WORDS[locale]
