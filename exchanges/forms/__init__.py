"""What the forms of the ledger accept. The verbs of the models give it meaning."""

from exchanges.forms.commitment import CommitmentForm, PostponeForm
from exchanges.forms.exchange import ExchangeForm
from exchanges.forms.interaction import InteractionForm
from exchanges.forms.line import LineForm
from exchanges.forms.request import AnswerForm, CloseForm, ReplyForm, RequestForm

__all__ = [
    "AnswerForm",
    "CloseForm",
    "CommitmentForm",
    "ExchangeForm",
    "InteractionForm",
    "LineForm",
    "PostponeForm",
    "ReplyForm",
    "RequestForm",
]
