"""Addresses of schools and pupils: Dutch and stable."""

from django.urls import path

from schools.views import imports, kin, schools, students

urlpatterns = [
    path("scholen/", schools.list_schools, name="schools"),
    path("scholen/<uuid:school_id>/", schools.show_school, name="school"),
    path("scholen/<uuid:school_id>/gegevens/", schools.edit_school, name="school-edit"),
    path("scholen/<uuid:school_id>/vakanties/", schools.edit_holidays, name="holidays"),
    path(
        "scholen/<uuid:school_id>/vakanties/<uuid:period_id>/weg/",
        schools.remove_holidays,
        name="holiday-remove",
    ),
    path("scholen/<uuid:school_id>/import/", imports.upload, name="import"),
    path("scholen/<uuid:school_id>/import/<uuid:run_id>/", imports.show_run, name="import-run"),
    path("groepen/<uuid:group_id>/", students.show_group, name="group"),
    path("leerlingen/<uuid:student_id>/", students.show_student, name="student"),
    path("leerlingen/<uuid:student_id>/gegevens/", students.edit_student, name="student-edit"),
    path("mensen/mijn-familie/", kin.show_own, name="kin"),
    path("familie/<uuid:tie_id>/beeindigen/", kin.end, name="tie-end"),
    path("leerlingen/<uuid:student_id>/familie/", kin.show_for_student, name="student-kin"),
    path("leerlingen/<uuid:student_id>/verzorgers/", students.edit_carer, name="carer-new"),
    path(
        "leerlingen/<uuid:student_id>/verzorgers/<uuid:carer_id>/",
        students.edit_carer,
        name="carer",
    ),
    path(
        "leerlingen/<uuid:student_id>/gezag/<uuid:custody_id>/bevestigen/",
        students.confirm,
        name="custody-confirm",
    ),
]
