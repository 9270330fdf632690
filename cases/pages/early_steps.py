"""Pages of the steps from signal to VOT request (T-02 to T-10), and of moving and reopening."""

from cases.actions import agreements, closing, consults, conversations, vot_requests
from cases.forms import early
from cases.forms.agreements import AgreementsForm
from cases.pages.steps import StepPage

EARLY: dict[str, StepPage] = {
    "T-02": StepPage(early.ConversationForm, conversations.record_conversation),
    "T-03": StepPage(early.LapsedForm, closing.close_lapsed_signal),
    "T-04": StepPage(early.ConsultForm, consults.ask_consult),
    "T-05": StepPage(early.SettledForm, consults.settle_consult),
    "T-06": StepPage(AgreementsForm, consults.reach_agreements, "cases/step_agreements.html"),
    "T-07": StepPage(early.NeedsMoreForm, consults.ask_vot_after_consult),
    "T-08": StepPage(early.NothingToFillForm, agreements.close_after_agreements),
    "T-09": StepPage(early.AgreementsVotForm, vot_requests.ask_vot),
    "T-10": StepPage(early.DirectVotForm, vot_requests.ask_vot_at_once),
    "T-31": StepPage(early.TransferForm, closing.transfer_case),
    "T-32": StepPage(early.ReopenForm, closing.reopen_case),
}
