"""Many tokens are asked about fifty at a time, until each has its answer or Facebook stays silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import Cancelled
from gui.graph import calls
from gui.graph.error_texts import OF_THE_APP
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.services.batches import ask_in_batches
from gui.services.list_pages import list_pages
from gui.values import Secret, TokenInfo, Waiting
from tests.support.people import JOB, Collected, app_of, connection_of

SILENT_BATCHES = 4


class Script:
    """Answers by a script: of each item its answers in turn, its own name when the script is at its end."""

    def __init__(self, answers=None) -> None:
        self.answers = {item: list(some) for item, some in (answers or {}).items()}
        self.batches: list[list[int]] = []

    def __call__(self, items):
        self.batches.append(list(items))
        return [self.answers[one].pop(0) if self.answers.get(one) else f"answer {one}" for one in items]


def answers_of(items, script, job=JOB):
    return [pair for batch in ask_in_batches(items, script, job) for pair in batch]


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (49, [49]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])]
)
def test_every_item_is_asked_about_once_and_at_most_fifty_together(count, sizes):
    script, job = Script(), Collected()
    assert answers_of(range(count), script, job) == [(item, f"answer {item}") for item in range(count)]
    assert [len(batch) for batch in script.batches] == sizes
    assert (job.reports, job.pauses) == ([], [])


def test_an_item_that_was_left_out_is_asked_about_again_after_those_that_wait():
    script = Script({3: [None], 7: [None, None]})
    assert sorted(answers_of(range(60), script, Collected())) == [(item, f"answer {item}") for item in range(60)]
    assert script.batches == [list(range(50)), [*range(50, 60), 3, 7], [7]]


def test_an_error_that_tells_of_the_token_is_its_answer():
    error = GraphError("token_expired")
    assert answers_of([1, 2], Script({1: [error]}), Collected()) == [(1, error), (2, "answer 2")]


@pytest.mark.parametrize("kind", ["no_network", "timeout", "limit", "facebook_down", "not_json"])
def test_an_error_that_spares_the_token_is_asked_about_again_after_a_pause(kind):
    job = Collected()
    assert answers_of([1, 2], Script({1: [GraphError(kind)]}), job) == [(2, "answer 2"), (1, "answer 1")]
    assert [report.kind for report in job.reports if isinstance(report, Waiting)] == [kind] * len(job.pauses)
    assert [report.seconds for report in job.reports] == job.pauses


def test_a_limit_says_how_long_it_is_waited_for():
    error = from_envelope(Envelope("(#17) User request limit reached", code=17), 400)
    error.retry_after = 240.0
    job = Collected()
    assert answers_of([1], Script({1: [error]}), job) == [(1, "answer 1")]
    (pause,) = job.pauses
    assert 240.0 <= pause <= 252.0
    assert job.reports == [Waiting(pause, "limit")]


def test_four_silent_batches_in_a_row_end_it():
    script, job = Script({1: [None] * 9, 2: [None] * 9}), Collected()
    assert answers_of([1, 2], script, job) == []
    assert script.batches == [[1, 2]] * SILENT_BATCHES
    assert job.reports[:3] == [Waiting(1.0, ""), Waiting(2.0, ""), Waiting(3.0, "")]
    assert job.pauses == [1.0, 2.0, 3.0], "no pause before giving up"


def test_a_batch_that_brings_an_answer_begins_the_count_of_silent_ones_anew():
    script = Script({1: [None] * 3, 2: [None] * 6})
    assert answers_of([1, 2], script, Collected()) == [(1, "answer 1"), (2, "answer 2")]
    assert script.batches == [[1, 2]] * 4 + [[2]] * 3


def test_the_persons_stop_in_a_pause_goes_through_and_what_came_before_stays():
    class Stopping(Collected):
        def pause(self, waiting) -> None:
            raise Cancelled

    answers: list[object] = []
    with pytest.raises(Cancelled):
        for batch in ask_in_batches(range(51), Script({50: [None]}), Stopping()):
            answers += batch
    assert answers == [(item, f"answer {item}") for item in range(50)]


def test_what_asking_raises_is_raised():
    def refuse(items):
        raise GraphError("secret_wrong")

    with pytest.raises(GraphError, match="secret_wrong"):
        answers_of([1], refuse)


def test_an_answer_too_few_is_the_callers_fault():
    with pytest.raises(ValueError, match="shorter"):
        answers_of([1, 2], lambda items: ["one"])


@given(st.lists(st.integers(0, SILENT_BATCHES - 1), max_size=calls.BATCH_SIZE))
def test_an_item_of_one_batch_that_is_left_out_fewer_than_four_times_has_its_answer(left_out):
    script = Script({item: [None] * times for item, times in enumerate(left_out)})
    assert sorted(answers_of(range(len(left_out)), script, Collected())) == [
        (item, f"answer {item}") for item in range(len(left_out))
    ]


@given(st.lists(st.integers(0, 6), max_size=200))
def test_however_much_is_left_out_no_item_comes_twice_and_no_batch_is_too_large(left_out):
    script = Script({item: [None] * times for item, times in enumerate(left_out)})
    answers = answers_of(range(len(left_out)), script, Collected())
    assert len({item for item, _ in answers}) == len(answers)
    assert all(answer == f"answer {item}" for item, answer in answers)
    assert all(0 < len(batch) <= calls.BATCH_SIZE for batch in script.batches)


def test_facebooks_own_batches_are_asked_until_every_token_has_its_answer(session, practice):
    rows = list_pages(session, connection_of(practice), JOB).rows[:120]
    tokens = {row.page.id: row.fresh for row in rows if row.fresh is not None}
    app = app_of(practice)
    client, by = session.client(app, JOB), calls.app_token(app)
    practice.world.faults.on("batch_null", 70)
    before = len(practice.calls)
    answers = dict(answers_of(list(tokens), lambda ids: calls.debug_tokens(client, [tokens[one] for one in ids], by)))
    assert {page_id: info.profile_id for page_id, info in answers.items() if isinstance(info, TokenInfo)} == {
        page_id: page_id for page_id in tokens
    }
    assert len(practice.calls) - before >= 4


@pytest.mark.parametrize("kind", ["batch_too_large", "too_much_data"])
def test_a_batch_that_is_too_large_is_halved_until_it_goes(kind):
    sizes = []

    def ask(batch):
        sizes.append(len(batch))
        if len(batch) > 7:
            raise GraphError(kind)
        return list(batch)

    found = [item for batch in ask_in_batches(list(range(60)), ask, JOB) for item, _ in batch]
    assert sorted(found) == list(range(60))
    assert sizes[:4] == [50, 25, 12, 6]
    assert set(sizes[3:]) == {6}


def test_facebooks_own_smaller_batches_bring_every_answer(session, practice):
    practice.world.faults.on("batch_of_20")
    login = connection_of(practice, 1)
    record = practice.world.mint.read(login.token.secret.reveal())
    tokens = [Secret(practice.world.page_token(record, number)) for number in range(3, 60)]
    client, app_token = session.client(login.app, JOB), calls.app_token(login.app)
    answers = [answer for _, answer in answers_of(tokens, lambda some: calls.debug_tokens(client, some, app_token))]
    assert len(answers) == len(tokens)
    assert all(isinstance(answer, TokenInfo) and answer.is_valid for answer in answers)


@pytest.mark.parametrize("kind", sorted(OF_THE_APP))
def test_the_apps_own_trouble_ends_it_at_once(kind):
    asked = []

    def ask(batch):
        asked.append(len(batch))
        return [GraphError(kind) for _ in batch]

    with pytest.raises(GraphError) as caught:
        list(ask_in_batches(list(range(120)), ask, JOB))
    assert (caught.value.kind, asked) == (kind, [50])
