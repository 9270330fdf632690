"""Groups and sites of an EDEXML file become rows; each group is a node of the tree as well."""

from hashlib import blake2b

from django.utils.text import slugify

from schools.imports.records import EdexmlFile
from schools.models import Group, School, Site
from teams.enums import OrganizationKind
from teams.models import Organization

GroupKey = tuple[str, bool]


def ensure_groups(school: School, content: EdexmlFile) -> tuple[dict[GroupKey, Group], bool]:
    """Make the groups of this school year say what the file says.

    Shape:  every group of the year by key and whether it is combined, and whether one was added.
    """
    year = content.school.school_year
    standing = {
        (group.key, group.is_combined): group
        for group in Group.objects.filter(school=school, school_year=year).select_related(
            "organization"
        )
    }
    wanted = {(group.key, False): (group.name, group.year_group) for group in content.groups}
    wanted |= {(group.key, True): (group.name, "") for group in content.combined_groups}
    _rename(standing, wanted)
    new = [
        _group(school, year, key, name=name[:64], year_group=year_group)
        for key, (name, year_group) in wanted.items()
        if key not in standing
    ]
    Organization.objects.bulk_create([group.organization for group in new])
    Group.objects.bulk_create(new)
    return standing | {(group.key, group.is_combined): group for group in new}, bool(new)


def ensure_sites(school: School, content: EdexmlFile) -> dict[str, Site]:
    """Make the sites of the school say what the file says. Shape: all its sites by key."""
    standing = {site.key: site for site in Site.objects.filter(school=school)}
    names = {site.key: site.name[:64] for site in content.sites}
    changed = [site for key, site in standing.items() if names.get(key, site.name) != site.name]
    for site in changed:
        site.name = names[site.key]
    Site.objects.bulk_update(changed, ["name"])
    new = [
        Site(school=school, key=key, name=name)
        for key, name in names.items()
        if key not in standing
    ]
    Site.objects.bulk_create(new)
    return standing | {site.key: site for site in new}


def _group(school: School, year: str, key: GroupKey, *, name: str, year_group: str) -> Group:
    node = Organization(
        key=_node_key(school, year, key),
        kind=OrganizationKind.GROUP,
        name=f"groep {name}" if name[:1].isdecimal() else name,
        parent=school.organization,
    )
    return Group(
        organization=node,
        school=school,
        school_year=year,
        key=key[0],
        name=name,
        year_group=year_group,
        is_combined=key[1],
    )


def _node_key(school: School, year: str, key: GroupKey) -> str:
    """Unique and readable enough: school, year, group; the digest keeps unlike keys apart."""
    digest = blake2b(f"{key[0]}/{key[1]}".encode(), digest_size=3).hexdigest()
    return f"{school.organization.key[:30]}-{year[2:4]}{year[7:9]}-{slugify(key[0])[:12]}-{digest}"


def _rename(standing: dict[GroupKey, Group], wanted: dict[GroupKey, tuple[str, str]]) -> None:
    changed = []
    for key, group in standing.items():
        name, year_group = wanted.get(key, (group.name, group.year_group))
        if (name[:64], year_group) != (group.name, group.year_group):
            group.name, group.year_group = name[:64], year_group
            changed.append(group)
    Group.objects.bulk_update(changed, ["name", "year_group"])
