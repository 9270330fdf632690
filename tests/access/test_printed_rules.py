"""The printed page of rules says what the tables say."""

from pathlib import Path

from django.conf import settings

from teams.access.printed import rules_page
from teams.access.seat_rules import GLASS_RULES, SEAT_RULES


def test_the_page_in_the_documentation_is_current():
    page = Path(settings.BASE_DIR) / "docs" / "access-rules.md"
    assert page.read_text(encoding="utf-8") == rules_page(), "run manage.py print_rules"


def test_every_rule_stands_on_it_once():
    lines = rules_page().splitlines()
    for rule in SEAT_RULES:
        found = [line for line in lines if line.startswith(f"| {rule.code} |")]
        assert len(found) == sum(rule.code == other.code for other in SEAT_RULES), rule.code
    assert all(any(rule.category in line for line in lines) for rule in GLASS_RULES)
